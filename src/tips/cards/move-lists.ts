import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { digestOf, type ListDeps, readWords, subjectOfList } from './gather-card.ts'
import { composeList } from './tip-list.ts'
import { finishList, listEntries, listUnfinishedLists, saveMovedList } from './tip-list-store.ts'

/**
 * Says the lists of a group anew in the chat that is its inbox now: those that stand in another one would go on naming
 * tips there. `isReachable`: the bot is still in that one, and empties them.
 */
export async function moveLists(
  tx: Db,
  deps: ListDeps,
  { group, isReachable }: { group: Group; isReachable: boolean },
): Promise<void> {
  const { inboxChatId } = group
  if (inboxChatId === null) return
  const words = await readWords(tx, deps)
  for (const list of await listUnfinishedLists(tx, group.id)) {
    // One that is still under way into a chat that became a supergroup arrives in that one.
    if (list.chatId === inboxChatId || list.messageId === null) continue
    const about = { lane: 'urgent' as const, subject: subjectOfList(list) }
    if (isReachable)
      await deps.enqueue(tx, {
        ...{ ...about, purpose: 'tidy', address: { chatId: list.chatId } },
        outgoing: {
          kind: 'edit',
          messageId: list.messageId,
          text: words.t('groups:followed.list'),
          isProtected: true,
        },
      })
    const { text, keyboard, isFinished } = composeList(words, await listEntries(tx, list.id))
    if (isFinished) {
      await finishList(tx, list.id)
      continue
    }
    const moved = { chatId: inboxChatId, digest: digestOf(text), editedAt: deps.now() }
    await saveMovedList(tx, list.id, moved)
    await deps.enqueue(tx, {
      ...{ ...about, purpose: 'tip-list', address: { chatId: inboxChatId } },
      outgoing: { kind: 'text', text, keyboard, isProtected: true },
    })
  }
}
