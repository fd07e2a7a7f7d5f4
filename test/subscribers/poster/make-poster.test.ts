import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { displayName } from '../../../src/areas/area-name.ts'
import { createMessages } from '../../../src/messages/messages.ts'
import { qrPattern } from '../../../src/subscribers/invites/qr-image.ts'
import { drawCard } from '../../../src/subscribers/poster/draw-card.ts'
import { drawPoster } from '../../../src/subscribers/poster/draw-poster.ts'
import { makePoster } from '../../../src/subscribers/poster/make-poster.ts'
import {
  listWords,
  type PosterInput,
  writePoster,
} from '../../../src/subscribers/poster/poster-words.ts'
import type { Scene } from '../../../src/subscribers/poster/scene.ts'
import { loadTypeface } from '../../../src/subscribers/poster/typeface.ts'
import { edition2016, treeOf } from '../../areas/editions.ts'

const messages = await createMessages()
const mmPerPoint = 25.4 / 72
const village = { name: '半爿月村', place: '衢州市 龙游县 龙洲街道' }
const code = '330825001227'

const write = (more: Partial<PosterInput> = {}, language: 'zh-CN' | 'en' = 'zh-CN') =>
  writePoster(messages.in(language), {
    botUsername: 'qingfeng_quzhou_bot',
    invite: { areaCode: code, distributorCode: null },
    village,
    ...more,
  })

/** The rectangle that a shape fills, from the numbers of its path. */
function boundsOf(scene: Scene) {
  return scene.shapes.map(({ d, x, y, scale }) => {
    const [xs, ys]: [number[], number[]] = [[], []]
    for (const [, kind = '', list = ''] of d.matchAll(/([A-Z])([^A-Z]*)/g)) {
      const numbers = (list.match(/-?[\d.]+/g) ?? []).map(Number)
      if (kind === 'H') xs.push(...numbers)
      else if (kind === 'V') ys.push(...numbers)
      else for (const [at, n] of numbers.entries()) (at % 2 === 0 ? xs : ys).push(n)
    }
    return {
      left: x + Math.min(...xs) * scale,
      right: x + Math.max(...xs) * scale,
      top: y + Math.min(...ys) * scale,
      bottom: y + Math.max(...ys) * scale,
    }
  })
}

const longest = {
  village: { name: '一二三四五六七八九十村', place: '衢州市 龙游县 沐尘畲族乡' },
  invite: { areaCode: code, distributorCode: 'CDFGH' },
  botUsername: 'a_name_of_thirty_two_letters_bot',
  hotlines: ['龙游县村级组织换届选举办公室 0570-7012380', '龙游县纪委监委 0570-7022388'],
}
const inputs: [string, Partial<PosterInput>][] = [
  ['a village', {}],
  ['the longest names and numbers', longest],
  ['a distributor alone', { village: null, invite: { areaCode: null, distributorCode: 'CDFGH' } }],
  ['three rules of the county', { rules: ['不收钱。', '不拿东西。', '自己定。'] }],
  ['six rules', { rules: Array.from({ length: 6 }, () => '不'.repeat(30)) }],
]

const languages = ['zh-CN', 'en'] as const
const every = inputs.flatMap(([, more]) => languages.map((language) => write(more, language)))
const typeface = await loadTypeface(every.map(listWords).join(''))

describe('the letters', () => {
  it('are there for every word of a poster', () => {
    expect(typeface.missing).toEqual([])
  })

  it('are there for every place of the shipped directory', async () => {
    const { all } = treeOf(edition2016)
    const names = all.map((area) => `${area.name}${displayName(area)}`).join('')
    expect((await loadTypeface(names)).missing).toEqual([])
  })

  it('are an empty square where the font lacks one, and that is told', async () => {
    const { missing, outline } = await loadTypeface('半塸村')
    expect(missing).toEqual(['塸'])
    expect(outline('塸', 700).advance).toBe(1_000)
    expect(outline('村', 700).d).not.toBe(outline('塸', 700).d)
  })

  it('are bolder with more weight, and whole numbers throughout', async () => {
    const { outline } = await loadTypeface('W村0')
    expect(outline('W', 900).advance).toBeGreaterThan(outline('W', 400).advance)
    for (const one of ['W', '村', '0']) {
      expect(outline(one, 700).d).toMatch(/^M[-\d MLQCZ]+$/)
      expect(outline(one, 400).d).not.toBe(outline(one, 900).d)
    }
  })
})

