import { isLeaf } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { textFor } from '../content/content.ts'
import type { Db } from '../db/open-database.ts'
import { deliverySealers } from '../delivery/enqueue-delivery.ts'
import { createBodies } from '../delivery/queue-store.ts'
import { type Keyring, sealJson } from '../lib/keyring.ts'
import { type Language, languages, type Messages } from '../messages/messages.ts'
import {
  addQuestions,
  type DueQuestion,
  dropOverdue,
  listDueQuestions,
  lockAskAgain,
} from './ask-again-store.ts'
import { dayHours, findAskQueues } from './ask-queue.ts'
import { listPublished } from './lesson-store.ts'
import type { Question } from './question.ts'
import { showQuestion } from './show-question.ts'
import { isInTime } from './spacing.ts'

export type AskAgainDeps = {
  keyring: Keyring
  messages: Messages
  tree: AreaTree
  timezone: string
  now: Date
}

/** Somebody paused, or the village has voted: after so long the question would come out of nowhere. */
const dropAfterDays = 30
const purpose = 'question'

/**
 * Asks everybody whose question is due again, one question a day each: through bulk, so that a tip never waits for it. Safe
 * to run in several processes, late, and again: who is asked when is decided under one lock, from what was sent. Returns
 * how many are asked.
 */
export async function askAgain(tx: Db, deps: AskAgainDeps): Promise<number> {
  const { tree, timezone, now } = deps
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone)
  const dayBefore = (days: number) => local.toPlainDate().subtract({ days }).toString()
  const today = dayBefore(0)
  const { hour } = local
  const isDay = hour >= dayHours.from && hour < dayHours.until
  await lockAskAgain(tx)
  await dropOverdue(tx, dayBefore(dropAfterDays))
  const queues = await findAskQueues(tx, { today, yesterday: dayBefore(1), isDay, now })
  const questions = await listQuestions(tx, today)
  if (questions.size === 0 || queues.room === 0) return 0
  const due = await listDueQuestions(tx, {
    askables: [...questions.values()],
    overAreaIds: listOver(tree, today),
    today,
    hours: { hour, firstHour: dayHours.from, isDay },
    recent: { queueIds: queues.recentIds, since: new Date(local.startOfDay().epochMilliseconds) },
    limit: queues.room,
  })
  if (due.length === 0) return 0
  const worded = await sealQuestions(tx, deps, due, questions)
  return addQuestions(tx, worded, { queueId: await queues.open(), purpose, at: now })
}

type Askable = Omit<Question, 'tries'> & { kind: string; language: Language }

const keyOf = (contentId: number, language: string) => `${contentId} ${language}`

/** What can be asked today, by content and the language of who is asked. */
async function listQuestions(db: Db, today: string): Promise<Map<string, Askable>> {
  const questions = new Map<string, Askable>()
  for (const { contentId, number, kind, texts } of await listPublished(db, today))
    for (const language of languages) {
      const quiz = textFor(texts, language)?.quiz
      if (quiz)
        questions.set(keyOf(contentId, language), { contentId, number, quiz, kind, language })
    }
  return questions
}

/** One body for all who read the same words and gave as many answers. */
async function sealQuestions(
  tx: Db,
  { keyring, messages }: AskAgainDeps,
  due: readonly DueQuestion[],
  questions: ReadonlyMap<string, Askable>,
): Promise<(DueQuestion & { bodyId: bigint })[]> {
  const variantOf = ({ contentId, language, tries }: DueQuestion) =>
    `${keyOf(contentId, language)} ${tries}`
  const variants = [...new Map(due.map((one) => [variantOf(one), one]))]
  const sealer = deliverySealers(keyring).body
  const bodies = variants.flatMap(([, { contentId, language, tries }]) => {
    const question = questions.get(keyOf(contentId, language))
    if (!question) return []
    const t = messages.in(question.language)
    const { text, keyboard } = showQuestion({ ...question, tries })
    const outgoing = { kind: 'text', text: `${t('understanding:again')}\n\n${text}`, keyboard }
    return [sealJson(sealer, outgoing)]
  })
  const ids = await createBodies(tx, bodies)
  const bodyIds = new Map(variants.map(([variant], at) => [variant, ids[at]]))
  return due.flatMap((one) => {
    const bodyId = bodyIds.get(variantOf(one))
    return bodyId === undefined ? [] : [{ ...one, bodyId }]
  })
}

function listOver(tree: AreaTree, today: string): number[] {
  return tree.all
    .filter((area) => isLeaf(area) && !isInTime(today, tree.electionDay(area.id)))
    .map(({ id }) => id)
}
