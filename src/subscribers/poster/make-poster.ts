import { drawCard } from './draw-card.ts'
import { drawPoster } from './draw-poster.ts'
import { listWords, type PosterWords } from './poster-words.ts'
import { renderPdf, renderPng, renderSheet, type Sheet } from './render-poster.ts'
import { loadTypeface } from './typeface.ts'

/** What a copy shop asks for; a card is small, so it gets more. */
const [posterDpi, cardDpi] = [200, 400]
/** Ten cards on A4, with a margin that every printer leaves white anyway. */
const sheet: Sheet = { width: 210, height: 297, columns: 2, rows: 5 }

export type PosterFile = { name: string; bytes: Uint8Array }

/**
 * Poster and card as files for print (PDF) and for sending around (PNG). `missing` are characters that the font lacks:
 * they are empty squares, to be filled in by hand.
 */
export async function makePoster(
  words: PosterWords,
): Promise<{ files: PosterFile[]; missing: string[] }> {
  const typeface = await loadTypeface(listWords(words))
  const poster = drawPoster(typeface, words)
  const [front, back] = drawCard(typeface, words)
  const title = `${words.village} ${words.t('poster:title')}`
  const card = await renderPdf([front, back], title)
  const files = [
    { name: 'poster.pdf', bytes: await renderPdf([poster], title) },
    { name: 'poster.png', bytes: await renderPng(poster, posterDpi) },
    { name: 'card.pdf', bytes: card },
    { name: 'card-front.png', bytes: await renderPng(front, cardDpi) },
    { name: 'card-back.png', bytes: await renderPng(back, cardDpi) },
    { name: 'card-sheet.pdf', bytes: await renderSheet(card, sheet, title) },
  ]
  return { files, missing: typeface.missing }
}
