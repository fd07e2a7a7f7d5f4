import type { Db, PrismaClient } from '../../db/open-database.ts'
import { describeError } from '../../errors.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup } from '../../groups/group-store.ts'
import type { Log } from '../../lib/log.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { findTip } from '../tip-store.ts'
import {
  cardMessagesPerMinute,
  fitsIntoMinute,
  inboxLoadMs,
  listEditEveryMs,
} from './decide-card-form.ts'
import { digestOf, isUnchanged, type ListDeps, readWords, subjectOfList } from './gather-card.ts'
import {
  dropListedCards,
  lockListedCards,
  readInboxLoad,
  saveUnreadableCard,
  tryLockInbox,
} from './listed-card-store.ts'
import { countMessages, type InboxDeps, releaseCard } from './put-into-inbox.ts'
import { findTipCard } from './tip-card-store.ts'
import { composeList } from './tip-list.ts'
import {
  findGroupsWithLists,
  findLastListEdit,
  finishList,
  listEntries,
  listUnfinishedLists,
  saveListEdit,
  type TipList,
} from './tip-list-store.ts'

/**
 * What waits in lists goes out, oldest first, as fast as the chats allow, and the lists say what is left. Nothing
 * depends on a press. Each group in a transaction of its own: one that cannot be tended holds up no other. Returns how
 * many cards went out. Called by the clock every few seconds.
 */
export async function tendLists(db: PrismaClient, deps: InboxDeps & { log: Log }): Promise<number> {
  let released = 0
  for (const groupId of await findGroupsWithLists(db))
    try {
      released += await db.$transaction((tx) => tendGroup(tx, deps, groupId))
    } catch (error) {
      deps.log.error({ groupId, error: describeError(error) }, 'lists could not be tended')
    }
  return released
}

async function tendGroup(tx: Db, deps: InboxDeps, groupId: number): Promise<number> {
  // Somebody else works on it.
  if (!(await tryLockInbox(tx, groupId))) return 0
  const group = await findGroup(tx, groupId)
  if (!group) return 0
  await dropListedCards(tx, groupId)
  // A broken inbox gets nothing; what waits there is moved or held, and leaves its list by that.
  const released = group.inboxState === 'bound' ? await releaseCards(tx, deps, group) : 0
  await editOneList(tx, deps, group)
  return released
}

async function releaseCards(tx: Db, deps: InboxDeps, group: Group): Promise<number> {
  const since = new Date(deps.now().getTime() - inboxLoadMs)
  let { messages: underWay } = await readInboxLoad(tx, group.id, since)
  // Each takes one at least.
  if (!fitsIntoMinute(1, underWay)) return 0
  let released = 0
  for (const cardId of await lockListedCards(tx, group.id, cardMessagesPerMinute)) {
    const card = await findTipCard(tx, cardId)
    const tip = card && (await findTip(tx, card.tipId))
    if (!card || !tip?.dataKey) continue
    // Opening it reads only: when that fails the transaction goes on, and so do the others.
    const messages = await countMessages(tx, deps, tip, group).catch(() => null)
    if (messages === null) {
      await saveUnreadableCard(tx, cardId)
      await alarmAdmins(tx, deps, 'tips:alarm.refused', { number: tip.number })
      continue
    }
    if (!fitsIntoMinute(messages, underWay)) break
    underWay += messages
    if (await releaseCard(tx, deps, { card, tip, group, messages })) released += 1
  }
  return released
}

/** One edit at a time for an inbox: the one that waited longest. What follows changes it only once more. */
async function editOneList(tx: Db, deps: ListDeps, group: Group): Promise<void> {
  const last = await findLastListEdit(tx, group.id)
  const isTime = last === null || deps.now().getTime() - last.getTime() >= listEditEveryMs
  const mayEdit = isTime && group.inboxState === 'bound'
  const lists = (await listUnfinishedLists(tx, group.id))
    .filter(({ state }) => state === 'failed' || (state === 'shown' && mayEdit))
    .sort((a, b) => a.editedAt.getTime() - b.editedAt.getTime())
  if (lists.length === 0) return
  const words = await readWords(tx, deps)
  for (const list of lists) {
    const { text, keyboard, isFinished } = composeList(words, await listEntries(tx, list.id))
    if (list.state === 'failed') {
      // Nothing stands there that could be changed.
      if (isFinished) await finishList(tx, list.id)
      continue
    }
    if (list.messageId === null || isUnchanged(list, text)) continue
    await saveListEdit(tx, list.id, { digest: digestOf(text), editedAt: deps.now() })
    if (isFinished) await finishList(tx, list.id)
    return enqueueEdit(tx, deps, list, { text, keyboard })
  }
}

async function enqueueEdit(
  tx: Db,
  deps: ListDeps,
  list: TipList,
  content: Pick<ReturnType<typeof composeList>, 'text' | 'keyboard'>,
): Promise<void> {
  if (list.messageId === null) return
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-list',
    subject: subjectOfList(list),
    address: { chatId: list.chatId },
    outgoing: { kind: 'edit', messageId: list.messageId, ...content, isProtected: true },
  })
}
