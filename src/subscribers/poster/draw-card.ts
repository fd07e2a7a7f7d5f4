import { qrPattern } from '../invites/qr-image.ts'
import { colours } from './colours.ts'
import { drawHotlines } from './draw-hotlines.ts'
import { numberDisc } from './number-disc.ts'
import type { PosterWords } from './poster-words.ts'
import { box, type Scene, type Shape, squares } from './scene.ts'
import { fitAll, fitSize, type Style, setLine } from './text-layout.ts'
import type { Typeface } from './typeface.ts'

/** A bank card (ISO/IEC 7810 ID-1): it fits the purse. */
const [width, height] = [85.6, 54]
const margin = 4.5
const { green, pale, ink, red, white } = colours

/** Front: village and code. Back: rules and telephone numbers. */
export function drawCard(typeface: Typeface, words: PosterWords): [front: Scene, back: Scene] {
  return [
    { width, height, shapes: drawFront(typeface, words) },
    { width, height, shapes: drawBack(typeface, words) },
  ]
}

function drawFront(typeface: Typeface, words: PosterWords): Shape[] {
  const { t, village, place, link, bot } = words
  const pattern = qrPattern(link)
  const panel = { x: width - 42, y: 0, width: 42, height }
  const qrBox = { x: panel.x + 3, y: 3.4, width: 36, height: 36 }
  const side = (qrBox.width * pattern.length) / (pattern.length + 8)
  const inset = (qrBox.width - side) / 2
  const room = panel.x - margin - 3
  const line = (text: string, style: Style, y: number) =>
    setLine(typeface, text, fitSize(typeface, text, style, room), { x: margin, y })
  const caption = (text: string, style: Style, y: number) =>
    setLine(typeface, text, fitSize(typeface, text, style, panel.width - 6), {
      ...{ x: panel.x + panel.width / 2, y },
      align: 'center',
    })
  const offers = [t('poster:card.notices'), t('poster:card.report')]
  const offer = fitAll(typeface, offers, { size: 3.9, weight: 600, fill: ink }, room)
  const occasion = `${t('poster:brand')} · ${t('poster:occasion')}`
  return [
    box({ x: 0, y: 0, width, height }, white),
    ...line(occasion, { size: 3.2, weight: 700, fill: green }, 8),
    ...line(place, { size: 3, weight: 500, fill: ink }, 15),
    ...line(village, { size: 9.5, weight: 900, fill: green }, 24.6),
    ...line(t('poster:title'), { size: 4.3, weight: 900, fill: red }, 33),
    ...setLine(typeface, offers[0] ?? '', offer, { x: margin, y: 39.6 }),
    ...setLine(typeface, offers[1] ?? '', offer, { x: margin, y: 44.8 }),
    ...line(`@${bot}`, { size: 3.6, weight: 800, fill: green }, 50.6),
    box(panel, green),
    box(qrBox, white, 1.5),
    squares(pattern, { x: qrBox.x + inset, y: qrBox.y + inset, side, fill: ink }),
    ...caption(t('poster:how.short'), { size: 3.9, weight: 800, fill: white }, 45),
    ...caption(t('poster:check.short'), { size: 3.4, weight: 600, fill: white }, 50.6),
  ]
}

function drawBack(typeface: Typeface, words: PosterWords): Shape[] {
  const { t, rules, others } = words
  const inner = width - 2 * margin
  const band = others.length > 0 ? 17 : 12.6
  const top = 2.4
  const step = (height - band - 6.4 - top) / rules.length
  const style = fitAll(typeface, rules, { size: 3.9, weight: 700, fill: ink }, inner - 6.5)
  const safe = t('poster:protected')
  const safeStyle = fitSize(typeface, safe, { size: 3.4, weight: 800, fill: red }, inner)
  return [
    box({ x: 0, y: 0, width, height }, pale),
    ...rules.flatMap((rule, index) => {
      const y = top + step * (index + 0.5) + 1.4
      return [
        ...numberDisc(typeface, index + 1, { x: margin, y, size: 4.4 }),
        ...setLine(typeface, rule, style, { x: margin + 6.5, y }),
      ]
    }),
    ...setLine(typeface, safe, safeStyle, {
      ...{ x: width / 2, y: height - band - 2.6 },
      align: 'center',
    }),
    box({ x: 0, y: height - band, width, height: band }, green),
    ...drawHotlines(typeface, words, {
      ...{ x: margin, y: height - band + 6, width: inner },
      ...{ digits: 5.4, who: 3.2, own: 3.4 },
    }),
  ]
}
