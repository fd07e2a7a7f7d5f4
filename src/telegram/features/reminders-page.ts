import type { Directory } from '../../areas/directory.ts'
import type { RecipientCount } from '../../audiences/count-recipients.ts'
import { describeAudience } from '../../audiences/describe-audience.ts'
import { sayDay } from '../../audiences/say-day.ts'
import { sayCount } from '../../campaigns/say-count.ts'
import { textFor } from '../../content/content.ts'
import { countQueues } from '../../delivery/queue-control.ts'
import { isQuiet } from '../../delivery/quiet-hours.ts'
import { dayOf, minuteOf } from '../../lib/calendar.ts'
import { countMatter } from '../../reminders/count-matter.ts'
import { findSeriesName } from '../../reminders/matter-store.ts'
import { listNextTimes } from '../../reminders/next-times.ts'
import { pickVersion } from '../../reminders/pick-version.ts'
import { isOffsetRule, type Reminder, type Run } from '../../reminders/reminder.ts'
import type { ReminderDeps } from '../../reminders/reminder-deps.ts'
import type { ReminderDraft } from '../../reminders/reminder-draft.ts'
import { listHistory } from '../../reminders/run-store.ts'
import type { ChatContext } from '../context.ts'

export type RemindersDeps = ReminderDeps & { today: () => string }

const shownRuns = 10

/** Everything about a reminder but its state: what, when with the next five times since then, to whom, how many now. */
export async function describeReminder(
  ctx: ChatContext,
  deps: RemindersDeps,
  reminder: Pick<Reminder, 'name' | 'rule' | 'matter' | 'audience' | 'missed'>,
  since = deps.now(),
): Promise<string> {
  const { tree } = await deps.directory.current(ctx.tx)
  return [
    reminder.name,
    '',
    await matterLine(ctx, deps, reminder),
    whenLine(ctx, reminder),
    ...nextLines(ctx, { ...deps, tree }, reminder, since),
    await audienceLine(ctx, deps, reminder),
    ...(await countLines(ctx, deps, reminder)),
    missedLine(ctx, reminder),
  ].join('\n')
}

/** Exactly how many a reminder would go to now. */
async function countLines(
  ctx: ChatContext,
  deps: RemindersDeps,
  reminder: Pick<Reminder, 'matter' | 'audience'>,
): Promise<string[]> {
  return sayCount(await countNow(ctx, deps, reminder), reminder.audience, ctx.turn.t)
}

/** Whom a reminder, or what there is of it yet, would go to now. */
export async function countNow(
  ctx: ChatContext,
  deps: RemindersDeps,
  { matter, contentId, seriesId, audience = {} }: Partial<Reminder> & ReminderDraft,
): Promise<RecipientCount> {
  const { tree } = await deps.directory.current(ctx.tx)
  const said =
    matter ??
    (contentId !== undefined ? { contentId } : { seriesId: seriesId ?? 0, seriesPlace: 0 })
  const moment = { tree, today: deps.today() }
  const picked = await pickVersion(ctx.tx, said, moment.today)
  return countMatter(ctx.tx, moment, { picked, audience })
}

export function missedLine(ctx: ChatContext, { missed }: Pick<Reminder, 'missed'>): string {
  return ctx.t('reminders:page.missed', { missed: ctx.t(`reminders:policy.${missed}`) })
}

export async function audienceLine(
  ctx: ChatContext,
  deps: RemindersDeps,
  { audience }: Pick<Reminder, 'audience'>,
): Promise<string> {
  const { tree } = await deps.directory.current(ctx.tx)
  const lines = describeAudience(audience, tree, ctx.turn.t)
  const said = lines.length === 0 ? ctx.t('reminders:to.all') : lines.join('；')
  return ctx.t('reminders:page.audience', { audience: said })
}

