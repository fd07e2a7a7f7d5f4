import { Composer } from 'grammy'
import type { ChatMember } from 'grammy/types'
import { breakInbox } from '../../groups/break-inbox.ts'
import { findGroupByChat } from '../../groups/group-store.ts'
import { saveLiveInbox } from '../../groups/inbox-store.ts'
import { moveInbox } from '../../groups/move-inbox.ts'
import type { ChatContext } from '../context.ts'

export type InboxLifeDeps = {
  /** The bot cannot write in this group's chat any more: its waiting tips must go elsewhere, admins must know. */
  onBroken: (tx: ChatContext['tx'], broken: { groupId: number; groupName: string }) => Promise<void>
  /** It can write there again: tips that were held go out, admins must know. */
  onRestored: (tx: ChatContext['tx'], back: { groupId: number; groupName: string }) => Promise<void>
  /** Its chat is another one: what is open stands in the old one. `isReachable`: the bot may still write there. */
  onMoved: (
    tx: ChatContext['tx'],
    moved: { groupId: number; isReachable: boolean },
  ) => Promise<void>
}

/** What happens to the group chat itself: the bot is added, removed or restricted, the chat becomes a supergroup. */
export function inboxLifeFeature(deps: InboxLifeDeps): Composer<ChatContext> {
  const { onBroken, onRestored } = deps
  const feature = new Composer<ChatContext>()

  feature.on('my_chat_member', async (ctx) => {
    const { old_chat_member: before, new_chat_member: after } = ctx.myChatMember
    if (canWrite(after)) {
      if (canWrite(before)) return
      const group = await findGroupByChat(ctx.tx, ctx.chat.id)
      if (!group) return ctx.say(ctx.t('groups:added.new'))
      const forum = 'is_forum' in ctx.chat && ctx.chat.is_forum === true
      const wasBroken = await saveLiveInbox(ctx.tx, { groupId: group.id, forum })
      await ctx.say(ctx.t('groups:added.again', { group: group.name }))
      if (wasBroken) await onRestored(ctx.tx, { groupId: group.id, groupName: group.name })
      return
    }
    const reason =
      after.status === 'kicked' ? 'kicked' : after.status === 'left' ? 'left' : 'no-rights'
    const outcome = await breakInbox(ctx.tx, { chatId: ctx.chat.id, reason })
    if (outcome.outcome === 'broken') await onBroken(ctx.tx, outcome)
  })

  // Telegram tells of a migration in the old chat and in the new one, in any order.
  feature.on('message:migrate_to_chat_id', async (ctx) => {
    await followChat(ctx.tx, deps, { from: ctx.chat.id, to: ctx.message.migrate_to_chat_id })
  })
  feature.on('message:migrate_from_chat_id', async (ctx) => {
    await followChat(ctx.tx, deps, { from: ctx.message.migrate_from_chat_id, to: ctx.chat.id })
  })

  feature.command(['start', 'help'], (ctx) => ctx.say(ctx.t('groups:help')))
  return feature
}

/** A group chat became a supergroup. Told of more than once, it does what follows once. */
export async function followChat(
  tx: ChatContext['tx'],
  { onMoved }: Pick<InboxLifeDeps, 'onMoved'>,
  chat: { from: number; to: number },
): Promise<void> {
  const moved = await moveInbox(tx, chat)
  if (moved.outcome === 'moved') await onMoved(tx, { groupId: moved.groupId, isReachable: false })
}

function canWrite(member: ChatMember): boolean {
  const { status } = member
  return status === 'restricted'
    ? member.is_member && member.can_send_messages
    : status === 'member' || status === 'administrator'
}
