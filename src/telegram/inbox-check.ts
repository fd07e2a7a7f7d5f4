import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { OutcomeListener } from '../delivery/outcome-listener.ts'
import type { Member } from '../delivery/outgoing.ts'
import { breakInbox } from '../groups/break-inbox.ts'
import { findGroup } from '../groups/group-store.ts'
import { saveInboxReason, saveLiveInbox } from '../groups/inbox-store.ts'
import type { Messages, Translate } from '../messages/messages.ts'
import { alarmAdmins } from '../staff/alarm-admins.ts'
import type { InboxLifeDeps } from './features/inbox-life.ts'
import { describeMissingRights, listMissingRights } from './missing-rights.ts'

type InboxCheckDeps = InboxLifeDeps & {
  enqueue: Enqueue
  messages: Messages
  t: Translate
  botId: number
}

/**
 * Goes on when Telegram has told what the bot may do in an inbox: breaks one that nobody told us of, mends one whose
 * return was missed, and tells the admins once of rights that are missing. A chat that is gone is dealt with for every
 * delivery alike.
 */
export function inboxCheckListener(deps: InboxCheckDeps): OutcomeListener {
  return async (tx, { address: { chatId }, outgoing, end }) => {
    if (outgoing.kind !== 'ask-members' || end.state !== 'sent') return
    const group = await findGroup(tx, Number(outgoing.note.groupId))
    const bot = end.members?.find(({ userId }) => userId === deps.botId)
    if (!group || group.inboxChatId !== chatId || !bot) return
    if (!canWrite(bot)) {
      const reason = bot.status === 'left' || bot.status === 'kicked' ? bot.status : 'no-rights'
      const outcome = await breakInbox(tx, { chatId, reason })
      return outcome.outcome === 'broken' ? deps.onBroken(tx, outcome) : undefined
    }
    if (group.inboxState === 'broken') {
      // What a plain member may do in this chat is not told: only a message that arrives shows it.
      if (bot.status !== 'administrator' && group.inboxReason === 'no-rights') return
      const isRestored = await saveLiveInbox(tx, { groupId: group.id, forum: group.inboxForum })
      if (isRestored) await deps.onRestored(tx, { groupId: group.id, groupName: group.name })
      return
    }
    const missing = listMissingRights(bot, group.inboxForum).join(' ')
    const isNew = await saveInboxReason(tx, group.id, missing === '' ? null : missing)
    if (!isNew || missing === '') return
    const rights = describeMissingRights(deps.t, bot, group.inboxForum)
    await alarmAdmins(tx, deps, 'deadlines:inbox.rights', { group: group.name, rights })
  }
}

function canWrite({ status, rights }: Member): boolean {
  return status === 'restricted'
    ? rights.includes('can_send_messages')
    : ['administrator', 'member', 'creator'].includes(status)
}
