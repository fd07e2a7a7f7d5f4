import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { cleanEvidence } from '../../../src/tips/evidence/clean-evidence.ts'
import type { EvidenceSender } from '../../../src/tips/evidence/evidence.ts'
import { fetchNextEvidence } from '../../../src/tips/evidence/fetch-evidence.ts'
import { loadEvidence } from '../../../src/tips/evidence/load-evidence.ts'
import { showGroupEvidence } from '../../../src/tips/evidence/show-group-evidence.ts'
import { takeTipEvidence } from '../../../src/tips/evidence/take-evidence.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'
import { program } from './cleaning/hostile-files.ts'
import { docxParts, pack } from './cleaning/office-files.ts'
import { tellingPdf } from './cleaning/pdf-files.ts'
import { phonePhoto } from './images.ts'
import { voiceMessage } from './media/ogg.ts'
import { phoneVideo, wav } from './media/recordings.ts'

const database = await createTestDatabase()
const { db } = database
const letter = pack(await docxParts())
const archive = pack({ 'names.txt': Buffer.from('CANARY') })
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
let world: World

const fetchAll = async (...files: Uint8Array[]) => {
  for (const bytes of files) {
    const download = async () => ({ ok: true as const, bytes })
    await fetchNextEvidence({ ...world.deps, db, download, clean: cleanEvidence, wake: () => {} })
  }
}
/** Sent as documents, in this order, to a tip that is then filed. */
const fileWith = async (...files: Uint8Array[]) => {
  await world.write()
  for (const [n] of files.entries())
    await world.answer({ kind: 'file', what: 'document', fileId: `file ${n}` })
  await world.press('files', 'done')
  await world.submit()
  await fetchAll(...files)
  return world.deliver()
}
const keptLines = async () =>
  (await db.auditLine.findMany({ where: { action: 'evidence kept' }, orderBy: { id: 'asc' } })).map(
    ({ actor, subject, detail }) => ({ actor, subject, detail }),
  )
const takeLater = async (sender: EvidenceSender) => {
  const tip = await db.tip.findFirstOrThrow()
  const { id, dataKey } = tip
  if (!dataKey) throw new Error('shredded')
  return db.$transaction((tx) =>
    takeTipEvidence(tx, world.deps, { id, dataKey }, { sender, fileId: 'later' }),
  )
}

beforeEach(async () => {
  world = await createWorld(database)
})

describe('a file', () => {
  it('reaches the group as what its bytes are, whatever it was sent as, under a neutral name', async () => {
    const sent = await fileWith(letter, await phonePhoto(), await tellingPdf())
    const shown = sent.filter(({ purpose }) => purpose === 'tip-evidence')
    expect(shown.map(({ to, outgoing }) => [to.chatId, outgoing])).toMatchObject([
      [cast.township.chatId, { kind: 'document', fileName: 'evidence-1.docx', isProtected: true }],
      [cast.township.chatId, { kind: 'photo', fileName: 'evidence-2.jpg', isProtected: true }],
      [cast.township.chatId, { kind: 'document', fileName: 'evidence-3.pdf', isProtected: true }],
    ])
    expect(shown[0]?.outgoing).toMatchObject({ caption: '举报 QF-000001：第 1 份材料（文件）' })
  })

  it('with sound or moving pictures reaches the group as what Telegram can play', async () => {
    const sent = await fileWith(voiceMessage(), await phoneVideo(), await wav())
    const shown = sent.filter(({ purpose }) => purpose === 'tip-evidence')
    expect(shown.map(({ outgoing }) => outgoing)).toMatchObject([
      { kind: 'voice', fileName: 'evidence-1.ogg', caption: '举报 QF-000001：第 1 份材料（语音）' },
      { kind: 'video', fileName: 'evidence-2.mp4', caption: '举报 QF-000001：第 2 份材料（视频）' },
      {
        kind: 'document',
        fileName: 'evidence-3.wav',
        caption: '举报 QF-000001：第 3 份材料（录音）',
      },
    ])
  })

  it('that cannot be cleaned is kept and held back: the group is told, and the reporter what to do', async () => {
    const sent = await fileWith(archive)
    expect(world.textsTo(sent, cast.township.chatId).at(-1)).toContain('没法去掉个人信息，先不给看')
    expect((await world.opened(1)).at(-1)).toContain('一样一样发来')
    const { id, state, sha256 } = await db.evidence.findFirstOrThrow()
    expect([state, sha256]).toEqual(['held-back', hashOf(archive)])
    expect(await loadEvidence(db, world.deps, `evidence:${id}`)).toBeNull()
    const copies = await db.evidencePiece.findMany({ select: { copy: true } })
    expect(copies).toEqual([{ copy: 'original' }])
  })

  it('that may do harm is not kept at all, and both sides hear of it', async () => {
    const sent = await fileWith(program())
    expect(world.textsTo(sent, cast.township.chatId).at(-1)).toContain('没有留下')
    expect(world.textsTo(sent, cast.villager).join()).not.toMatch(/材料|有害/)
    expect((await world.opened(1)).at(-1)).toContain('可能有害，没有收下')
    expect(await db.evidencePiece.count()).toBe(0)
    expect(await keptLines()).toEqual([])
  })
})

