import { beforeEach, describe, expect, it } from 'vitest'
import { openJson } from '../../../src/lib/keyring.ts'
import { takeAnswer, type Written } from '../../../src/tips/dialogue/answer-message.ts'
import type { Clean, CleanOutcome } from '../../../src/tips/evidence/evidence.ts'
import { type Download, fetchNextEvidence } from '../../../src/tips/evidence/fetch-evidence.ts'
import { loadEvidence } from '../../../src/tips/evidence/load-evidence.ts'
import type { FileKind } from '../../../src/tips/interview/draft.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World
let downloads: string[] = []
beforeEach(async () => {
  world = await createWorld(database)
  downloads = []
})

/** Stands for the cleaning: what it makes tells whether the voice was changed. */
const clean: Clean = async (original, { disguise }) => ({
  ok: true,
  kind: 'voice',
  extension: 'mp3',
  bytes: Buffer.concat([original, Buffer.from(disguise ? ' changed' : ' as it is')]),
})
const download: Download = async (fileId) => {
  downloads.push(fileId)
  return { ok: true, bytes: Buffer.from(fileId) }
}
type Ways = { clean?: Clean; download?: Download }
const fetchNext = (ways: Ways = {}) =>
  fetchNextEvidence({ ...world.deps, db, download, clean, ...ways, wake: () => {} })
const fetchAll = async (ways: Ways = {}) => {
  while (await fetchNext(ways));
}
const send = (what: FileKind, fileId: string, isForwarded = false) =>
  world.answer({ kind: 'file', what, fileId, isForwarded })
const wish = (value: string) => world.press('voice', value)
const file = async () => {
  await world.press('files', 'done')
  return world.submit()
}
/** What the group is given, in the order of the files. */
async function heard(): Promise<string[]> {
  const rows = await db.evidence.findMany({ orderBy: { number: 'asc' } })
  const copies = rows.map(({ id }) => loadEvidence(db, world.deps, `evidence:${id}`))
  return (await Promise.all(copies)).map((bytes) => String(bytes && Buffer.from(bytes)))
}

describe('a voice note', () => {
  it('is changed unless its reporter wishes otherwise, and back again until it is filed', async () => {
    await world.write()
    await send('voice', 'note')
    await fetchAll()
    await wish('own-kept')
    await fetchAll()
    await wish('own-changed')
    await wish('own-kept')
    await wish('own-changed')
    await fetchAll()
    await file()
    await fetchAll()
    expect(await heard()).toEqual(['note changed'])
    await wish('own-kept')
    await fetchAll()
    expect(await heard()).toEqual(['note changed'])
  })

  it('that was fetched is cleaned anew from the sealed original, and Telegram is not asked again', async () => {
    await world.write()
    await send('voice', 'note')
    await fetchAll()
    await wish('own-kept')
    expect(await db.evidencePiece.findMany({ select: { copy: true } })).toEqual([
      { copy: 'original' },
    ])
    await fetchAll()
    await file()
    expect(await heard()).toEqual(['note as it is'])
    expect(downloads).toEqual(['note'])
  })

  it('that is being cleaned while the wish changes is cleaned once more', async () => {
    await world.write()
    await wish('own-kept')
    await send('voice', 'note')
    let rounds = 0
    const slow: Clean = async (...about) => {
      if (++rounds === 1) await wish('own-changed')
      return clean(...about)
    }
    await fetchAll({ clean: slow })
    expect(rounds).toBe(2)
    await file()
    expect(await heard()).toEqual(['note changed'])
  })

  it('filed before it could be cleaned anew reaches the group changed, once, with one line of audit', async () => {
    await world.write()
    await wish('own-kept')
    await send('voice', 'note')
    await fetchAll()
    await wish('own-changed')
    await file()
    expect((await world.deliver()).map(({ purpose }) => purpose)).toEqual(['receipt', 'tip-card'])
    expect(await heard()).toEqual(['null'])
    await fetchAll()
    expect((await world.deliver()).map(({ purpose }) => purpose)).toEqual(['tip-evidence'])
    expect(await heard()).toEqual(['note changed'])
    const where = { action: 'evidence kept' }
    expect(await db.auditLine.count({ where })).toBe(1)
  })

  it('that cannot be changed is held back with the reason, and given when its reporter wishes it as it is', async () => {
    const cannot: CleanOutcome = {
      ok: false,
      state: 'held-back',
      kind: 'audio',
      reason: 'cannot-disguise',
    }
    const picky: Clean = async (original, options) =>
      options.disguise ? cannot : clean(original, options)
    await world.write()
    await send('voice', 'note')
    await fetchAll({ clean: picky })
    expect(world.textsTo(await world.deliver(), cast.villager).join()).toContain('声音变不了样')
    await wish('own-kept')
    await fetchAll({ clean: picky })
    await file()
    expect(await heard()).toEqual(['note as it is'])
    expect(await db.evidence.findFirst()).toMatchObject({ state: 'ready', reason: null })
  })

  it('that breaks the second cleaning keeps its original, and is given to nobody', async () => {
    await world.write()
    await send('voice', 'note')
    await fetchAll()
    await wish('own-kept')
    await fetchAll({ clean: async () => ({ ok: false, state: 'refused', reason: 'unreadable' }) })
    expect(await db.evidence.findFirst()).toMatchObject({ state: 'held-back' })
    expect(await db.evidencePiece.count({ where: { copy: 'original' } })).toBe(1)
    await file()
    expect(await heard()).toEqual(['null'])
  })
})

