import { qrPattern } from '../invites/qr-image.ts'
import { colours } from './colours.ts'
import { drawHotlines } from './draw-hotlines.ts'
import { numberDisc } from './number-disc.ts'
import { type PosterWords, sayRulesTitle } from './poster-words.ts'
import { box, frame, type Scene, type Shape, squares } from './scene.ts'
import { fitAll, fitSize, measure, type Style, setLine } from './text-layout.ts'
import type { Typeface } from './typeface.ts'

const [width, height] = [210, 297]
const margin = 14
const inner = width - 2 * margin
const { green, pale, ink, quiet, red, white } = colours

type Draw = { typeface: Typeface; words: PosterWords }

/** An A4 poster for the notice board: to be read from a metre away by somebody of seventy. */
export function drawPoster(typeface: Typeface, words: PosterWords): Scene {
  const draw = { typeface, words }
  return {
    width,
    height,
    shapes: [
      box({ x: 0, y: 0, width, height }, white),
      ...drawHead(draw),
      ...drawCode(draw),
      ...drawRules(draw),
      ...drawCheck(draw),
      ...drawFoot(draw),
    ],
  }
}

function drawHead({ typeface, words }: Draw): Shape[] {
  const { t, place, village } = words
  const small = { size: 6.4, weight: 600, fill: white }
  const title = { size: 21.5, weight: 900, fill: white, tracking: 0.01 }
  const name = { size: 16.5, weight: 900, fill: green, tracking: 0.04 }
  const under = { size: 6.8, weight: 600, fill: ink }
  const centred = (text: string, style: Style, y: number) => {
    const fitted = fitSize(typeface, text, style, inner)
    return setLine(typeface, text, fitted, { x: width / 2, y, align: 'center' })
  }
  const occasion = `${t('poster:brand')} · ${t('poster:occasion')}`
  return [
    box({ x: 0, y: 0, width, height: 43 }, green),
    ...setLine(typeface, occasion, small, { x: margin, y: 12.5 }),
    ...setLine(typeface, place, small, { x: width - margin, y: 12.5, align: 'right' }),
    ...centred(t('poster:title'), title, 35.4),
    box({ x: 0, y: 43, width, height: 31 }, pale),
    ...centred(village, name, 60.4),
    ...centred(t('poster:purpose'), under, 70),
  ]
}

const qrBox = { x: margin, y: 79, width: 64, height: 64 }

function drawCode({ typeface, words }: Draw): Shape[] {
  const { t, link, steps, bot } = words
  const pattern = qrPattern(link)
  const line = 1.3
  // Four light squares all around belong to the code: without them phones look for it in vain.
  const side = ((qrBox.width - 2 * line) * pattern.length) / (pattern.length + 8)
  const inset = (qrBox.width - side) / 2
  const left = qrBox.x + qrBox.width + 10
  const room = width - margin - left
  const heading = { size: 8.4, weight: 900, fill: green }
  const step = fitAll(typeface, steps, { size: 7.4, weight: 600, fill: ink }, room - 12)
  const find = { size: 5.6, weight: 500, fill: quiet }
  const name = fitSize(typeface, `@${bot}`, { size: 8, weight: 800, fill: green }, room)
  return [
    ...frame(qrBox, line, green, white, 4),
    squares(pattern, { x: qrBox.x + inset, y: qrBox.y + inset, side, fill: ink }),
    ...setLine(typeface, t('poster:how.title'), heading, { x: left, y: 87 }),
    ...steps.flatMap((text, index) => {
      const y = 98.5 + index * 11.5
      return [
        ...numberDisc(typeface, index + 1, { x: left, y, size: 8.6 }),
        ...setLine(typeface, text, step, { x: left + 12, y }),
      ]
    }),
    ...setLine(typeface, t('poster:how.find'), find, { x: left, y: 133.6 }),
    ...setLine(typeface, `@${bot}`, name, { x: left, y: 141.6 }),
  ]
}

/** From the top of the first rule to the bottom of the last. */
const rules = { top: 157.4, bottom: 210.4 }

function drawRules({ typeface, words }: Draw): Shape[] {
  const { t } = words
  const heading = { size: 8.4, weight: 900, fill: green }
  const style = fitAll(typeface, words.rules, { size: 8.2, weight: 700, fill: ink }, inner - 13)
  const step = (rules.bottom - rules.top) / words.rules.length
  const title = sayRulesTitle(words)
  const from = margin + measure(typeface, title, heading) + 5
  const safe = t('poster:protected')
  const safeStyle = fitSize(typeface, safe, { size: 7.2, weight: 800, fill: red }, inner)
  return [
    ...setLine(typeface, title, heading, { x: margin, y: 154.6 }),
    box({ x: from, y: 151.4, width: width - margin - from, height: 0.5 }, green),
    ...words.rules.flatMap((rule, index) => {
      const y = rules.top + step * (index + 0.5) + 3
      return [
        ...numberDisc(typeface, index + 1, { x: margin, y, size: 8.6 }),
        ...setLine(typeface, rule, style, { x: margin + 13, y }),
      ]
    }),
    ...setLine(typeface, safe, safeStyle, { x: width / 2, y: 218.6, align: 'center' }),
  ]
}

function drawCheck({ typeface, words }: Draw): Shape[] {
  const { t } = words
  const panel = { x: margin, y: 223, width: inner, height: 28.6 }
  const heading = { size: 6.6, weight: 900, fill: green }
  const points = [t('poster:check.name', words), t('poster:check.phrase'), t('poster:check.money')]
  const style = fitAll(typeface, points, { size: 5.7, weight: 500, fill: ink }, inner - 15)
  return [
    box(panel, pale, 3),
    ...setLine(typeface, t('poster:check.title'), heading, { x: panel.x + 5, y: panel.y + 7.6 }),
    ...points.flatMap((text, index) => {
      const y = panel.y + 14.2 + index * 6.4
      return [
        box({ x: panel.x + 5.4, y: y - 2.9, width: 1.8, height: 1.8 }, green, 0.9),
        ...setLine(typeface, text, style, { x: panel.x + 10, y }),
      ]
    }),
  ]
}

function drawFoot({ typeface, words }: Draw): Shape[] {
  const { t } = words
  const top = 255
  // Without numbers of the county there is room for larger ones.
  const sizes =
    words.others.length > 0
      ? { y: top + 18.6, digits: 12, who: 5.4, own: 6.2 }
      : { y: top + 21.4, digits: 15, who: 6, own: 6 }
  const title = { size: 5.6, weight: 700, fill: white }
  const tiny = { size: 2.9, weight: 400, fill: white }
  const code = t('poster:code', words)
  const room = inner - measure(typeface, code, tiny) - 6
  return [
    box({ x: 0, y: top, width, height: height - top }, green),
    ...setLine(typeface, t('poster:hotlines.title'), title, { x: margin, y: top + 7.2 }),
    ...drawHotlines(typeface, words, { x: margin, width: inner, ...sizes }),
    ...setLine(typeface, words.sources, fitSize(typeface, words.sources, tiny, room), {
      x: margin,
      y: 294.2,
    }),
    ...setLine(typeface, code, tiny, {
      ...{ x: width - margin, y: 294.2 },
      align: 'right',
    }),
  ]
}
