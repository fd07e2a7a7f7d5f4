import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import { cleanEvidence } from '../../../src/tips/evidence/clean-evidence.ts'
import { type Download, fetchNextEvidence } from '../../../src/tips/evidence/fetch-evidence.ts'
import { loadEvidence } from '../../../src/tips/evidence/load-evidence.ts'
import { readPieces } from '../../../src/tips/evidence/piece-store.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'
import { phonePhoto } from './images.ts'

const database = await createTestDatabase()
const { db } = database
const photo = await phonePhoto()
const fine: Download = async () => ({ ok: true, bytes: photo })
const hour = 3_600_000
let world: World

const fetchNext = (download: Download = fine) =>
  fetchNextEvidence({ ...world.deps, db, download, clean: cleanEvidence, wake: () => {} })
const sendPhoto = (fileId = 'one') => world.answer({ kind: 'file', what: 'photo', fileId })
const fileWithPhoto = async () => {
  await world.write()
  await sendPhoto()
  await world.press('files', 'done')
  await world.submit()
}
const states = async () => (await db.evidence.findMany()).map(({ state }) => state)

beforeEach(async () => {
  world = await createWorld(database)
})

describe('a photo', () => {
  it('is kept twice, as it came and cleaned, both sealed', async () => {
    await world.write()
    await sendPhoto()
    expect(await fetchNext()).toBe(true)
    expect(await fetchNext()).toBe(false)
    const row = await db.evidence.findFirstOrThrow()
    expect(row).toMatchObject({ state: 'ready', source: null })
    const pieces = await db.evidencePiece.findMany()
    expect(pieces.map(({ copy }) => copy).sort()).toEqual(['clean', 'original'])
    const stored = Buffer.concat(pieces.map(({ bytes }) => bytes))
    expect(stored.toString('latin1')).not.toMatch(/CANARY|JFIF/)
  })

  it('larger than one piece is kept whole', async () => {
    const noise = randomBytes(1200 * 1200 * 3)
    const raw = { width: 1200, height: 1200, channels: 3 } as const
    const large = await sharp(noise, { raw }).png().toBuffer()
    await world.write()
    await sendPhoto()
    await fetchNext(async () => ({ ok: true, bytes: large }))
    const { id } = await db.evidence.findFirstOrThrow()
    const { dataKey } = await db.draft.findFirstOrThrow()
    const opened = world.keyring.openDataKey(dataKey).open(await readPieces(db, id, 'original'))
    expect(opened.equals(large)).toBe(true)
  })

  it('that is ready before the card follows it under a neutral name', async () => {
    await fileWithPhoto()
    await fetchNext()
    const sent = await world.deliver()
    const evidence = sent.find(({ purpose }) => purpose === 'tip-evidence')
    expect(evidence).toMatchObject({
      to: { chatId: cast.township.chatId },
      outgoing: {
        kind: 'photo',
        fileName: 'evidence-1.jpg',
        caption: '举报 QF-000001：第 1 份材料（照片）',
        isProtected: true,
        replyTo: expect.any(Number),
      },
    })
  })

  it('that becomes ready after the card follows it then, and only once', async () => {
    await fileWithPhoto()
    expect((await world.deliver()).map(({ purpose }) => purpose)).toEqual(['receipt', 'tip-card'])
    await fetchNext()
    expect((await world.deliver()).map(({ purpose }) => purpose)).toEqual(['tip-evidence'])
  })

  it('is handed to the sender clean, and to nobody who asks for something else', async () => {
    await fileWithPhoto()
    await fetchNext()
    const { id } = await db.evidence.findFirstOrThrow()
    const bytes = await loadEvidence(db, world.deps, `evidence:${id}`)
    expect((await sharp(Buffer.from(bytes ?? [])).metadata()).exif).toBeUndefined()
    expect(await loadEvidence(db, world.deps, 'evidence:999')).toBeNull()
    expect(await loadEvidence(db, world.deps, '../secret.key')).toBeNull()
  })

  it('that cannot be opened is refused with a sentence to the reporter and to the group', async () => {
    await fileWithPhoto()
    await world.deliver()
    await fetchNext(async () => ({ ok: true, bytes: photo.subarray(0, 300) }))
    const sent = await world.deliver()
    expect(world.textsTo(sent, cast.villager)).toEqual([
      expect.stringContaining('有一条给您的消息'),
    ])
    expect((await world.opened(1)).at(-1)).toContain('第 1 份材料打不开')
    expect(world.textsTo(sent, cast.township.chatId)[0]).toContain('第 1 份材料打不开')
    expect(await states()).toEqual(['refused'])
  })

  it('that is refused before filing is told to the reporter at once, and to the group with the card', async () => {
    await world.write()
    await sendPhoto()
    await fetchNext(async () => ({ ok: false, reason: 'too-big', isFinal: true }))
    expect(world.textsTo(await world.deliver(), cast.villager)[0]).toContain('第 1 份材料太大')
    await world.press('files', 'done')
    await world.submit()
    const texts = world.textsTo(await world.deliver(), cast.township.chatId)
    expect(texts.at(-1)).toContain('第 1 份材料打不开')
  })

  it('is asked for again while Telegram is away, and given up after a day', async () => {
    await fileWithPhoto()
    const away: Download = async () => ({ ok: false, reason: 'unavailable', isFinal: false })
    expect(await fetchNext(away)).toBe(true)
    expect(await fetchNext(away)).toBe(false)
    for (let tries = 0; tries < 5; tries++) {
      world.passTime(hour)
      await fetchNext(away)
    }
    expect(await states()).toEqual(['refused'])
  })

  it('whose fetching was cut off by a crash is fetched again', async () => {
    await fileWithPhoto()
    const dying: Download = async () => {
      throw new Error('killed')
    }
    await expect(fetchNext(dying)).rejects.toThrow('killed')
    expect(await fetchNext()).toBe(false)
    world.passTime(hour)
    expect(await fetchNext()).toBe(true)
    expect(await states()).toEqual(['ready'])
  })

  it('of a draft that is filed or cancelled meanwhile goes with it', async () => {
    await world.write()
    await sendPhoto()
    await fetchNext(async () => {
      await world.press('files', 'done')
      await world.submit()
      return { ok: true, bytes: photo }
    })
    expect(await db.evidence.findFirst()).toMatchObject({ state: 'ready', tipId: 1 })

    await world.write()
    await sendPhoto()
    await fetchNext(async () => {
      await world.press('review', 'cancel')
      await world.press('cancel', 'yes')
      return { ok: true, bytes: photo }
    })
    expect(await db.evidence.count({ where: { tipId: null } })).toBe(0)
  })
})
