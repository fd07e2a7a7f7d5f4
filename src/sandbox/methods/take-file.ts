/** From what a bot names as a file (an upload, `attach://name`, a file_id) to the stored file. */
import { badRequest, Refusal } from '../errors.ts'
import { fileRef, storeFile } from '../world/files.ts'
import type { StoredFile } from '../world/state.ts'
import type { MessageBody } from '../world/wire.ts'
import type { CallContext } from './method.ts'
import { Upload } from './params.ts'

const MAX_PHOTO_BYTES = 10 * 1024 * 1024
const PHOTO_NAME = /\.(?:jpe?g|gif|png|tiff?|bmp|webp)$/i

export const MEDIA_KINDS = [
  'photo',
  'document',
  'video',
  'voice',
  'audio',
  'animation',
  'sticker',
] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

const wrongFile = () => badRequest('wrong file identifier/HTTP URL specified')

export function takeFile(
  context: Pick<CallContext, 'world' | 'uploads'>,
  value: string | Upload,
  kind: MediaKind,
  attributes: Record<string, unknown> = {},
): StoredFile {
  if (value instanceof Upload) return storeUpload(context, value, kind, attributes)
  if (value.startsWith('attach://')) {
    const upload = context.uploads.get(value.slice('attach://'.length))
    if (!upload) throw wrongFile()
    return storeUpload(context, upload, kind, attributes)
  }
  // The stand-in never opens connections to the outside.
  if (/^https?:\/\//i.test(value)) throw badRequest('failed to get HTTP URL content')
  const known = context.world.state.files.get(value)
  if (!known) throw wrongFile()
  if (known.kind !== kind) {
    throw badRequest(`can't use file of type ${capital(known.kind)} as ${capital(kind)}`)
  }
  return known
}

function storeUpload(
  { world }: Pick<CallContext, 'world'>,
  upload: Upload,
  kind: MediaKind,
  attributes: Record<string, unknown>,
): StoredFile {
  const { bytes, name, mime } = upload
  if (bytes.length === 0) throw badRequest('file must be non-empty')
  if (kind === 'photo') checkPhoto(upload)
  return storeFile(world, { kind, bytes, name, mime, attributes })
}

function checkPhoto({ bytes, name }: Upload): void {
  if (bytes.length > MAX_PHOTO_BYTES) {
    throw new Refusal(
      400,
      `Bad Request: file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${MAX_PHOTO_BYTES} bytes`,
    )
  }
  if (/\.\w+$/.test(name) && !PHOTO_NAME.test(name)) {
    throw badRequest(
      'photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp',
    )
  }
}

/** The part of a message that carries the file. Fields that Telegram always sends get a value. */
export function mediaBody(file: StoredFile): MessageBody {
  const ref = fileRef(file)
  const size = { width: ref.width ?? 800, height: ref.height ?? 600 }
  switch (file.kind) {
    case 'photo':
      return { photo: [{ ...ref, ...size }] }
    case 'video':
      return { video: { ...ref, ...size, duration: ref.duration ?? 1 } }
    case 'animation': {
      const animation = { ...ref, ...size, duration: ref.duration ?? 1 }
      // Old clients know animations as documents, so Telegram sends both.
      return { animation, document: ref }
    }
    case 'voice':
      return {
        voice: { ...ref, mime_type: ref.mime_type ?? 'audio/ogg', duration: ref.duration ?? 1 },
      }
    case 'audio':
      return { audio: { ...ref, duration: ref.duration ?? 1 } }
    case 'sticker':
      return {
        sticker: {
          type: 'regular',
          is_animated: false,
          is_video: false,
          ...ref,
          width: 512,
          height: 512,
        },
      }
    default:
      return { document: ref }
  }
}

function capital(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1)
}
