import {
  type ContentKind,
  type ContentText,
  type ContentVersion,
  titleOf,
} from '../content/content.ts'
import {
  createDraft,
  createVersion,
  findPublished,
  findVersion,
  moveVersion,
  saveDraft,
} from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import type { Language } from '../messages/messages.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignAct } from './campaign-deps.ts'
import { isOneOff } from './campaign-store.ts'
import { type ChangeOutcome, changeCampaign } from './change-campaign.ts'

type Deps = { now: () => Date; today: () => string }

/** Characters of a title that name a campaign in lists. */
const nameLength = 24

/** Says what the library has published under this number. */
export async function chooseContent(
  tx: Db,
  deps: Deps,
  act: CampaignAct,
  contentId: number,
): Promise<ChangeOutcome | { outcome: 'not-published' }> {
  const version = await findPublished(tx, contentId, deps.today())
  if (!version) return { outcome: 'not-published' }
  return changeCampaign(tx, deps, act, (campaign) =>
    campaign.kind === 'broadcast' ? { versionId: version.id, name: nameOf(version) } : null,
  )
}

/**
 * Begins words of its own, about one topic; those that it has already are taken along. What it says of the library is left
 * where it was.
 */
export async function beginWords(
  tx: Db,
  deps: Deps,
  act: CampaignAct,
  kind: ContentKind,
): Promise<ChangeOutcome> {
  return changeCampaign(tx, deps, act, async (campaign) => {
    if (campaign.kind !== 'broadcast') return null
    const { staffId: authorId } = act
    const { texts, source } = (await findOwn(tx, campaign)) ?? { texts: {}, source: '' }
    const draft = { kind, isOneOff: true, authorId, now: deps.now(), texts, source }
    const version = await createDraft(tx, draft)
    return { versionId: version.id, name: nameOf({ texts }) }
  })
}

export type WordsChange = {
  /** By language; null: nothing of its own in this language. A question that was there stays. */
  texts?: Partial<Record<Language, Omit<ContentText, 'quiz'> | null>>
  source?: string
}

/**
 * Changes words of its own. Those of the library are changed in the library.
 * Words that were handed in or let out become a draft again, so that nobody reads what was never approved.
 */
export async function writeWords(
  tx: Db,
  deps: Deps,
  act: CampaignAct,
  change: WordsChange,
): Promise<ChangeOutcome | { outcome: 'no-words' }> {
  let hasWords = true
  const outcome = await changeCampaign(tx, deps, act, async (campaign) => {
    const draft = await draftOf(tx, deps, campaign)
    hasWords = draft !== null
    if (!draft) return null
    const { source = draft.source } = change
    const texts = { ...draft.texts }
    for (const [language, text] of Object.entries(change.texts ?? {}) as [
      Language,
      ContentText | null,
    ][])
      if (text === null) delete texts[language]
      else texts[language] = { ...text, ...pickQuiz(texts[language]) }
    await saveDraft(tx, draft.id, { texts, source })
    return { versionId: draft.id, name: nameOf({ texts }) }
  })
  return hasWords ? outcome : { outcome: 'no-words' }
}

/** Null: it says nothing yet, or what belongs to the library. */
async function draftOf(tx: Db, deps: Deps, campaign: Campaign): Promise<ContentVersion | null> {
  const version = await findOwn(tx, campaign)
  if (!version || version.state === 'draft') return version
  const move = { from: ['checked'] as const, to: 'draft' as const, checkedAt: null }
  if (await moveVersion(tx, version.id, move)) return { ...version, state: 'draft' }
  return copyAsDraft(tx, deps, version, campaign.createdById)
}

async function findOwn(tx: Db, { versionId }: Campaign): Promise<ContentVersion | null> {
  const version = versionId === null ? null : await findVersion(tx, versionId)
  return version && (await isOneOff(tx, version.contentId)) ? version : null
}

/** The next version of the same content, with the words of this one. */
export async function copyAsDraft(
  tx: Db,
  { now }: Pick<Deps, 'now'>,
  { contentId, texts, source, sourceUrl, issuedOn, isSample }: ContentVersion,
  authorId: number,
): Promise<ContentVersion> {
  const fields = { texts, source, sourceUrl, issuedOn, isSample }
  return createVersion(tx, contentId, { authorId, now: now(), fields })
}

const pickQuiz = (text: ContentText | undefined) => (text?.quiz ? { quiz: text.quiz } : {})

/** What it is called in lists. */
export function nameOf({ texts }: Pick<ContentVersion, 'texts'>): string {
  const title = titleOf({ texts }).replaceAll(/\s+/g, ' ').trim()
  const shown = [...title].slice(0, nameLength).join('')
  return shown.length < title.length ? `${shown}…` : shown
}
