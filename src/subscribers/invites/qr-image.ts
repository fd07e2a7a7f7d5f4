import sharp from 'sharp'
import { encode } from 'uqr'

/** The square pattern of a text, true for dark. M: a fold or a stain of 15 % does no harm, and the squares stay large. */
export function qrPattern(text: string): boolean[][] {
  return encode(text, { ecc: 'M', border: 0 }).data
}

const pixelsPerSquare = 20
/** The standard wants four light squares around it. */
const margin = 4

/** A PNG to be sent or printed. */
async function qrImage(text: string): Promise<Uint8Array> {
  const pattern = qrPattern(text)
  const size = pattern.length + 2 * margin
  const pixels = Buffer.alloc(size * size, 255)
  for (const [y, row] of pattern.entries())
    for (const [x, isDark] of row.entries())
      if (isDark) pixels[(y + margin) * size + x + margin] = 0
  const side = size * pixelsPerSquare
  const image = sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
  return image.resize(side, side, { kernel: 'nearest' }).png({ palette: true }).toBuffer()
}

/** What the sender is told instead of bytes: they are drawn when they are needed. */
export const qrRef = (link: string): string => `qr:${link}`

/** The image behind such a reference; null when it is another's. */
export async function loadQr(fileRef: string): Promise<Uint8Array | null> {
  const link = /^qr:(https:\/\/t\.me\/[\w?=-]{1,120})$/.exec(fileRef)?.[1]
  return link === undefined ? null : qrImage(link)
}
