import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cleanEvidence } from '../../../src/tips/evidence/clean-evidence.ts'
import { cleanApart } from '../../../src/tips/evidence/cleaning/clean-apart.ts'
import { ownMemory } from '../../support/own-memory.ts'
import {
  crowdedPdf,
  crowdedZip,
  cyclicPdf,
  deepPdf,
  deepXml,
  html,
  hugePng,
  laughs,
  lyingZipBomb,
  manyObjectsPdf,
  nestedZip,
  outsideEntity,
  pdfBomb,
  program,
  svg,
  zipBomb,
} from './cleaning/hostile-files.ts'
import { docxParts, pack } from './cleaning/office-files.ts'
import { tellingPdf } from './cleaning/pdf-files.ts'
import { phonePhoto, pngPhoto } from './images.ts'

const maxGrowth = 300 * 1024 * 1024
const plain = { disguise: false }

/** What became of it, as one word. Fails when this process grew by what only the other one may take. */
async function judge(bytes: Uint8Array): Promise<string> {
  const before = ownMemory()
  const outcome = await cleanEvidence(bytes, plain)
  expect(ownMemory() - before).toBeLessThan(maxGrowth)
  return outcome.ok ? `clean ${outcome.extension}` : `${outcome.state}: ${outcome.reason}`
}

describe('a bomb', () => {
  it.each([
    ['of a gigabyte of zeros in a letter', zipBomb, 'refused: bomb'],
    ['that says it is small', lyingZipBomb, 'refused: unreadable'],
    ['of sixty thousand files', crowdedZip, 'refused: bomb'],
    ['of ZIPs in ZIPs', nestedZip, 'held-back: archive'],
    ['of laughs', laughs, 'refused: unreadable'],
    ['of elements in elements', deepXml, 'refused: unreadable'],
    ['of pixels that are not there', () => hugePng(60_000, 60_000), 'refused: too-many-pixels'],
    ['of pixels, just small enough', () => hugePng(7_000, 7_000), 'refused: unreadable'],
  ])('%s does no harm', async (_what, make, expected) => {
    expect(await judge(await make())).toBe(expected)
  })

  it.each([
    ['whose pages go round in a circle', cyclicPdf],
    ['whose dictionaries lie in dictionaries', deepPdf],
    ['with a thousand million pages', crowdedPdf],
    ['of objects without end', manyObjectsPdf],
    ['with a list that unpacks to a gigabyte', pdfBomb],
  ])('of a PDF %s does no harm', async (_what, make) => {
    expect(await judge(make())).toMatch(/^(refused: unreadable|held-back: too-complex)$/)
  })
})

describe('what is not what it seems', () => {
  it.each([
    ['a program called photo.jpg', program, 'refused: disguised'],
    ['an SVG with a script', svg, 'refused: disguised'],
    ['a web page', html, 'refused: disguised'],
    ['a letter that reads files of ours', outsideEntity, 'refused: unreadable'],
    ['an empty file', () => Buffer.alloc(0), 'refused: unreadable'],
    ['a ZIP called report.pdf', () => nestedZip(1), 'held-back: archive'],
  ])('%s is not handed on', async (_what, make, expected) => {
    expect(await judge(await make())).toBe(expected)
  })

  it('a PDF that is a ZIP too is refused, and a ZIP that is a PDF too', async () => {
    const pdf = await tellingPdf()
    const letter = pack(await docxParts())
    expect(await judge(Buffer.concat([pdf, letter]))).toBe('refused: disguised')
    const named = pack({ '%PDF-1.7': Buffer.from('1'), ...(await docxParts()) })
    expect(await judge(named)).toBe('refused: disguised')
  })

  it('bytes by chance are held back or refused', async () => {
    for (let tries = 0; tries < 5; tries++)
      expect(await judge(randomBytes(50_000))).toMatch(/^(held-back|refused): /)
  })
})

describe('a file that is cut off', () => {
  it.each([
    ['photo', () => phonePhoto(800, 600)],
    ['PNG', () => pngPhoto(800, 600)],
    ['letter', async () => pack(await docxParts())],
    ['PDF', tellingPdf],
  ])('such as a %s does no harm', async (_what, make) => {
    const whole = await make()
    for (const share of [0.1, 0.5, 0.9]) {
      const outcome = await cleanEvidence(whole.subarray(0, whole.length * share), plain)
      const text = outcome.ok ? Buffer.from(outcome.bytes).toString('latin1') : ''
      expect(text).not.toContain('CANARY')
    }
  })
})

describe('the process that cleans', () => {
  it('is ended when it takes too long, and the file is held back', async () => {
    const limits = { timeMs: 1, memoryBytes: 1024 ** 3 }
    expect(await cleanApart(await phonePhoto(), limits)).toMatchObject({ reason: 'too-complex' })
  })

  it('is ended when it takes too much memory', async () => {
    const limits = { timeMs: 60_000, memoryBytes: 50 * 1024 ** 2 }
    expect(await cleanApart(pdfBomb(), limits)).toMatchObject({ reason: 'too-complex' })
  })

  it('hands back twenty megabytes whole', async () => {
    const words = Buffer.from('一户两百'.repeat(1_700_000))
    const outcome = await cleanApart(words)
    expect(outcome.ok && Buffer.from(outcome.bytes).equals(words)).toBe(true)
  })
})
