/** Stored files. Nothing is re-encoded: a photo keeps the bytes, and the EXIF, it came with. */
import { createHash } from 'node:crypto'
import type { StoredFile } from './state.ts'
import type { FileRef } from './wire.ts'
import type { World } from './world.ts'

/** Begins every file_id of a kind, so that a person can tell them apart. */
const PREFIX: Record<string, string> = {
  photo: 'AgAC',
  document: 'BQAC',
  video: 'BAAC',
  voice: 'AwAC',
  audio: 'CQAC',
  animation: 'CgAC',
  sticker: 'CAAC',
}

const FOLDER: Record<string, string> = {
  photo: 'photos',
  document: 'documents',
  video: 'videos',
  voice: 'voice',
  audio: 'music',
  animation: 'animations',
  sticker: 'stickers',
}

const EXTENSION: Record<string, string> = {
  photo: '.jpg',
  video: '.mp4',
  voice: '.oga',
  audio: '.mp3',
  animation: '.mp4',
  sticker: '.webp',
}

export interface NewFile {
  kind: string
  bytes: Uint8Array
  name?: string
  mime?: string
  claimedSize?: number
  attributes?: Record<string, unknown>
}

export function storeFile(world: World, given: NewFile): StoredFile {
  const number = world.state.nextFileNumber
  world.state.nextFileNumber += 1
  const hash = createHash('sha256').update(given.bytes).digest('base64url')
  const extension = /\.\w{1,8}$/.exec(given.name ?? '')?.[0] ?? EXTENSION[given.kind] ?? ''
  const file: StoredFile = {
    id: `${PREFIX[given.kind] ?? 'BQAC'}${hash.slice(0, 40)}${number.toString(36)}`,
    uniqueId: `AQAD${hash.slice(0, 12)}`,
    kind: given.kind,
    path: `${FOLDER[given.kind] ?? 'documents'}/file_${number}${extension}`,
    bytes: given.bytes,
    size: given.claimedSize ?? given.bytes.length,
    name: given.name,
    mime: given.mime,
    attributes: given.attributes ?? {},
  }
  world.state.files.set(file.id, file)
  return file
}

export function findFileByPath(world: World, path: string): StoredFile | null {
  for (const file of world.state.files.values()) if (file.path === path) return file
  return null
}

/** How the file stands in a message. */
export function fileRef(file: StoredFile): FileRef {
  return {
    file_id: file.id,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    // Telegram keeps the name of documents, videos and music, not that of photos and voice.
    ...(['document', 'video', 'audio', 'animation'].includes(file.kind) && {
      file_name: file.name,
    }),
    ...(file.kind !== 'photo' && file.kind !== 'sticker' && { mime_type: file.mime }),
    ...file.attributes,
  }
}
