import sharp, { type Metadata } from 'sharp'
import { type CleanOutcome, refused } from '../evidence.ts'

/** Telegram's limit for a photo that is uploaded. */
const cleanMaxBytes = 10 * 1024 * 1024
/** More would take hundreds of megabytes to unpack. The largest phone cameras take 50 million by default. */
const maxPixels = 60_000_000
/** Telegram refuses photos whose sides add up to more than 10,000, or differ by more than twenty times. */
const maxSides = 9_990
const maxRatio = 20
const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'])
/** Telegram shows no more of a photo to anybody, and every megabyte in the database is felt by all. */
const cleanMaxPixels = 8_000_000
/** The first that is small enough is taken. */
const qualities = [86, 70]

/**
 * The picture and nothing else: pixels turned upright and packed anew as JPEG, so that no camera, place, name or
 * hidden attachment survives.
 */
export async function cleanImage(original: Uint8Array): Promise<CleanOutcome> {
  try {
    // Reads the header and unpacks nothing, so no limit is needed to be told how large it is.
    const metadata = await sharp(original, { limitInputPixels: false }).metadata()
    if (!formats.has(metadata.format)) return refused('unreadable')
    if (metadata.width * metadata.height > maxPixels) return refused('too-many-pixels')
    for (const quality of qualities) {
      const bytes = await encode(original, metadata, quality)
      if (bytes.length <= cleanMaxBytes)
        return { ok: true, kind: 'photo', extension: 'jpg', bytes: new Uint8Array(bytes) }
    }
    return refused('too-many-pixels')
  } catch {
    // Whatever the decoder stumbles over: to the reporter it is a picture that cannot be opened.
    return refused('unreadable')
  }
}

/** One picture even of a moving one; SVG and PDF, which may fetch other files, are not among the formats. */
function open(original: Uint8Array) {
  return sharp(original, { failOn: 'error', limitInputPixels: maxPixels, pages: 1 })
}

function encode(original: Uint8Array, { autoOrient }: Metadata, quality: number) {
  // A very long screenshot gets white margins instead of a refusal.
  const canvasWidth = Math.max(autoOrient.width, autoOrient.height / maxRatio)
  const canvasHeight = Math.max(autoOrient.height, autoOrient.width / maxRatio)
  const pixels = autoOrient.width * autoOrient.height
  const fit = Math.min(
    1,
    maxSides / (canvasWidth + canvasHeight),
    Math.sqrt(cleanMaxPixels / pixels),
  )
  const width = Math.max(1, Math.floor(autoOrient.width * fit))
  const height = Math.max(1, Math.floor(autoOrient.height * fit))
  return open(original)
    .autoOrient()
    .resize(width, height, { fit: 'fill' })
    .flatten({ background: 'white' })
    .extend({
      right: Math.max(0, Math.ceil(height / maxRatio) - width),
      bottom: Math.max(0, Math.ceil(width / maxRatio) - height),
      background: 'white',
    })
    .jpeg({ quality })
    .toBuffer()
}
