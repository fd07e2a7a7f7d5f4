import type { Api } from 'grammy'
import type { Address, Member, Outgoing, Sender, SendOutcome } from '../delivery/outgoing.ts'
import { toSendOutcome } from './errors.ts'
import { type MediaDeps, sendMedia } from './send-media.ts'
import { contentOptions, numberOf, replyOptions, toMarkup } from './wire-options.ts'

export type SenderDeps = Omit<MediaDeps, 'uploads'> & { uploads?: Api }

/** Sends through the Bot API. One call per delivery; every answer becomes a `SendOutcome`. */
export function createTelegramSender({ uploads, ...deps }: SenderDeps): Sender {
  const mediaDeps = { ...deps, uploads: uploads ?? deps.api }
  return async (address, outgoing, { isPaid }) => {
    try {
      return await callTelegram(mediaDeps, address, outgoing, isPaid)
    } catch (error) {
      return toSendOutcome(error)
    }
  }
}

async function callTelegram(
  deps: MediaDeps,
  { chatId, threadId }: Address,
  outgoing: Outgoing,
  isPaid: boolean,
): Promise<SendOutcome> {
  const { api } = deps
  const inThread = {
    ...(threadId === undefined ? {} : { message_thread_id: threadId }),
    ...(isPaid ? { allow_paid_broadcast: true } : {}),
  }
  switch (outgoing.kind) {
    case 'text': {
      const sent = await api.sendMessage(chatId, outgoing.text, {
        ...inThread,
        ...contentOptions(outgoing),
        ...replyOptions(outgoing.replyTo, outgoing.mustReply),
      })
      return { kind: 'sent', ...numberOf('messageId', sent?.message_id) }
    }
    case 'edit': {
      await api.editMessageText(chatId, outgoing.messageId, outgoing.text, {
        link_preview_options: { is_disabled: true },
        reply_markup: toMarkup(outgoing.keyboard),
      })
      return { kind: 'sent', messageId: outgoing.messageId }
    }
    case 'edit-caption':
      await api.editMessageCaption(chatId, outgoing.messageId, {
        caption: outgoing.caption,
        reply_markup: toMarkup(outgoing.keyboard),
      })
      return { kind: 'sent', messageId: outgoing.messageId }
    case 'photo':
    case 'video':
    case 'document':
    case 'audio':
    case 'voice':
    case 'album':
    case 'edit-media':
      return sendMedia(deps, chatId, outgoing, inThread)
    case 'delete':
      await api.deleteMessage(chatId, outgoing.messageId)
      return { kind: 'sent' }
    case 'delete-many':
      await api.deleteMessages(chatId, outgoing.messageIds)
      return { kind: 'sent' }
    case 'open-topic': {
      const topic = await api.createForumTopic(chatId, outgoing.name, {})
      return { kind: 'sent', ...numberOf('threadId', topic?.message_thread_id) }
    }
    case 'close-topic':
      await api.closeForumTopic(chatId, outgoing.threadId)
      return { kind: 'sent' }
    case 'delete-topic':
      await api.deleteForumTopic(chatId, outgoing.threadId)
      return { kind: 'sent' }
    case 'rename-topic':
      await api.editForumTopic(chatId, outgoing.threadId, { name: outgoing.name })
      return { kind: 'sent' }
    case 'ask-members':
      return { kind: 'sent', members: await askMembers(api, chatId, outgoing.userIds) }
  }
}

async function askMembers(api: Api, chatId: number, userIds: number[]): Promise<Member[]> {
  const members: Member[] = []
  for (const userId of userIds) {
    const member = await api.getChatMember(chatId, userId)
    if (typeof member?.status !== 'string') throw new Error('No answer of Telegram')
    const rights = Object.entries(member).flatMap(([name, value]) =>
      name.startsWith('can_') && value === true ? [name] : [],
    )
    members.push({ userId, status: member.status, rights })
  }
  return members
}
