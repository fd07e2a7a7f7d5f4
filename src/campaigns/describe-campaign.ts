import type { Audience } from '../audiences/audience.ts'
import { isAboutReading } from '../audiences/choose-audience.ts'
import { audienceOf, countRecipients } from '../audiences/count-recipients.ts'
import { describeAudience } from '../audiences/describe-audience.ts'
import type { ContentProblem } from '../content/check-content.ts'
import type { ContentVersion } from '../content/content.ts'
import type { Db } from '../db/open-database.ts'
import { isQuiet, sendingHours } from '../delivery/quiet-hours.ts'
import { minuteOf } from '../lib/calendar.ts'
import { languages, type Translate, type Translator } from '../messages/messages.ts'
import { nameOfStaff } from '../staff/tell-colleagues.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import { findCampaign, findOfficeChats, listFollowUps } from './campaign-store.ts'
import { checkWords } from './check-campaign.ts'
import { isOfOneDay } from './choose-content-store.ts'
import { sayCount } from './say-count.ts'
import { sayMinute, sayTime } from './say-time.ts'

type Deps = Pick<CampaignDeps, 'directory' | 'messages' | 'today' | 'timezone' | 'now'>
type About = { campaign: Campaign; version: ContentVersion | null }

/** A campaign on one page: what, to whom and how many, when, and how it stands. */
export async function describeCampaign(
  db: Db,
  deps: Deps,
  about: About,
  t: Translator,
): Promise<string> {
  const { campaign } = about
  const chats = await findOfficeChats(db, [campaign.createdById, campaign.approvedById ?? 0])
  const nameOf = (id: number | null) => {
    const chat = chats.find((one) => one.id === id)
    return chat ? nameOfStaff(t, chat) : t('campaigns:page.nobody')
  }
  const origin = campaign.originId === null ? null : await findCampaign(db, campaign.originId)
  const lines = [
    t('campaigns:page.title', { id: campaign.id, name: campaign.name || t('campaigns:page.new') }),
    t('campaigns:page.state', { state: t(`campaigns:state.${campaign.state}`) }),
    ...(origin ? [t(`campaigns:page.origin.${campaign.kind}`, { name: origin.name })] : []),
    t('campaigns:page.author', { name: nameOf(campaign.createdById) }),
    ...(campaign.approvedById === null
      ? []
      : [t('campaigns:page.approved', { name: nameOf(campaign.approvedById) })]),
    '',
    describeWords(about, t),
    ...(campaign.kind === 'broadcast' ? describeButtons(campaign, t) : []),
    '',
    ...(await describeRecipients(db, deps, about, t)),
    '',
    describeTime(campaign, deps, t),
    ...(await describeFound(db, deps, about, t)),
  ]
  return lines.join('\n')
}

/** What is to be changed in its words, and what a person is to look at, before it goes out. */
async function describeFound(
  db: Db,
  deps: Deps,
  { campaign, version }: About,
  t: Translator,
): Promise<string[]> {
  if (campaign.state !== 'composing' && campaign.state !== 'asked') return []
  const found = listFound(await checkWords(db, deps, campaign), t)
  if (!version || campaign.kind === 'recall' || !(await isOfOneDay(db, version))) return found
  return ['', t('campaigns:page.doubts'), `· ${t('campaigns:page.one-day')}`, ...found]
}

/** First what nobody may let out, then what may be right. No lines when there is nothing. */
export function listFound(found: readonly ContentProblem[], t: Translate): string[] {
  const section = (title: string, ones: readonly ContentProblem[]) =>
    ones.length === 0 ? [] : ['', title, ...ones.map((one) => `· ${sayFound(one, t)}`)]
  return [
    ...section(
      t('campaigns:page.stops'),
      found.filter(({ stops }) => stops),
    ),
    ...section(
      t('campaigns:page.doubts'),
      found.filter(({ stops }) => !stops),
    ),
  ]
}

/** What was found in words, as the library says it, with the language in which it stands. */
export function sayFound({ kind, language, what }: ContentProblem, t: Translate): string {
  const problem = t(`content:problem.${kind}`, { what })
  if (language === null) return problem
  return t('campaigns:page.found-in', { language: t(`campaigns:language.${language}`), problem })
}

