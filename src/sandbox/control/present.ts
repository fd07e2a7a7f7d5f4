/** From the state to what the control API shows. */
import { isInline } from '../world/messages.ts'
import { findPerson, findUser } from '../world/people.ts'
import { isPresent } from '../world/rights.ts'
import type { Bot, Chat, Member, StoredMessage, Topic } from '../world/state.ts'
import type { FileRef, MessageBody, User } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import type {
  BotView,
  ChatView,
  MediaView,
  MemberView,
  MessageView,
  PersonView,
  ServiceView,
  TopicView,
} from './views.ts'

export function personView(world: World, id: number): PersonView {
  const person = world.state.people.get(id) ?? findPerson(world, id)
  const user = person?.user ?? findUser(world, id) ?? nobody(id)
  return { ...user, phone: person?.phone, deactivated: person?.deactivated || undefined }
}

function nobody(id: number): User {
  return { id, is_bot: false, first_name: String(id) }
}

export function botView(bot: Bot): BotView {
  return {
    id: bot.user.id,
    token: bot.token,
    username: bot.user.username ?? '',
    first_name: bot.names.get('') ?? bot.user.first_name,
    description: bot.descriptions.get('') ?? '',
    short_description: bot.shortDescriptions.get('') ?? '',
    webhook_url: bot.webhook?.url ?? '',
    pending_update_count: bot.updates.length,
  }
}

export function chatView(chat: Chat): ChatView {
  const last = chat.messages.get(chat.nextMessageId - 1)
  let present = 0
  for (const member of chat.members.values()) if (isPresent(member)) present += 1
  return {
    id: chat.id,
    bot_id: chat.botId,
    type: chat.type,
    is_forum: chat.isForum,
    title: chat.title,
    member_count: chat.type === 'private' ? 2 : present,
    started: chat.started,
    blocked: chat.blocked,
    migrated_to: chat.migratedTo,
    last_message_id: chat.nextMessageId - 1,
    last_date: last?.date,
  }
}

export function memberView(world: World, member: Member): MemberView {
  return {
    user: personView(world, member.userId),
    status: member.status,
    is_anonymous: member.isAnonymous,
    rights: member.rights,
  }
}

export function topicView(topic: Topic): TopicView {
  return {
    message_thread_id: topic.id,
    name: topic.name,
    icon_color: topic.iconColor,
    closed: topic.closed,
  }
}

export function messageView(
  world: World,
  chat: Chat,
  message: StoredMessage,
  viewer: number | undefined,
): MessageView {
  const { body, replyMarkup } = message
  return {
    message_id: message.id,
    chat_id: chat.id,
    date: message.date,
    edit_date: message.editDate,
    from: message.asGroup ? undefined : personView(world, message.authorId),
    sender_title: senderTitle(world, chat, message),
    outgoing: message.authorId === viewer,
    deleted: message.deleted === true,
    protect: message.protect === true,
    message_thread_id: message.threadId,
    text: body.text,
    entities: body.entities,
    caption: body.caption,
    caption_entities: body.caption_entities,
    media: mediaView(world, body),
    media_group_id: body.media_group_id,
    contact: body.contact,
    location: body.location,
    reply_to: replyView(world, chat, message),
    forwarded_from: forwardedFrom(body),
    buttons: replyMarkup && isInline(replyMarkup) ? replyMarkup.inline_keyboard : undefined,
    reactions: message.reactions,
    service: message.isService ? serviceView(world, body) : undefined,
  }
}

function senderTitle(world: World, chat: Chat, message: StoredMessage): string {
  if (message.asGroup) return chat.title
  return fullName(findUser(world, message.authorId) ?? nobody(message.authorId))
}

function fullName(user: User): string {
  return user.last_name ? `${user.first_name} ${user.last_name}` : user.first_name
}

const MEDIA = ['animation', 'document', 'video', 'voice', 'audio', 'sticker'] as const

function mediaView(world: World, body: MessageBody): MediaView | undefined {
  const photo = body.photo?.at(-1)
  if (photo) return { ...mediaOf(world, photo), kind: 'photo' }
  for (const kind of MEDIA) {
    const file = body[kind]
    if (file) return { ...mediaOf(world, file), kind }
  }
  return undefined
}

function mediaOf(world: World, file: FileRef): Omit<MediaView, 'kind'> {
  const stored = world.state.files.get(file.file_id)
  return {
    file_id: file.file_id,
    file_size: file.file_size ?? 0,
    // Messages leave these out for some kinds; a page wants them for all.
    mime_type: file.mime_type ?? stored?.mime,
    file_name: file.file_name ?? stored?.name,
    width: file.width,
    height: file.height,
    duration: file.duration,
    emoji: file.emoji,
  }
}

function replyView(world: World, chat: Chat, message: StoredMessage): MessageView['reply_to'] {
  const replied = message.replyTo === undefined ? undefined : chat.messages.get(message.replyTo)
  if (!replied) return undefined
  return {
    message_id: replied.id,
    sender_title: senderTitle(world, chat, replied),
    preview: (replied.body.text ?? replied.body.caption ?? '').slice(0, 80),
  }
}

function forwardedFrom({ forward_origin: origin }: MessageBody): string | undefined {
  if (!origin) return undefined
  if (origin.type === 'user') return fullName(origin.sender_user)
  return origin.type === 'chat' ? origin.sender_chat.title : origin.sender_user_name
}

const PLAIN_EVENTS = [
  'group_chat_created',
  'supergroup_chat_created',
  'forum_topic_closed',
  'forum_topic_reopened',
] as const

function serviceView(world: World, body: MessageBody): ServiceView | undefined {
  const people = (users: User[]) => users.map((user) => personView(world, user.id))
  if (body.new_chat_members) {
    return { kind: 'new_chat_members', people: people(body.new_chat_members) }
  }
  if (body.left_chat_member) {
    return { kind: 'left_chat_member', people: people([body.left_chat_member]) }
  }
  if (body.new_chat_title) return { kind: 'new_chat_title', text: body.new_chat_title }
  for (const kind of ['forum_topic_created', 'forum_topic_edited'] as const) {
    const topic = body[kind]
    if (topic) return { kind, text: topic.name }
  }
  for (const kind of ['migrate_to_chat_id', 'migrate_from_chat_id'] as const) {
    const id = body[kind]
    if (id !== undefined) return { kind, chat_id: id }
  }
  if (body.pinned_message_id !== undefined) {
    return { kind: 'pinned_message', message_id: body.pinned_message_id }
  }
  const kind = PLAIN_EVENTS.find((name) => body[name] !== undefined)
  return kind && { kind }
}
