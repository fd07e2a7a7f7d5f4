import { findVersion } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import { countQueue, type QueueCount } from '../delivery/queue-control.ts'
import type { Translator } from '../messages/messages.ts'
import { toShown } from '../understanding/coarse-count.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import { composeCounts } from './compose-progress.ts'
import { countReadings, type ReadingCount } from './reading-store.ts'
import { sayTime } from './say-time.ts'
import { tellOwner } from './tell-office.ts'
import { composeUnchanged, readUnchanged, type Unchanged } from './unchanged-report.ts'

/** What few people said would tell what each of them did. */
const fewest = 5

export type CampaignReport = {
  counts: QueueCount
  /** Null: a recall, or so few got it that nothing is said about them. */
  readings: ReadingCount | null
  hasQuiz: boolean
  /** Of a recall or correction. */
  unchanged: Unchanged | null
}

/** Null for a campaign that was never started. */
export async function readReport(
  db: Db,
  { directory }: Pick<CampaignDeps, 'directory'>,
  campaign: Campaign,
): Promise<CampaignReport | null> {
  const { queueId, versionId } = campaign
  if (queueId === null) return null
  const counts = await countQueue(db, queueId)
  const version = versionId === null ? null : await findVersion(db, versionId)
  const { tree } = await directory.current(db)
  const unchanged = await readUnchanged(db, tree, campaign)
  if (!version || unchanged) return { counts, readings: null, hasQuiz: false, unchanged }
  const hasQuiz = Object.values(version.texts).some(({ quiz }) => quiz)
  const readings = await countReadings(db, { queueId, contentId: version.contentId })
  return {
    counts,
    readings: readings.known < fewest ? null : toFives(readings),
    hasQuiz,
    unchanged,
  }
}

/** Of one village the exact number would undo what `toShown` hides of it elsewhere. */
function toFives({ known, read, answered, right }: ReadingCount): ReadingCount {
  return { known, read: toShown(read), answered: toShown(answered), right: toShown(right) }
}

export function composeReport(
  t: Translator,
  { timezone }: Pick<CampaignDeps, 'timezone'>,
  campaign: Campaign,
  { counts, readings, hasQuiz, unchanged }: CampaignReport,
): { text: string; keyboard: Keyboard } {
  const { name, kind, state, recipients, finishedAt } = campaign
  const people = (count: number) =>
    count === 0
      ? t('campaigns:report.fewer', { fewest })
      : t('campaigns:report.at-least', { count })
  const lines = [
    t(`campaigns:report.title.${kind}`, { name }),
    t(`campaigns:state.${state}`) +
      (finishedAt
        ? t('campaigns:report.at', { time: sayTime(finishedAt, timezone, t.language) })
        : ''),
    '',
    t('campaigns:report.planned', { count: recipients ?? 0 }),
    ...composeCounts(t, kind, counts),
    ...(readings
      ? [
          '',
          t('campaigns:report.read', { people: people(readings.read) }) +
            (readings.read === 0 ? '' : ` ${percentOf(readings.read, readings.known)}%`),
          ...(hasQuiz
            ? [
                t('campaigns:report.quiz', {
                  answered: people(readings.answered),
                  right: people(readings.right),
                }),
              ]
            : []),
        ]
      : []),
    ...(unchanged ? composeUnchanged(t, kind, unchanged) : []),
  ]
  return { text: lines.join('\n'), keyboard: followUpButtons(t, campaign, counts) }
}

const percentOf = (part: number, whole: number) => Math.floor((100 * part) / whole)

/** What can be done afterwards, as far as there is anybody to do it to. */
function followUpButtons(t: Translator, campaign: Campaign, counts: QueueCount): Keyboard {
  const { id, kind, state, buttons } = campaign
  const button = (key: string) => [{ text: t(`campaigns:button.${key}`), data: `bc:${key}:${id}` }]
  const isOver = state === 'finished' || state === 'cancelled'
  const isMessage = kind === 'broadcast' || kind === 'resend'
  return [
    button('refresh'),
    ...(isOver && isMessage && counts.uncertain > 0 ? [button('again-uncertain')] : []),
    ...(isOver && isMessage && counts.sent > 0 && buttons.asksRead ? [button('again-unread')] : []),
    ...(isMessage && counts.sent > 0 ? [button('correct'), button('recall')] : []),
  ]
}

/** To whoever hears how it goes, when it is over. */
export async function sendReport(tx: Db, deps: CampaignDeps, campaign: Campaign): Promise<void> {
  const report = await readReport(tx, deps, campaign)
  if (!report) return
  await tellOwner(tx, deps, campaign, (t) => composeReport(t, deps, campaign, report))
}