describe.each(languages)('in %s, poster and card', (language) => {
  it.each(inputs)('stay within the paper and cut nothing off: %s', (_, more) => {
    const words = write(more, language)
    for (const scene of [drawPoster(typeface, words), ...drawCard(typeface, words)]) {
      const { width, height } = scene
      const outside = boundsOf(scene).filter(
        ({ left, right, top, bottom }) =>
          !(left >= -0.01 && right <= width + 0.01 && top >= -0.01 && bottom <= height + 0.01),
      )
      expect(outside).toEqual([])
    }
  })
})

describe('the small print', () => {
  it('names what the shipped rules follow, and nothing for rules of the office', () => {
    expect(write().sources).toContain('村民委员会组织法')
    expect(write({ rules: ['不收钱。', '不拿东西。', '自己定。'] }).sources).toBe('')
  })
})

describe('the code', () => {
  it('is drawn square by square with four light ones around it', () => {
    const words = write()
    const { shapes } = drawPoster(typeface, words)
    const pattern = qrPattern(words.link)
    // The first row begins with the seven squares of a corner.
    const drawn = shapes.find(({ d }) => d.startsWith('M0 0H7V1H0Z'))
    const dark = [...(drawn?.d ?? '').matchAll(/M(\d+) \d+H(\d+)/g)].reduce(
      (sum, [, from, to]) => sum + Number(to) - Number(from),
      0,
    )
    expect(dark).toBe(pattern.flat().filter(Boolean).length)
    const quiet = (drawn?.x ?? 0) - (14 + 1.3)
    expect(quiet).toBeGreaterThanOrEqual(4 * (drawn?.scale ?? 0) - 0.01)
  })
})

describe('the files', async () => {
  const { files, missing } = await makePoster(write({ hotlines: ['县换届办 0570-7012380'] }))
  const bytesOf = (name: string) =>
    files.find((file) => file.name === name)?.bytes ?? new Uint8Array()

  it('are poster and card, to print and to send', () => {
    expect(missing).toEqual([])
    expect(files.map(({ name }) => name)).toEqual([
      ...['poster.pdf', 'poster.png', 'card.pdf', 'card-front.png', 'card-back.png'],
      'card-sheet.pdf',
    ])
  })

  it.each([
    ['poster.pdf', 1, 210, 297],
    ['card.pdf', 2, 85.6, 54],
    ['card-sheet.pdf', 2, 210, 297],
  ])(
    '%s has %i pages of %i by %i millimetres, and no font to look for',
    async (name, pages, width, height) => {
      const pdf = await PDFDocument.load(bytesOf(name))
      const sizes = pdf.getPages().map((page) => page.getSize())
      expect(sizes).toHaveLength(pages)
      for (const size of sizes) {
        expect(size.width * mmPerPoint).toBeCloseTo(width, 1)
        expect(size.height * mmPerPoint).toBeCloseTo(height, 1)
      }
      expect(pdf.getTitle()).toContain('半爿月村')
      expect(Buffer.from(bytesOf(name)).toString('latin1')).not.toContain('/BaseFont')
    },
  )

  it.each([
    ['poster.png', 1_654, 2_339],
    ['card-front.png', 1_348, 850],
    ['card-back.png', 1_348, 850],
  ])('%s is %i by %i dots, and shows something', async (name, width, height) => {
    const image = sharp(bytesOf(name))
    expect(await image.metadata()).toMatchObject({ width, height, format: 'png' })
    const { channels } = await image.stats()
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(40)
  })
})