describe('the audit', () => {
  it('has the hash of every original: at filing, or when it is fetched later', async () => {
    await world.write()
    for (const fileId of ['one', 'two'])
      await world.answer({ kind: 'file', what: 'document', fileId })
    await fetchAll(letter)
    expect(await keptLines()).toEqual([])
    await world.press('files', 'done')
    await world.submit()
    const line = (n: number, bytes: Uint8Array) => ({
      actor: 'reporter',
      subject: 'tip:1',
      detail: { n, kind: 'document', sha256: hashOf(bytes) },
    })
    expect(await keptLines()).toEqual([line(1, letter)])
    await fetchAll(archive)
    expect(await keptLines()).toEqual([line(1, letter), line(2, archive)])
  })
})

describe('a file about a tip that was filed', () => {
  it('comes from its reporter with the next number, and stands behind the card', async () => {
    await fileWith(letter)
    expect(await takeLater('reporter')).toMatchObject({ outcome: 'taken', number: 2 })
    await fetchAll(await phonePhoto())
    expect(await world.deliver()).toMatchObject([
      { purpose: 'tip-evidence', outgoing: { kind: 'photo', fileName: 'evidence-2.jpg' } },
    ])
  })

  it('comes from the group, is cleaned alike, and is sent to nobody by itself', async () => {
    await fileWith()
    await takeLater('group')
    await fetchAll(letter)
    expect(await world.deliver()).toEqual([])
    const { id, state } = await db.evidence.findFirstOrThrow()
    expect(state).toBe('ready')
    const bytes = await loadEvidence(db, world.deps, `evidence:${id}`)
    expect(
      Buffer.from(bytes ?? [])
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
  })

  it('comes from the group, and is shown to the reporter when they open it', async () => {
    await fileWith()
    const taken = await takeLater('group')
    const id = taken.outcome === 'taken' ? taken.id : 0
    const open = () => db.$transaction((tx) => showGroupEvidence(tx, world.deps, world.chat, id))
    await open()
    expect(world.textsTo(await world.deliver(), cast.villager)[0]).toContain('还在检查')
    await fetchAll(letter)
    await open()
    expect(await world.deliver()).toMatchObject([
      {
        to: { chatId: cast.villager },
        outgoing: { fileName: 'evidence-1.docx', isProtected: true },
      },
    ])
  })

  it('comes from the group and cannot be cleaned: the group is told, the reporter not', async () => {
    await fileWith()
    await takeLater('group')
    await fetchAll(archive)
    const sent = await world.deliver()
    expect(world.textsTo(sent, cast.township.chatId)[0]).toContain('第 1 份材料是压缩包')
    expect(world.textsTo(sent, cast.villager)).toEqual([])
  })

  it('is taken once more for each of two at the same time, and no more than there is room for', async () => {
    await fileWith()
    const taken = await Promise.all([takeLater('reporter'), takeLater('group')])
    expect(taken.map((one) => one.outcome === 'taken' && one.number).sort()).toEqual([1, 2])
    await db.evidence.updateMany({ where: { number: 2 }, data: { number: 100 } })
    expect(await takeLater('reporter')).toEqual({ outcome: 'full' })
  })
})
