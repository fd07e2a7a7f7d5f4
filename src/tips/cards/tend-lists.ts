import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup } from '../../groups/group-store.ts'
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
} from './listed-card-store.ts'
import { countMessages, type InboxDeps, releaseCard } from './put-into-inbox.ts'
import { findTipCard } from './tip-card-store.ts'
import { composeList } from './tip-list.ts'
import {
  findLastListEdit,
  finishList,
  listEntries,
  listUnfinishedLists,
  lockGroupsWithLists,
  saveListEdit,
  type TipList,
} from './tip-list-store.ts'

/**
 * What waits in lists goes out, oldest first, as fast as the chats allow, and the lists say what is left. Nothing
 * depends on a press. Returns how many cards went out. Called by the clock every few seconds.
 */
export async function tendLists(tx: Db, deps: InboxDeps): Promise<number> {
  let released = 0
  for (const groupId of await lockGroupsWithLists(tx)) {
    const group = await findGroup(tx, groupId)
    if (!group) continue
    await dropListedCards(tx, groupId)
    // A broken inbox gets nothing; what waits there is moved or held, and leaves its list by that.
    if (group.inboxState === 'bound') released += await releaseCards(tx, deps, group)
    await editOneList(tx, deps, group)
  }
  return released
}

async function releaseCards(tx: Db, deps: InboxDeps, group: Group): Promise<number> {
  const since = new Date(deps.now().getTime() - inboxLoadMs)
  let { messages: underWay } = await readInboxLoad(tx, group.id, since)
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
  const words = await readWords(tx, deps)
  const last = await findLastListEdit(tx, group.id)
  const isDue = last === null || deps.now().getTime() - last.getTime() >= listEditEveryMs
  const lists = (await listUnfinishedLists(tx, group.id)).sort(
    (a, b) => a.editedAt.getTime() - b.editedAt.getTime(),
  )
  for (const list of lists) {
    const { text, keyboard, isFinished } = composeList(words, await listEntries(tx, list.id))
    // Nothing stands there that could be changed.
    if (list.state === 'failed' && isFinished) await finishList(tx, list.id)
    if (list.state !== 'shown' || list.messageId === null || isUnchanged(list, text)) continue
    if (!isDue || group.inboxState !== 'bound') continue
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
