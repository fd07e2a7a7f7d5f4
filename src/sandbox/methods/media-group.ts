/** Albums, and the media objects they share with editMessageMedia. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { wireMessage } from '../world/messages.ts'
import type { MessageBody } from '../world/wire.ts'
import { getWritableChat } from './access.ts'
import { captionBody } from './body.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, integer, json } from './params.ts'
import { type Draft, postAll } from './post.ts'
import { entity, replyParameters, sending } from './schemas.ts'
import { mediaBody, takeFile } from './take-file.ts'

const MIN_ITEMS = 2
const MAX_ITEMS = 10

const captioned = {
  media: z.string(),
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  caption_entities: z.array(entity).optional(),
}
const visual = {
  ...captioned,
  show_caption_above_media: z.boolean().optional(),
  has_spoiler: z.boolean().optional(),
}
const timed = {
  width: z.int().optional(),
  height: z.int().optional(),
  duration: z.int().optional(),
  thumbnail: z.string().optional(),
}

export const inputMedia = z.discriminatedUnion('type', [
  z.object({ type: z.literal('photo'), ...visual }),
  z.object({
    type: z.literal('video'),
    ...visual,
    ...timed,
    cover: z.string().optional(),
    start_timestamp: z.int().optional(),
    supports_streaming: z.boolean().optional(),
  }),
  z.object({ type: z.literal('animation'), ...visual, ...timed }),
  z.object({
    type: z.literal('audio'),
    ...captioned,
    duration: z.int().optional(),
    performer: z.string().optional(),
    title: z.string().optional(),
    thumbnail: z.string().optional(),
  }),
  z.object({
    type: z.literal('document'),
    ...captioned,
    thumbnail: z.string().optional(),
    disable_content_type_detection: z.boolean().optional(),
  }),
  // Its still picture stands for it here.
  z.object({ type: z.literal('live_photo'), ...visual, photo: z.string() }),
])
export type InputMedia = z.output<typeof inputMedia>

export function mediaDraft(context: CallContext, media: InputMedia): Draft {
  const kind = media.type === 'live_photo' ? 'photo' : media.type
  const source = media.type === 'live_photo' ? media.photo : media.media
  const text = captionBody(media)
  const attributes = 'duration' in media && media.duration ? { duration: media.duration } : {}
  const body: MessageBody = {
    ...mediaBody(takeFile(context, source, kind, attributes)),
    ...text,
  }
  if ('has_spoiler' in media && media.has_spoiler) body.has_media_spoiler = true
  return { kind, body }
}

export const sendMediaGroup = defineMethod({
  params: z.object({
    ...sending,
    media: json(z.array(inputMedia).readonly()),
    allow_paid_broadcast: boolean.optional(),
    reply_parameters: replyParameters.optional(),
    reply_to_message_id: integer.optional(),
  }),
  missing: { media: () => badRequest('there are no media in the request') },
  handle(context, params) {
    const chat = getWritableChat(context, params.chat_id)
    checkAlbum(params.media)
    const drafts = params.media.map((media) => mediaDraft(context, media))
    const { state } = context.world
    const albumId = String(13_000_000_000_000_000n + BigInt(state.nextAlbumNumber))
    state.nextAlbumNumber += 1
    for (const draft of drafts) draft.body.media_group_id = albumId
    const messages = postAll(context, chat, params, drafts)
    return messages.map((message) => wireMessage(context.world, chat, message))
  },
})

function checkAlbum(media: readonly InputMedia[]): void {
  if (media.length < MIN_ITEMS) throw badRequest('not enough media to send as an album')
  if (media.length > MAX_ITEMS) throw badRequest('too many messages to send as an album')
  const types = new Set(media.map(({ type }) => type))
  const isMixed = (type: InputMedia['type']) => types.has(type) && types.size > 1
  if (types.has('animation')) throw badRequest("animation can't be sent as part of an album")
  if (isMixed('document')) throw badRequest("document can't be mixed with other media types")
  if (isMixed('audio')) throw badRequest("audio can't be mixed with other media types")
}
