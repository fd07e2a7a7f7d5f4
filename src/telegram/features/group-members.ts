import { Composer } from 'grammy'
import type { ChatMember } from 'grammy/types'
import { leaveSupervisor } from '../../tips/handling/leave-supervisor.ts'
import type { PlaceDeps } from '../../tips/routing/place-tip.ts'
import type { ChatContext } from '../context.ts'

/** Who leaves a group's chat, or is put out of it. Telegram tells it in two ways, of which a bot may get one or both. */
export function groupMembersFeature(deps: PlaceDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.on('chat_member', async (ctx, next) => {
    const { user, ...member } = ctx.chatMember.new_chat_member
    if (!isPresent(member)) await leave(ctx, user.id)
    await next()
  })
  feature.on('message:left_chat_member', async (ctx, next) => {
    await leave(ctx, ctx.message.left_chat_member.id)
    await next()
  })

  async function leave(ctx: ChatContext, telegramId: number): Promise<void> {
    const chatId = ctx.chat?.id
    if (chatId !== undefined) await leaveSupervisor(ctx.tx, deps, { chatId, telegramId })
  }
  return feature
}

function isPresent(member: Omit<ChatMember, 'user'>): boolean {
  if (member.status === 'restricted') return 'is_member' in member && member.is_member === true
  return member.status !== 'left' && member.status !== 'kicked'
}
