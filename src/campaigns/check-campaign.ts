import { areasOf } from '../audiences/audience-areas.ts'
import { audienceOf, countRecipients } from '../audiences/count-recipients.ts'
import { type CheckOptions, type ContentProblem, checkContent } from '../content/check-content.ts'
import { type ContentVersion, textFor } from '../content/content.ts'
import { findPublished, findVersion } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import { type Language, languages } from '../messages/messages.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import { findCampaign, isOneOff } from './campaign-store.ts'

/** Why a campaign cannot go out as it is. */
export type CampaignProblem =
  | { kind: 'no-words' }
  /** What it says was withdrawn, replaced or ran out meanwhile. */
  | { kind: 'not-published' }
  /** Nobody is in its audience. */
  | { kind: 'nobody' }
  /** What is to be corrected goes out at this moment. */
  | { kind: 'origin-runs' }
  /** Telegram turns no text into a file, and no file into a text. */
  | { kind: 'other-form' }
  /** Something in its own words. */
  | { kind: 'content'; found: ContentProblem }

type Deps = Pick<CampaignDeps, 'directory' | 'messages' | 'today'>

/** Everything that speaks against sending it today; nothing when it may go. */
export async function listProblems(
  db: Db,
  deps: Deps,
  campaign: Campaign,
): Promise<CampaignProblem[]> {
  const found = await checkWords(db, deps, campaign)
  return [
    ...(await listObstacles(db, deps, campaign)),
    ...found.filter(({ stops }) => stops).map((one) => ({ kind: 'content' as const, found: one })),
  ]
}

/** What was found in words of its own, checked like those of the library, which were looked at there. */
export async function checkWords(
  db: Db,
  deps: Deps,
  campaign: Campaign,
): Promise<ContentProblem[]> {
  const own = await findOwnWords(db, campaign)
  return own ? checkContent(own, await readCheckOptions(db, deps, campaign)) : []
}

async function findOwnWords(db: Db, { kind, versionId }: Campaign): Promise<ContentVersion | null> {
  const version = versionId === null || kind === 'recall' ? null : await findVersion(db, versionId)
  if (!version || Object.keys(version.texts).length === 0) return null
  return (await isOneOff(db, version.contentId)) ? version : null
}

/** A day in the words must be the election day of some place that it goes to. */
async function readCheckOptions(
  db: Db,
  { directory, messages, today }: Deps,
  { audience }: Campaign,
): Promise<CheckOptions> {
  const { tree } = await directory.current(db)
  const about = { tree, today: today() }
  const areaIds = areasOf(audience, about) ?? tree.all.map(({ id }) => id)
  const electionDays = [...new Set(areaIds.flatMap((id) => tree.electionDay(id) ?? []))]
  const known = electionDays.length > 0 ? { electionDays } : {}
  return { today: about.today, t: messages.in, ...known }
}

async function listObstacles(db: Db, deps: Deps, campaign: Campaign): Promise<CampaignProblem[]> {
  if (campaign.kind === 'recall') return []
  const version = campaign.versionId === null ? null : await findVersion(db, campaign.versionId)
  if (!version || Object.keys(version.texts).length === 0) return [{ kind: 'no-words' }]
  const today = deps.today()
  const isOwn = await isOneOff(db, version.contentId)
  const published = isOwn ? version : await findPublished(db, version.contentId, today)
  const stale = published?.id === version.id ? [] : [{ kind: 'not-published' } as const]
  if (campaign.kind === 'correction')
    return [...stale, ...(await listCorrectionProblems(db, campaign, version))]
  const { tree } = await deps.directory.current(db)
  const audience = audienceOf(campaign.audience, version)
  const { people } = await countRecipients(db, { tree, today }, { audience, version })
  return [...stale, ...(people === 0 ? [{ kind: 'nobody' } as const] : [])]
}

async function listCorrectionProblems(
  db: Db,
  { originId }: Campaign,
  version: ContentVersion,
): Promise<CampaignProblem[]> {
  const origin = originId === null ? null : await findCampaign(db, originId)
  const old = origin?.versionId ? await findVersion(db, origin.versionId) : null
  if (!origin || !old) return [{ kind: 'not-published' }]
  const hasFile = ({ texts }: ContentVersion, language: Language) =>
    textFor(texts, language)?.media !== undefined
  const isOther = languages.some(
    (language) => hasFile(old, language) !== hasFile(version, language),
  )
  return [
    ...(origin.state === 'running' ? [{ kind: 'origin-runs' } as const] : []),
    ...(isOther ? [{ kind: 'other-form' } as const] : []),
  ]
}
