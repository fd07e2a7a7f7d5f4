/** People sending files, contacts and places, and forwarding. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readParameters } from '../api/body.ts'
import { Misuse } from '../errors.ts'
import { forwardBody } from '../methods/copy.ts'
import { Upload } from '../methods/params.ts'
import { mediaBody } from '../methods/take-file.ts'
import { storeFile } from '../world/files.ts'
import { findMessage } from '../world/messages.ts'
import { findPerson } from '../world/people.ts'
import { speak, spokenText } from '../world/talk.ts'
import type { MessageBody } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { chatToWriteIn, sent, spokenWhere } from './act-talk.ts'
import { getChatOf, type Parts, parseInput, post } from './route.ts'
import {
  forward,
  sendLocation,
  shareContact,
  type UploadKind,
  uploadFiles,
  uploadKind,
} from './schemas.ts'

// Base64 takes a third more than the bytes.
const MAX_BODY_BYTES = 150 * 1024 * 1024

export function addUploadRoutes(scope: FastifyInstance, parts: Parts): void {
  const { world } = parts
  scope.post('/act/upload', { bodyLimit: MAX_BODY_BYTES }, async (request) => {
    const { files, caption, ...where } = await readUpload(request)
    const chat = chatToWriteIn(parts, where)
    const albumId = files.length > 1 ? nextAlbumId(world) : undefined
    const messages = files.map((file, n) => {
      const body = fileBody(world, file)
      if (albumId) body.media_group_id = albumId
      // The caption of an album is that of its first item.
      if (n === 0 && caption) Object.assign(body, captionOf(caption))
      return speak(world, chat, { ...spokenWhere(where), body })
    })
    return sent(chat, ...messages)
  })
  post(scope, '/act/contact', shareContact, (input) => {
    const person = findPerson(world, input.user_id)
    if (!person) throw new Misuse(`There is no person ${input.user_id}`, 404)
    const isOwn = input.phone_number === undefined || input.phone_number === person.phone
    const phone_number = input.phone_number ?? person.phone
    if (!phone_number) throw new Misuse('This person has no phone number')
    const names = isOwn ? { last_name: person.user.last_name, user_id: input.user_id } : {}
    const first_name = input.first_name ?? person.user.first_name
    const chat = chatToWriteIn(parts, input)
    const body = { contact: { phone_number, first_name, ...names } }
    return sent(chat, speak(world, chat, { ...spokenWhere(input), body }))
  })
  post(scope, '/act/location', sendLocation, ({ latitude, longitude, ...where }) => {
    const chat = chatToWriteIn(parts, where)
    const body = { location: { latitude, longitude } }
    return sent(chat, speak(world, chat, { ...spokenWhere(where), body }))
  })
  post(scope, '/act/forward', forward, ({ from_chat_id, message_id, ...where }) => {
    const { user_id, bot_id } = where
    const from = getChatOf(parts, { user_id, chat_id: from_chat_id, bot_id })
    const message = findMessage(from, message_id)
    if (!message || message.isService) throw new Misuse('There is no such message', 404)
    if (message.protect) throw new Misuse('This message may not be forwarded', 403)
    const chat = chatToWriteIn(parts, where)
    const body = forwardBody(world, from, message)
    return sent(chat, speak(world, chat, { ...spokenWhere(where), body }))
  })
}

type UploadInput = z.output<typeof uploadFiles>
type FileInput = Omit<UploadInput['files'][number], 'base64'> & { bytes: Uint8Array }

async function readUpload(
  request: FastifyRequest,
): Promise<Omit<UploadInput, 'files'> & { files: FileInput[] }> {
  if (request.isMultipart()) return readForm(request)
  const { files, ...where } = parseInput(uploadFiles, request.body)
  return {
    ...where,
    files: files.map(({ base64, ...file }) => ({ ...file, bytes: Buffer.from(base64, 'base64') })),
  }
}

const number = z.coerce.number().int()
const formFields = z.object({
  user_id: number,
  chat_id: number.optional(),
  bot_id: number.optional(),
  message_thread_id: number.optional(),
  reply_to: number.optional(),
  caption: z.string().optional(),
})

async function readForm(request: FastifyRequest) {
  const { params, files: parts } = await readParameters(request)
  const files = parts.map(({ field, upload }): FileInput => {
    const kind: UploadKind = parseInput(uploadKind, field)
    return { kind, bytes: upload.bytes, file_name: upload.name, mime_type: upload.mime }
  })
  if (files.length === 0) throw new Misuse('There is no file')
  const texts = Object.entries(params).filter(([, value]) => !(value instanceof Upload))
  return { ...parseInput(formFields, Object.fromEntries(texts)), files }
}

function fileBody(world: World, file: FileInput): MessageBody {
  const { kind, bytes, file_name, mime_type, claimed_size, ...rest } = file
  const stored = storeFile(world, {
    kind,
    bytes,
    name: file_name,
    mime: mime_type,
    claimedSize: claimed_size,
    attributes: JSON.parse(JSON.stringify(rest)) as Record<string, unknown>,
  })
  return mediaBody(stored)
}

function captionOf(text: string): MessageBody {
  const { text: caption, entities } = spokenText(text)
  return entities ? { caption, caption_entities: entities } : { caption }
}

function nextAlbumId(world: World): string {
  const id = String(13_000_000_000_000_000n + BigInt(world.state.nextAlbumNumber))
  world.state.nextAlbumNumber += 1
  return id
}
