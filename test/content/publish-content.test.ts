import { beforeEach, describe, expect, it } from 'vitest'
import { changeDirectoryVersion } from '../../src/areas/area-store.ts'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import type { ContentDeps } from '../../src/content/content-deps.ts'
import { findPublished, findVersion, listVersions } from '../../src/content/content-store.ts'
import {
  handInContent,
  publishContent,
  withdrawContent,
} from '../../src/content/publish-content.ts'
import { type SendBackAct, sendBack } from '../../src/content/send-back.ts'
import { isAbandoned, takeOver } from '../../src/content/take-over.ts'
import { signOf } from '../../src/content/waiting.ts'
import { beginContent, changeContent, dropDraft } from '../../src/content/write-content.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { createStaff, listEditors } from '../../src/staff/staff-store.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const messages = await createMessages()
const told: number[] = []
const words: string[] = []
const deps: ContentDeps = {
  messages,
  directory: createDirectoryCache(),
  enqueue: async (_tx, ...requests) => {
    for (const { address, outgoing } of requests) {
      told.push(address.chatId)
      words.push('text' in outgoing ? outgoing.text : '')
    }
  },
  now: () => new Date('2017-03-15T02:00:00Z'),
  today: () => '2017-03-15',
  approval: 'second-person',
}

let lin = 0
let zhou = 0

beforeEach(async () => {
  await emptyDatabase(database)
  told.length = 0
  words.length = 0
  const person = { role: 'editor' as const, language: 'zh-CN' as const }
  lin = await createStaff(db, { telegramId: 1, name: '林', ...person })
  zhou = await createStaff(db, { telegramId: 2, name: '周', ...person })
})

/** A rule that Lin has written. */
async function written(body = '不收礼'): Promise<number> {
  const { id } = await beginContent(db, deps, { kind: 'reminder', staffId: lin })
  const texts = { 'zh-CN': { title: '一条规矩', body } }
  await changeContent(db, deps, { versionId: id, staffId: lin }, () => ({ texts, source: '某县' }))
  return id
}
const by = (versionId: number, staffId: number) => ({ versionId, staffId })
/** Who has just read it. */
async function readBy(versionId: number, staffId: number) {
  const version = await findVersion(db, versionId)
  return { versionId, staffId, seen: signOf(version ? [version] : []) }
}
/** Who has just read it, and will not have it so. */
async function notFor(versionId: number, staffId: number): Promise<SendBackAct> {
  const staff = (await listEditors(db)).find(({ id }) => id === staffId)
  if (!staff) throw new Error('Not in the office')
  return { ...(await readBy(versionId, staffId)), staff, reason: '请写明谁来监督' }
}
const leaves = (id: number) => db.staff.update({ where: { id }, data: { retiredAt: new Date(0) } })
const stateOf = async (id: number) => (await findVersion(db, id))?.state