/** What came lately and what became of it, from the counts of its queues. */
export async function describeHistory(
  ctx: ChatContext,
  deps: RemindersDeps,
  { id, name }: Reminder,
): Promise<string> {
  const runs = await listHistory(ctx.tx, id, shownRuns)
  if (runs.length === 0) return ctx.t('reminders:history.none', { name })
  const counts = await countQueues(
    ctx.tx,
    runs.flatMap(({ queueId }) => queueId ?? []),
  )
  const lines = runs.map((run) => {
    const count = run.queueId === null ? undefined : counts.get(run.queueId)
    const what = count && run.recipients > 0 ? countText(ctx, run, count) : outcomeText(ctx, run)
    return ctx.t('reminders:history.line', { at: timeText(ctx, deps, run.dueAt), what })
  })
  return [ctx.t('reminders:history.title', { name }), '', ...lines].join('\n')
}

/** A day and a minute by the local clock. */
function timeText(
  ctx: ChatContext,
  { timezone }: Pick<RemindersDeps, 'timezone'>,
  at: Date,
): string {
  return `${sayDay(dayOf(at, timezone), ctx.turn.language)} ${clockText(minuteOf(at, timezone))}`
}

function countText(
  ctx: ChatContext,
  { recipients, reason }: Run,
  count: { sent: number; pending: number; sending: number; cancelled: number },
): string {
  const { sent, cancelled } = count
  const waiting = count.pending + count.sending
  const failed = Math.max(0, recipients - sent - waiting - cancelled)
  const text = ctx.t('reminders:history.counts', {
    ...{ planned: recipients, sent, failed, waiting, cancelled },
  })
  return reason === 'by-hand' ? `${text}${ctx.t('reminders:history.byHand')}` : text
}

function outcomeText(ctx: ChatContext, { state, reason }: Run): string {
  if (state === 'asked') return ctx.t('reminders:history.asked')
  if (reason === 'declined') return ctx.t('reminders:history.declined')
  if (reason === 'no-content') return ctx.t('reminders:history.no-content')
  if (reason === 'series-over') return ctx.t('reminders:history.series-over')
  return ctx.t(state === 'skipped' ? 'reminders:history.skipped' : 'reminders:history.nobody')
}

export async function matterLine(
  ctx: ChatContext,
  deps: RemindersDeps,
  { matter }: Pick<Reminder, 'matter'>,
): Promise<string> {
  const picked = await pickVersion(ctx.tx, matter, deps.today())
  const title =
    'version' in picked ? (textFor(picked.version.texts, ctx.turn.language)?.title ?? '') : null
  if ('contentId' in matter)
    return title === null
      ? ctx.t('reminders:page.noContent')
      : ctx.t('reminders:page.content', { title })
  const series = (await findSeriesName(ctx.tx, matter.seriesId)) ?? ''
  return title === null
    ? ctx.t('reminders:page.seriesOver', { series })
    : ctx.t('reminders:page.series', { series, title })
}

export function whenLine(ctx: ChatContext, { rule }: Pick<Reminder, 'rule'>): string {
  if (!isOffsetRule(rule)) return ctx.t('reminders:page.cron', { cron: rule.cron })
  const { offsetDays, atMinute } = rule
  const params = { days: Math.abs(offsetDays), time: clockText(atMinute) }
  if (offsetDays === 0) return ctx.t('reminders:page.on', params)
  return ctx.t(offsetDays < 0 ? 'reminders:page.before' : 'reminders:page.after', params)
}

function nextLines(
  ctx: ChatContext,
  deps: RemindersDeps & Pick<Directory, 'tree'>,
  reminder: Pick<Reminder, 'rule' | 'audience'>,
  since: Date,
): string[] {
  const { tree, timezone } = deps
  const times = listNextTimes(reminder, { tree, now: since, timezone })
  if (times.length === 0) return [ctx.t('reminders:page.noDays')]
  const lines = times.map(({ at, villages }) => {
    const params = { at: timeText(ctx, deps, at), villages }
    if (villages !== null) return ctx.t('reminders:page.turn', params)
    const isNight = isQuiet(minuteOf(at, timezone))
    return ctx.t(isNight ? 'reminders:page.quiet' : 'reminders:page.time', params)
  })
  return [ctx.t('reminders:page.next'), ...lines]
}

export function clockText(minute: number): string {
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
}
