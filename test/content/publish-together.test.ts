import { beforeEach, describe, expect, it } from 'vitest'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import type { ContentDeps } from '../../src/content/content-deps.ts'
import { listVersions } from '../../src/content/content-store.ts'
import { importContent } from '../../src/content/import-content.ts'
import { handInAll, publishTogether, queryOf } from '../../src/content/publish-together.ts'
import { signOf } from '../../src/content/waiting.ts'
import { listWaiting } from '../../src/content/waiting-store.ts'
import { changeContent } from '../../src/content/write-content.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { createStaff } from '../../src/staff/staff-store.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const told: { chatId: number; text: string }[] = []
const now = new Date('2017-03-15T02:00:00Z')
const deps: ContentDeps = {
  messages: await createMessages(),
  directory: createDirectoryCache(),
  enqueue: async (_tx, ...requests) => {
    for (const { address, outgoing } of requests)
      told.push({ chatId: address.chatId, text: 'text' in outgoing ? outgoing.text : '' })
  },
  now: () => now,
  today: () => '2017-03-15',
  approval: 'second-person',
}
const alone: ContentDeps = { ...deps, approval: 'off' }

let lin = 0
let zhou = 0

beforeEach(async () => {
  await emptyDatabase(database)
  told.length = 0
  const person = { role: 'editor' as const, language: 'zh-CN' as const }
  lin = await createStaff(db, { telegramId: 1, name: '林', ...person })
  zhou = await createStaff(db, { telegramId: 2, name: '周', ...person })
})

/** A table of rules that somebody, or nobody on the server, has imported. */
const load = (staffId: number | null, ...bodies: string[]) => {
  const rows = bodies.map((body, at) => `ten-${at + 1},纪律,ten,十不准,,规矩${at + 1},${body},某县`)
  const text = ['code,kind,series,seriesName,place,title,body,source', ...rows].join('\n')
  const bytes = new TextEncoder().encode(text)
  return db.$transaction((tx) => importContent(tx, { bytes, staffId, now }))
}
const waiting = (staffId: number, list: 'drafts' | 'checked', with_ = deps) =>
  listWaiting(db, queryOf(with_, staffId, list))
const seen = async (staffId: number, list: 'drafts' | 'checked', with_ = deps) => {
  const versions = await waiting(staffId, list, with_)
  return { staffId, seen: signOf(versions), ids: versions.map(({ id }) => id) }
}
const handIn = async (staffId: number) => handInAll(db, deps, await seen(staffId, 'drafts'))
const states = async () =>
  (await db.contentVersion.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)

describe('drafts that are handed in together', () => {
  it('are checked one by one: those with a problem are named and stay, and the others hear of it once', async () => {
    await load(lin, '不收礼', '打13800138000', '不吃请')
    const outcome = await handIn(lin)
    expect(outcome).toMatchObject({
      ...{ outcome: 'handed-in', count: 2, others: 1 },
      stopped: [{ version: { code: 'ten-2' }, problems: [{ kind: 'phone' }] }],
    })
    expect(await states()).toEqual(['checked', 'draft', 'checked'])
    expect(told).toEqual([{ chatId: 2, text: expect.stringContaining('有2条内容等您看') }])
  })

  it('are one’s own and those that nobody wrote, never those of somebody else', async () => {
    await load(null, '不收礼', '不吃请')
    const [first] = await waiting(zhou, 'drafts')
    const act = { versionId: first?.id ?? 0, staffId: zhou }
    await changeContent(db, deps, act, () => ({ source: '某市' }))
    expect((await waiting(lin, 'drafts')).map(({ code }) => code)).toEqual(['ten-2'])
    expect(await handIn(lin)).toMatchObject({ count: 1 })
    const authors = await db.contentVersion.findMany({ orderBy: { id: 'asc' } })
    expect(authors.map(({ authorId, state }) => [authorId, state])).toEqual([
      [zhou, 'draft'],
      [lin, 'checked'],
    ])
  })

  it('are as they were seen, or nothing is done', async () => {
    await load(lin, '不收礼', '不吃请')
    const act = await seen(lin, 'drafts')
    await load(lin, '不收礼', '不吃请，一顿也不吃')
    expect(await handInAll(db, deps, act)).toEqual({ outcome: 'changed' })
    expect(await states()).toEqual(['draft', 'draft'])
  })

  it('need a second person, but are published at once in a small office that says so', async () => {
    await load(lin, '不收礼', '不吃请')
    await db.staff.update({ where: { id: zhou }, data: { retiredAt: now } })
    expect(await handIn(lin)).toEqual({ outcome: 'no-second' })
    const outcome = await handInAll(db, alone, await seen(lin, 'drafts', alone))
    expect(outcome).toMatchObject({ outcome: 'published', count: 2 })
    expect(await states()).toEqual(['published', 'published'])
  })
})