describe('content', () => {
  it('is handed in by its author, shown to the others, and let out by one of them', async () => {
    const id = await written()
    expect(await handInContent(db, deps, by(id, lin))).toEqual({ outcome: 'handed-in', others: 1 })
    expect(told).toEqual([2])
    expect(await publishContent(db, deps, await readBy(id, lin))).toEqual({ outcome: 'own' })
    expect(await stateOf(id)).toBe('checked')
    expect(await publishContent(db, deps, await readBy(id, zhou))).toEqual({ outcome: 'published' })
    expect(await publishContent(db, deps, await readBy(id, zhou))).toEqual({ outcome: 'over' })
    expect(await findVersion(db, id)).toMatchObject({ state: 'published', publishedById: zhou })
    expect(await db.auditLine.findMany()).toMatchObject([
      { actor: `staff:${zhou}`, action: 'content published', subject: `content-version:${id}` },
    ])
  })

  it('stays with its author while something forbids it', async () => {
    const id = await written('打13800138000')
    expect(await handInContent(db, deps, by(id, lin))).toMatchObject({
      outcome: 'stopped',
      problems: [{ kind: 'phone' }],
    })
    expect(await stateOf(id)).toBe('draft')
  })

  it('needs a second person, but not in a small office that says so', async () => {
    await db.staff.update({ where: { id: zhou }, data: { retiredAt: new Date(0) } })
    const id = await written()
    expect(await handInContent(db, deps, by(id, lin))).toEqual({ outcome: 'no-second' })
    const alone = { ...deps, approval: 'off' as const }
    expect(await handInContent(db, alone, by(id, lin))).toEqual({ outcome: 'published' })
    expect(await stateOf(id)).toBe('published')
  })

  it('that was handed in is a draft again when its author changes it', async () => {
    const id = await written()
    await handInContent(db, deps, by(id, lin))
    await changeContent(db, deps, by(id, lin), () => ({ source: '某市' }))
    expect(await publishContent(db, deps, await readBy(id, zhou))).toEqual({ outcome: 'over' })
    expect(await changeContent(db, deps, by(id, zhou), () => ({}))).toEqual({ outcome: 'others' })
  })

  it('stays as it is for villagers until its next version is let out', async () => {
    const first = await written()
    await handInContent(db, deps, by(first, lin))
    await publishContent(db, deps, await readBy(first, zhou))
    const texts = { 'zh-CN': { title: '一条规矩', body: '不收礼，不吃请' } }
    const changed = await changeContent(db, deps, by(first, zhou), () => ({ texts }))
    if (changed.outcome !== 'changed') throw new Error(changed.outcome)
    const { contentId, id } = changed.version
    expect((await findPublished(db, contentId, deps.today()))?.id).toBe(first)
    await handInContent(db, deps, by(id, zhou))
    await publishContent(db, deps, await readBy(id, lin))
    const versions = (await listVersions(db, contentId)).map(({ number, state }) => [number, state])
    expect(versions).toEqual([
      [2, 'published'],
      [1, 'replaced'],
    ])
  })

  it('names no day of the vote on which no village votes', async () => {
    const city = { code: '330800000000', name: '衢州市', level: 'city' }
    await db.area.create({ data: { ...city, electionDay: new Date('2017-03-20') } })
    await changeDirectoryVersion(db)
    const wrong = await written('3月21日投票')
    const outcome = await handInContent(db, deps, by(wrong, lin))
    expect(outcome).toMatchObject({ outcome: 'stopped', problems: [{ what: '3月21日' }] })
    const right = await written('3月20日投票')
    expect(await handInContent(db, deps, by(right, lin))).toMatchObject({ outcome: 'handed-in' })
  })

  it('that is withdrawn is given to nobody', async () => {
    const id = await written()
    await handInContent(db, deps, by(id, lin))
    await publishContent(db, deps, await readBy(id, zhou))
    const { contentId } = (await findVersion(db, id)) ?? { contentId: 0 }
    expect(await withdrawContent(db, deps, by(id, lin))).toBe(true)
    expect(await withdrawContent(db, deps, by(id, lin))).toBe(false)
    expect(await findPublished(db, contentId, deps.today())).toBeNull()
  })

  it('that nobody wants is thrown away by its author alone', async () => {
    const id = await written()
    expect(await dropDraft(db, by(id, zhou))).toBe(false)
    expect(await dropDraft(db, by(id, lin))).toBe(true)
    expect(await db.content.count()).toBe(0)
  })

  it('goes back to its author with the reason of the second person, and comes again when it is mended', async () => {
    const id = await written()
    await handInContent(db, deps, by(id, lin))
    told.length = words.length = 0
    expect(await sendBack(db, deps, await notFor(id, zhou))).toEqual({ outcome: 'sent-back' })
    expect(told).toEqual([1])
    expect(words[0]).toMatch(/周看过了，请您改一改：一条规矩\n\n请写明谁来监督/)
    expect(await findVersion(db, id)).toMatchObject({ state: 'draft', authorId: lin })
    expect(await db.auditLine.findMany()).toMatchObject([
      { actor: `staff:${zhou}`, action: 'content sent back', subject: `content-version:${id}` },
    ])
    await changeContent(db, deps, by(id, lin), () => ({ source: '某市' }))
    expect(await handInContent(db, deps, by(id, lin))).toMatchObject({ outcome: 'handed-in' })
    expect(await publishContent(db, deps, await readBy(id, zhou))).toEqual({ outcome: 'published' })
  })

  it('goes back only as it was read, while it waits, and never by its author', async () => {
    const id = await written()
    await handInContent(db, deps, by(id, lin))
    const act = await notFor(id, zhou)
    expect(await sendBack(db, deps, await notFor(id, lin))).toEqual({ outcome: 'own' })
    await changeContent(db, deps, by(id, lin), () => ({ source: '某市' }))
    expect(await sendBack(db, deps, act)).toEqual({ outcome: 'over' })
    await handInContent(db, deps, by(id, lin))
    expect(await sendBack(db, deps, act)).toEqual({ outcome: 'changed' })
    expect(await stateOf(id)).toBe('checked')
  })

  it('whose author has left is taken over by one of the others, who never publishes it', async () => {
    const wu = await createStaff(db, { telegramId: 3, name: '吴', role: 'editor', language: 'en' })
    const id = await written()
    expect(await takeOver(db, deps, by(id, zhou))).toBe(false)
    await handInContent(db, deps, by(id, lin))
    await leaves(lin)
    expect(await sendBack(db, deps, await notFor(id, zhou))).toEqual({ outcome: 'no-author' })
    expect(await takeOver(db, deps, by(id, zhou))).toBe(true)
    expect(await takeOver(db, deps, by(id, wu))).toBe(false)
    const lines = await db.auditLine.findMany({ where: { action: 'content taken over' } })
    expect(lines).toMatchObject([{ actor: `staff:${zhou}`, detail: { from: `staff:${lin}` } }])
    const version = await findVersion(db, id)
    expect(version && (await isAbandoned(db, version))).toBe(false)
    expect(await handInContent(db, deps, by(id, zhou))).toMatchObject({ outcome: 'handed-in' })
    expect(await publishContent(db, deps, await readBy(id, zhou))).toEqual({ outcome: 'own' })
    expect(await publishContent(db, deps, await readBy(id, wu))).toEqual({ outcome: 'published' })
  })
})
