import { createHash } from 'node:crypto'
import type { Db } from '../../db/open-database.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { TipRow } from '../tip-store.ts'
import type { TipCard } from './tip-card-store.ts'
import { composeLine, composeList, hasRoom, type ListWords, lengthOf } from './tip-list.ts'
import { addToList, createTipList, findNewestList, type TipList } from './tip-list-store.ts'

export type ListDeps = Pick<
  TipDeps,
  'messages' | 'officeLanguage' | 'timezone' | 'directory' | 'enqueue' | 'now'
>

export const subjectOfList = (list: { id: number }) => `list:${list.id}`

/** Names a tip in the newest list of its inbox, or in a new one. The inbox must be locked. */
export async function gatherCard(
  tx: Db,
  deps: ListDeps,
  tip: TipRow,
  { id: cardId, groupId, chatId }: TipCard,
): Promise<void> {
  const words = await readWords(tx, deps)
  const entry = { ...tip, cardId, status: 'waiting' as const }
  const line = composeLine(words, entry)
  const newest = await findNewestList(tx, groupId)
  // An older one with room is passed by: the order of the lines is that in which tips came.
  if (newest && hasRoom(newest, line))
    return addToList(tx, newest.id, { cardId, length: lengthOf(line) })

  const { text, keyboard } = composeList(words, [entry])
  const list = await createTipList(tx, {
    ...{ groupId, chatId, editedAt: deps.now() },
    digest: digestOf(text),
  })
  await addToList(tx, list.id, { cardId, length: lengthOf(line) })
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-list',
    subject: subjectOfList(list),
    // Without a topic: a list belongs to no tip.
    address: { chatId },
    outgoing: { kind: 'text', text, keyboard, isProtected: true },
  })
}

export async function readWords(tx: Db, deps: ListDeps): Promise<ListWords> {
  const { tree } = await deps.directory.current(tx)
  return { t: deps.messages.in(deps.officeLanguage), tree, timezone: deps.timezone }
}

/** Tells a changed list from an unchanged one: the marks in its text say which buttons it has. */
export function digestOf(text: string) {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

export function isUnchanged(list: TipList, text: string): boolean {
  return Buffer.from(list.digest).equals(digestOf(text))
}