describe('what was handed in and is published together', () => {
  it('is what others wrote, in one act with one line in the audit', async () => {
    await load(lin, '不收礼', '不吃请')
    await handIn(lin)
    expect(await waiting(lin, 'checked')).toEqual([])
    expect(await publishTogether(db, deps, await seen(lin, 'checked'))).toMatchObject({ count: 0 })
    const outcome = await publishTogether(db, deps, await seen(zhou, 'checked'))
    expect(outcome).toEqual({ outcome: 'published', count: 2, stopped: [] })
    const versions = await db.contentVersion.findMany()
    expect(versions.every(({ publishedById }) => publishedById === zhou)).toBe(true)
    const lines = await db.auditLine.findMany({ where: { action: 'content published' } })
    const ids = versions.map(({ id }) => id).join(' ')
    expect(lines).toMatchObject([{ actor: `staff:${zhou}`, detail: { versions: ids } }])
  })

  it('replaces what was published before', async () => {
    await load(lin, '不收礼', '不吃请')
    await handIn(lin)
    await publishTogether(db, deps, await seen(zhou, 'checked'))
    await load(zhou, '不收礼', '不吃请，一顿也不吃')
    await handIn(zhou)
    expect(await publishTogether(db, deps, await seen(lin, 'checked'))).toMatchObject({ count: 1 })
    const { id } = await db.content.findUniqueOrThrow({ where: { code: 'ten-2' } })
    const versions = (await listVersions(db, id)).map(({ number, state }) => [number, state])
    expect(versions).toEqual([
      [2, 'published'],
      [1, 'replaced'],
    ])
  })

  it('is checked again: what became wrong meanwhile is named and waits', async () => {
    await load(lin, '不收礼', '不吃请')
    await handIn(lin)
    await db.contentVersion.updateMany({
      where: { content: { code: 'ten-1' } },
      data: { validUntil: new Date('2017-03-14') },
    })
    expect(await publishTogether(db, deps, await seen(zhou, 'checked'))).toMatchObject({
      count: 1,
      stopped: [{ version: { code: 'ten-1' }, problems: [{ kind: 'out-of-date' }] }],
    })
    expect(await states()).toEqual(['checked', 'published'])
  })

  it('is what was read whole: what stood on other pages, or came after, waits', async () => {
    await load(lin, '不收礼', '不吃请')
    await handIn(lin)
    const [first] = await waiting(zhou, 'checked')
    if (!first) throw new Error('Nothing waits')
    const act = { staffId: zhou, ids: [first.id], seen: signOf([first]) }
    expect(await publishTogether(db, deps, act)).toMatchObject({ count: 1 })
    expect(await states()).toEqual(['published', 'checked'])
  })

  it('is as it was read, or nothing goes out', async () => {
    await load(lin, '不收礼')
    await handIn(lin)
    const act = await seen(zhou, 'checked')
    const [versionId = 0] = act.ids
    await changeContent(db, deps, { versionId, staffId: lin }, () => ({ source: '某市' }))
    expect(await publishTogether(db, deps, act)).toEqual({ outcome: 'changed' })
    await handIn(lin)
    expect(await publishTogether(db, deps, act)).toEqual({ outcome: 'changed' })
    expect(await states()).toEqual(['checked'])
  })
})
