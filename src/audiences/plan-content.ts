import { displayName } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { ContentVersion } from '../content/content.ts'
import { textFor } from '../content/content.ts'
import { type Blanks, listBlanks } from '../content/fill-in.ts'
import { showContent } from '../content/show-content.ts'
import type { Db } from '../db/open-database.ts'
import { deliverySealers } from '../delivery/enqueue-delivery.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import { isUnfinished } from '../delivery/queue-control.ts'
import { createBodies } from '../delivery/queue-store.ts'
import { daysBetween } from '../lib/calendar.ts'
import { type Keyring, sealJson } from '../lib/keyring.ts'
import { type Language, languages, type Messages, type Translator } from '../messages/messages.ts'
import { readingButtons } from '../understanding/show-reading.ts'
import type { Audience } from './audience.ts'
import { areasOf } from './audience-areas.ts'
import { addAudienceToQueue, countByArea, type Variant } from './audience-store.ts'
import { sayDay } from './say-day.ts'

export type PlanDeps = {
  keyring: Keyring
  messages: Messages
  tree: AreaTree
  today: string
  now: Date
}

export type Plan = {
  queueId: number
  version: ContentVersion
  audience: Audience
  /** Of these places only, such as those whose day it is. */
  areaIds?: readonly number[]
  /** Their words by language, as those of the content. */
  links?: readonly { texts: Partial<Record<Language, string>>; url: string }[]
  /** Whether there is a button “I have read it”. */
  asksRead: boolean
  purpose: string
  /** Only those who chose this hour; null: only those who chose none; left out: all. */
  hour?: number | null
  /** Not who had it, or may have, from one of these other queues. */
  notHadFrom?: readonly number[]
}

/**
 * Writes a delivery for everybody who is in the audience at this moment, each in their language and with the name and day
 * of their village. Who is in the queue already is left alone, so it may be called again. A text that names the
 * election day goes to no village that has none, or whose day is over. Returns how many were added; none to a queue that is over.
 */
export async function planContent(tx: Db, deps: PlanDeps, plan: Plan): Promise<number> {
  if (!(await isUnfinished(tx, plan.queueId))) return 0
  const areaIds = narrow(areasOf(plan.audience, deps), plan.areaIds)
  const query = { audience: plan.audience, areaIds, today: deps.today }
  const parts = await countByArea(tx, query)
  const wanted = new Map<string, { language: Language; areaId: number | null }>()
  for (const { areaId, language } of parts) {
    const part = partFor(deps, plan.version, { areaId, language: language as Language })
    if (part) wanted.set(`${part.language} ${part.areaId}`, part)
  }
  const told = [...wanted.values()]
  if (told.length === 0) return 0
  const sealer = deliverySealers(deps.keyring).body
  const sealed = told.map((part) => sealJson(sealer, composeFor(deps, plan, part)))
  const bodyIds = await createBodies(tx, sealed)
  const variants: Variant[] = told.map((part, at) => ({ ...part, bodyId: bodyIds[at] ?? 0n }))
  return addAudienceToQueue(tx, query, {
    queueId: plan.queueId,
    purpose: plan.purpose,
    at: deps.now,
    variants,
    hour: plan.hour,
    notHadFrom: plan.notHadFrom,
  })
}

/** What somebody of this place and language reads, with every blank filled in. */
export function composeFor(
  { messages, tree, today }: Pick<PlanDeps, 'messages' | 'tree' | 'today'>,
  { version, links = [], asksRead }: Pick<Plan, 'version' | 'links' | 'asksRead'>,
  { language, areaId }: { language: Language; areaId: number | null },
) {
  const t = messages.in(language)
  const keyboard: Keyboard = [
    ...(asksRead ? readingButtons(version, t) : []),
    ...links.map(({ texts, url }) => [{ text: wordsIn(texts, language) ?? url, url }]),
  ]
  const blanks = areaId === null ? nobodysBlanks : blanksOf({ tree, today }, areaId, t)
  return showContent(version, { language, blanks, t, buttons: keyboard })
}

/** Whoever reads none of these languages gets the first that is there. */
function wordsIn(texts: Partial<Record<Language, string>>, language: Language): string | undefined {
  return texts[language] ?? languages.map((other) => texts[other]).find(Boolean)
}

/** For texts that leave nothing open. */
const nobodysBlanks: Blanks = { village: '', days: null, day: null }

function blanksOf(
  { tree, today }: { tree: AreaTree; today: string },
  areaId: number,
  t: Translator,
): Blanks {
  const day = tree.electionDay(areaId)
  const village = displayName(tree.get(areaId))
  if (day === null) return { village, days: null, day: null }
  return { village, days: String(daysBetween(today, day)), day: sayDay(day, t.language) }
}

/** Null: this text has nothing true to say there. Without blanks it is the same in every place. */
export function partFor(
  { tree, today }: Pick<PlanDeps, 'tree' | 'today'>,
  version: ContentVersion,
  { areaId, language }: { areaId: number; language: Language },
): { language: Language; areaId: number | null } | null {
  const text = textFor(version.texts, language)
  if (!text) return null
  const blanks = listBlanks(`${text.title}\n${text.body}`)
  if (blanks.length === 0) return { language, areaId: null }
  const day = tree.electionDay(areaId)
  const isMissing = day === null || daysBetween(today, day) < 0
  if (isMissing && blanks.some((blank) => blank !== 'village')) return null
  return { language, areaId }
}

function narrow(
  areaIds: readonly number[] | null,
  only: readonly number[] | undefined,
): readonly number[] | null {
  if (!only || !areaIds) return only ?? areaIds
  const wanted = new Set(only)
  return areaIds.filter((id) => wanted.has(id))
}
