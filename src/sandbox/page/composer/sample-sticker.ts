import type { Attachment } from './attachment.ts'

const SIZE = 512

export async function createSampleSticker(emoji: string): Promise<Attachment> {
  const canvas = new OffscreenCanvas(SIZE, SIZE)
  const paint = canvas.getContext('2d')
  if (!paint) throw new Error('This browser cannot draw')
  paint.font = '380px sans-serif'
  paint.textAlign = 'center'
  paint.textBaseline = 'middle'
  paint.fillText(emoji, SIZE / 2, SIZE / 2 + 24)
  const blob = await canvas.convertToBlob({ type: 'image/webp' })
  const file = new File([blob], 'sticker.webp', { type: blob.type })
  return { file, width: SIZE, height: SIZE, emoji }
}
