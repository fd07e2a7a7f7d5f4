import type { AreaTree } from '../areas/area-tree.ts'
import { type Quiz, textFor } from '../content/content.ts'
import { findPublished } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import { findSubscriber } from '../subscribers/subscriber-store.ts'
import type { Question } from './question.ts'
import type { ReadDeps } from './read-content.ts'
import { findReading, saveAnswer } from './reading-store.ts'
import { decideNext, isInTime } from './spacing.ts'

export type GivenAnswer = Omit<Question, 'quiz'> & { chatId: number; option: number }

export type AnswerOutcome =
  | { outcome: 'stranger' }
  /** There is no such question any more. */
  | { outcome: 'gone' }
  | { outcome: 'answered-before' }
  /** Another version is published since it was asked: the old explanation may be wrong by now. Nothing is counted. */
  | { outcome: 'changed'; question: Question }
  /** `comesBack`: it will be asked again. */
  | { outcome: 'answered'; isRight: boolean; option: number; quiz: Quiz; comesBack: boolean }

/** Somebody answers a question. Counts once, whatever is pressed how often. */
export async function answerQuestion(
  tx: Db,
  { keyring, today, tree }: ReadDeps & { tree: AreaTree },
  { chatId, contentId, number, tries, option }: GivenAnswer,
): Promise<AnswerOutcome> {
  const subscriber = await findSubscriber(tx, keyring, chatId)
  if (!subscriber) return { outcome: 'stranger' }
  const key = { subscriberId: subscriber.id, contentId }
  const reading = await findReading(tx, key)
  const version = await findPublished(tx, contentId, today)
  const quiz = version && textFor(version.texts, subscriber.language)?.quiz
  if (!reading || !quiz) return { outcome: 'gone' }
  if (reading.tries !== tries) return { outcome: 'answered-before' }
  if (version.number !== number)
    return { outcome: 'changed', question: { contentId, number: version.number, quiz, tries } }
  if (quiz.options[option] === undefined) return { outcome: 'gone' }
  const isRight = option === quiz.right
  const next = decideNext(reading.step, isRight, today)
  if (!(await saveAnswer(tx, key, { tries, isRight, ...next })))
    return { outcome: 'answered-before' }
  const { areaId, state } = subscriber
  const electionDay = areaId === null ? null : tree.electionDay(areaId)
  const comesBack = state === 'active' && next.askOn !== null && isInTime(next.askOn, electionDay)
  return { outcome: 'answered', isRight, option, quiz, comesBack }
}