function describeWords({ campaign, version }: About, t: Translator): string {
  if (campaign.kind === 'recall') return t('campaigns:page.deletes')
  const written = version ? languages.filter((language) => version.texts[language]) : []
  if (!version || written.length === 0) return t('campaigns:page.no-words')
  const list = written.map((language) => {
    const media = version.texts[language]?.media
    const name = t(`campaigns:language.${language}`)
    return media ? `${name} (${t(`campaigns:media.${media.kind}`)})` : name
  })
  const params = { languages: list.join(t('campaigns:audience.and')) }
  const words = t('campaigns:page.words', {
    ...params,
    topic: t(`campaigns:topic.${version.kind}`),
  })
  return version.source === ''
    ? words
    : `${words}\n${t('campaigns:page.source', { source: version.source })}`
}

function describeButtons({ buttons }: Campaign, t: Translator): string[] {
  const links = buttons.links.map(({ texts, url }) => {
    const words = languages.flatMap((language) => texts[language] ?? []).join(' / ')
    return t('campaigns:page.link', { words, url })
  })
  return [...(buttons.asksRead ? [t('campaigns:page.asks-read')] : []), ...links]
}

async function describeRecipients(
  db: Db,
  { directory, today }: Deps,
  { campaign, version }: About,
  t: Translator,
): Promise<string[]> {
  if (campaign.kind === 'recall' || campaign.kind === 'correction')
    return [
      ...(await describeResends(db, campaign, t)),
      ...(campaign.recipients === null
        ? []
        : [t('campaigns:page.changes', { count: campaign.recipients })]),
    ]
  const { tree } = await directory.current(db)
  const audience = describeAudience(campaign.audience, tree, t)
  const to = audience.length === 0 ? [t('campaigns:audience.everybody')] : audience
  const lines = [t('campaigns:page.to'), ...to.map((line) => `· ${line}`)]
  if (campaign.recipients !== null)
    return [...lines, describeSnapshot(campaign.recipients, campaign.audience, t)]
  if (!version) return lines
  const counted = await countRecipients(
    db,
    { tree, today: today() },
    { audience: audienceOf(campaign.audience, version), version },
  )
  return [...lines, ...sayCount(counted, campaign.audience, t)]
}

/** Fewer than so many are not counted where the number would tell what each of them did. */
const fewest = 5

function describeSnapshot(count: number, audience: Audience, t: Translator): string {
  return isAboutReading(audience) && count < fewest
    ? t('campaigns:page.snapshot-few')
    : t('campaigns:page.snapshot', { count })
}

/** What was sent once more is a message of its own, and stays as it is. */
async function describeResends(db: Db, { originId }: Campaign, t: Translator): Promise<string[]> {
  const followUps = originId === null ? [] : await listFollowUps(db, originId)
  const resends = followUps.filter(({ kind, startedAt }) => kind === 'resend' && startedAt !== null)
  if (resends.length === 0) return []
  const ids = resends.map(({ id }) => id).join(t('campaigns:audience.and'))
  return [t('campaigns:page.resends', { ids })]
}

function describeTime(campaign: Campaign, { timezone, now }: Deps, t: Translator): string {
  const { startAt, startedAt, overridesQuiet, state, kind } = campaign
  const say = (at: Date) => sayTime(at, timezone, t.language)
  const when =
    startedAt !== null
      ? t('campaigns:page.started', { time: say(startedAt) })
      : startAt === null
        ? t(state === 'scheduled' ? 'campaigns:page.starts-now' : 'campaigns:page.starts-soon')
        : t('campaigns:page.starts', { time: say(startAt) })
  if (kind === 'recall' || kind === 'correction') return when
  const hours = t(overridesQuiet ? 'campaigns:page.all-night' : 'campaigns:page.by-day')
  const paid = campaign.isPaid ? [t('campaigns:page.paid')] : []
  return [when, hours, ...paid, ...warnOfTime(campaign, { timezone, now: now() }, t)].join('\n')
}

/** What somebody who chose the time may not have meant: it is over, or at night, when nothing goes out. */
export function warnOfTime(
  { startAt, startedAt, overridesQuiet, state }: Campaign,
  { now, timezone }: { now: Date; timezone: string },
  t: Translate,
): string[] {
  if (startedAt !== null || state === 'cancelled') return []
  const isOver = startAt !== null && startAt <= now && state !== 'scheduled'
  const goesAt = startAt !== null && startAt > now ? startAt : now
  const waits = !overridesQuiet && isQuiet(minuteOf(goesAt, timezone))
  const morning = sayMinute(sendingHours.from)
  return [
    ...(isOver ? [t('campaigns:page.time-over')] : []),
    ...(waits
      ? [t(goesAt === now ? 'campaigns:page.night-now' : 'campaigns:page.night-then', { morning })]
      : []),
  ]
}
