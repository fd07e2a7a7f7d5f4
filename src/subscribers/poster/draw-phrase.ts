import type { Translator } from '../../messages/messages.ts'
import { colours } from './colours.ts'
import { renderPdf } from './render-poster.ts'
import { box, type Scene, type Shape } from './scene.ts'
import { fitAll, fitSize, type Style, setLine } from './text-layout.ts'
import { loadTypeface, type Typeface } from './typeface.ts'

/** A day as people say it, its four words, and the bot's name if it is to stand there. */
export type PhrasePage = { day: string; words: string[]; bot: string | null }

const [width, height] = [210, 297]
const margin = 16
const inner = width - 2 * margin
const { green, pale, ink, red, white } = colours

/** A PDF with a page for each day, to be put up in the morning and taken down in the evening. */
export async function makePhrasePages(
  t: Translator,
  pages: readonly PhrasePage[],
): Promise<Uint8Array> {
  const said = pages.flatMap(({ day, words, bot }) => [day, ...words, ...listLines(t, bot)])
  const typeface = await loadTypeface([...said, t('poster:brand'), titleOf(t)].join(''))
  const scenes = pages.map((page): Scene => {
    return { width, height, shapes: drawPage(typeface, t, page) }
  })
  return renderPdf(scenes, titleOf(t))
}

const titleOf = (t: Translator) => t('poster:phrase.title')

function listLines(t: Translator, bot: string | null): string[] {
  const name = bot === null ? [] : [t('poster:phrase.name', { bot })]
  return [t('poster:phrase.compare'), ...name, t('poster:phrase.differs')]
}

function drawPage(typeface: Typeface, t: Translator, { day, words, bot }: PhrasePage): Shape[] {
  const centred = (text: string, style: Style, y: number) =>
    setLine(typeface, text, fitSize(typeface, text, style, inner), {
      ...{ x: width / 2, y },
      align: 'center',
    })
  const word = fitAll(typeface, words, { size: 38, weight: 900, fill: ink }, inner / 2 - 6)
  const lines = listLines(t, bot)
  const line = fitAll(typeface, lines, { size: 8.4, weight: 600, fill: ink }, inner)
  return [
    box({ x: 0, y: 0, width, height }, white),
    box({ x: 0, y: 0, width, height: 74 }, green),
    ...centred(t('poster:brand'), { size: 8, weight: 700, fill: white }, 17),
    ...centred(titleOf(t), { size: 22, weight: 900, fill: white }, 42),
    ...centred(day, { size: 14, weight: 700, fill: white }, 63),
    ...words.flatMap((text, index) =>
      setLine(typeface, text, word, {
        x: width * (index % 2 === 0 ? 0.29 : 0.71),
        y: index < 2 ? 133 : 189,
        align: 'center',
      }),
    ),
    box({ x: 0, y: 218, width, height: height - 218 }, pale),
    ...lines.flatMap((text, index) => {
      const isLast = index === lines.length - 1
      const style = isLast ? { ...line, weight: 800, fill: red } : line
      return centred(text, style, 239 + index * 17)
    }),
  ]
}