describe('a recording', () => {
  it.each([
    ['audio', 'changed'],
    ['video', 'changed'],
    ['document', 'changed'],
  ] as const)(
    'that came as %s is left as it is unless its reporter wishes it %s',
    async (what, form) => {
      await world.write()
      await send(what, 'before')
      await fetchAll()
      await wish(`recorded-${form}`)
      await send(what, 'after')
      await fetchAll()
      await file()
      expect(await heard()).toEqual(['before changed', 'after changed'])
    },
  )

  it('and the own voice are two wishes', async () => {
    await world.write()
    await send('voice', 'note')
    await send('video', 'video')
    await send('voice', 'passed on', true)
    await fetchAll()
    await wish('own-kept')
    await wish('recorded-changed')
    await fetchAll()
    await file()
    expect(await heard()).toEqual(['note as it is', 'video changed', 'passed on changed'])
  })

  it('is cleaned anew alone: a photo beside it is ready all the while', async () => {
    await world.write()
    await send('photo', 'photo')
    await fetchAll({
      clean: async () => ({
        ok: true,
        kind: 'photo',
        extension: 'jpg',
        bytes: Buffer.from('photo'),
      }),
    })
    await send('video', 'video')
    await fetchAll()
    await wish('recorded-changed')
    const rows = await db.evidence.findMany({ orderBy: { number: 'asc' } })
    expect(rows.map(({ state }) => state)).toEqual(['ready', 'pending'])
  })
})

describe('a voice that answers', () => {
  const say = async (written: Partial<Written> = {}) => {
    const { id, dataKey } = await db.tip.findFirstOrThrow()
    const writing = { chatId: cast.villager, tipId: id, messageId: null }
    const voice = { kind: 'file', what: 'voice', fileId: 'f', ...written } as Written
    await db.$transaction((tx) => takeAnswer(tx, world.deps, writing, voice))
    const { source } = await db.evidence.findFirstOrThrow({ orderBy: { id: 'desc' } })
    return openJson(world.keyring.openDataKey(dataKey ?? Buffer.of()), source ?? Buffer.of())
  }

  it('is changed by default, as the tip wished, or as this answer wishes', async () => {
    await world.file()
    expect(await say()).toMatchObject({ disguise: true })
    expect(await say({ voice: { own: 'kept' } })).toMatchObject({ disguise: false })
  })

  it('follows what was wished for the tip', async () => {
    await world.write()
    await wish('own-kept')
    await wish('recorded-changed')
    await world.submit()
    expect(await say()).toMatchObject({ disguise: false })
    expect(await say({ what: 'video' })).toMatchObject({ disguise: true })
    expect(await say({ voice: { own: 'changed' } })).toMatchObject({ disguise: true })
  })
})
