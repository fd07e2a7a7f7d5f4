/** Messages with one file. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import type { MessageBody } from '../world/wire.ts'
import { captionBody } from './body.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, inputFile, integer, string, type Upload } from './params.ts'
import { type PostOptions, postMessage } from './post.ts'
import { caption, sendingOne, visualCaption } from './schemas.ts'
import { type MediaKind, mediaBody, takeFile } from './take-file.ts'

type CaptionParams = Parameters<typeof captionBody>[0] & { has_spoiler?: boolean }

function post(
  context: CallContext,
  params: PostOptions & CaptionParams,
  file: { kind: MediaKind; value: string | Upload; attributes?: Record<string, unknown> },
) {
  return postMessage(context, params, () => {
    const text = captionBody(params)
    const stored = takeFile(context, file.value, file.kind, given(file.attributes))
    const body: MessageBody = { ...mediaBody(stored), ...text }
    if (params.has_spoiler) body.has_media_spoiler = true
    return { kind: file.kind, body }
  })
}

function given(attributes: Record<string, unknown> = {}): Record<string, unknown> {
  const present = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present)
}

const absent = (kind: string) => ({
  [kind]: () => badRequest(`there is no ${kind} in the request`),
})
const size = { width: integer.optional(), height: integer.optional() }
const duration = { duration: integer.optional() }
const thumbnail = { thumbnail: inputFile.optional() }

export const sendPhoto = defineMethod({
  params: z.object({
    ...sendingOne,
    ...visualCaption,
    photo: inputFile,
    has_spoiler: boolean.optional(),
  }),
  missing: absent('photo'),
  handle: (context, params) => post(context, params, { kind: 'photo', value: params.photo }),
})

export const sendDocument = defineMethod({
  params: z.object({
    ...sendingOne,
    ...caption,
    ...thumbnail,
    document: inputFile,
    disable_content_type_detection: boolean.optional(),
  }),
  missing: absent('document'),
  handle: (context, params) => post(context, params, { kind: 'document', value: params.document }),
})

export const sendVideo = defineMethod({
  params: z.object({
    ...sendingOne,
    ...visualCaption,
    ...size,
    ...duration,
    ...thumbnail,
    video: inputFile,
    cover: inputFile.optional(),
    start_timestamp: integer.optional(),
    has_spoiler: boolean.optional(),
    supports_streaming: boolean.optional(),
  }),
  missing: absent('video'),
  handle: (context, params) => {
    const { width, height, duration } = params
    const attributes = { width, height, duration }
    return post(context, params, { kind: 'video', value: params.video, attributes })
  },
})

export const sendAnimation = defineMethod({
  params: z.object({
    ...sendingOne,
    ...visualCaption,
    ...size,
    ...duration,
    ...thumbnail,
    animation: inputFile,
    has_spoiler: boolean.optional(),
  }),
  missing: absent('animation'),
  handle: (context, params) => {
    const { width, height, duration } = params
    const attributes = { width, height, duration }
    return post(context, params, { kind: 'animation', value: params.animation, attributes })
  },
})

export const sendVoice = defineMethod({
  params: z.object({ ...sendingOne, ...caption, ...duration, voice: inputFile }),
  missing: absent('voice'),
  handle: (context, params) => {
    const attributes = { duration: params.duration }
    return post(context, params, { kind: 'voice', value: params.voice, attributes })
  },
})

export const sendAudio = defineMethod({
  params: z.object({
    ...sendingOne,
    ...caption,
    ...duration,
    ...thumbnail,
    audio: inputFile,
    performer: string.optional(),
    title: string.optional(),
  }),
  missing: absent('audio'),
  handle: (context, params) => {
    const { duration, performer, title } = params
    const attributes = { duration, performer, title }
    return post(context, params, { kind: 'audio', value: params.audio, attributes })
  },
})

export const sendSticker = defineMethod({
  params: z.object({ ...sendingOne, sticker: inputFile, emoji: string.optional() }),
  missing: absent('sticker'),
  handle: (context, params) => {
    const attributes = { emoji: params.emoji }
    return post(context, params, { kind: 'sticker', value: params.sticker, attributes })
  },
})
