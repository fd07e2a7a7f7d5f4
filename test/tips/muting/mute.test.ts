import { beforeEach, describe, expect, it } from 'vitest'
import { appealMute, liftMute } from '../../../src/tips/muting/appeal-mute.ts'
import { findMute, pseudonymOf } from '../../../src/tips/muting/mute.ts'
import { muteReporter } from '../../../src/tips/muting/mute-reporter.ts'
import { pruneMutes } from '../../../src/tips/muting/mute-store.ts'
import { eraseTrace } from '../../../src/tips/reporter/erase-trace.ts'
import { createTestDatabase } from '../../support/database.ts'
import { openEverything } from '../open-everything.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const hourMs = 3_600_000
let world: World

const mute = (
  hours: 24 | 72 = 24,
  by: Partial<{ chatId: number; telegramId: number; tipId: number }> = {},
) =>
  db.$transaction((tx) =>
    muteReporter(tx, world.deps, {
      chatId: cast.township.chatId,
      telegramId: cast.yiyi,
      tipId: 1,
      hours,
      ...by,
    }),
  )
const isMuted = async (chatId: number = cast.villager) =>
  (await findMute(db, world.deps, chatId)) !== null
const appeal = (text = '我说的是真的') =>
  db.$transaction((tx) => appealMute(tx, world.deps, { chatId: cast.villager, text }))
const lift = (chatId: number, telegramId: number) =>
  db.$transaction((tx) => liftMute(tx, world.deps, { muteId: 1, chatId, telegramId }))
const enrol = (name: string, telegramId: number) =>
  db.supervisor.updateMany({
    where: { name },
    data: { state: 'enrolled', telegramId: BigInt(telegramId) },
  })

beforeEach(async () => {
  world = await createWorld(database)
  await world.file()
  await world.deliver()
})

describe('a pseudonym', () => {
  const t = () => world.deps.messages.in('zh-CN')

  it('belongs to one tip and tells nothing about who filed it', async () => {
    const names = Array.from({ length: 50 }, (_, id) => pseudonymOf(world.keyring, t(), id + 1))
    for (const name of names) expect(name).toMatch(/^举报人[甲乙丙丁戊己庚辛壬癸]-\d\d$/)
    expect(new Set(names).size).toBeGreaterThan(40)
    expect(pseudonymOf(world.keyring, t(), 1)).toBe(names[0])
  })
})

describe('a reporter who is muted', () => {
  it('may file nothing until the time is over, and loses nothing that was written', async () => {
    expect(await mute()).toMatchObject({ outcome: 'muted', number: 'QF-000001', hours: 24 })
    expect([await isMuted(), await isMuted(cast.stranger)]).toEqual([true, false])
    await world.write()
    expect(await world.submit()).toEqual({ outcome: 'muted' })
    expect([await db.tip.count(), await db.draft.count()]).toEqual([1, 1])
    world.passTime(24 * hourMs)
    expect(await world.submit()).toMatchObject({ outcome: 'filed' })
    expect(await pruneMutes(db, world.deps.now())).toBe(1)
  })

  it('is muted by an enrolled supervisor of the group that has the tip, and by nobody else', async () => {
    const refused = [
      await mute(24, { telegramId: cast.stranger }),
      await mute(24, { chatId: cast.county.chatId }),
      await mute(24, { chatId: -999 }),
    ]
    expect(refused).toEqual(Array(3).fill({ outcome: 'not-enrolled' }))
    await enrol('甲一', cast.yiyi)
    expect(await mute(24, { chatId: cast.county.chatId })).toEqual({ outcome: 'not-here' })
    expect(await isMuted()).toBe(false)
  })

  it('is not told apart from others by who mutes a second tip of theirs', async () => {
    await world.file()
    await world.deliver()
    await mute(72)
    const untilAt = (await findMute(db, world.deps, cast.villager))?.untilAt
    // The same answer as for a tip of somebody else: two tips of one person must not be known for that.
    const answer = await mute(24, { tipId: 2 })
    expect(answer).toMatchObject({ outcome: 'muted', hours: 24 })
    expect((await findMute(db, world.deps, cast.villager))?.untilAt).toEqual(untilAt)
  })

  it('is muted once because of one tip, not for longer and not again when it is over', async () => {
    await mute(24)
    expect(await mute(72)).toMatchObject({ outcome: 'already' })
    world.passTime(25 * 3_600_000)
    expect(await mute(24)).toMatchObject({ outcome: 'already' })
    expect(await isMuted()).toBe(false)
    expect(await db.auditLine.count({ where: { action: 'reporter muted' } })).toBe(1)
  })

  it('stays unknown: neither the row nor the audit nor a message leads to them', async () => {
    await mute()
    const rows = await db.$queryRaw<{ row: string }[]>`SELECT t::text AS row FROM mute t`
    const hex = Buffer.from(String(cast.villager)).toString('hex')
    expect(rows[0]?.row).not.toContain(String(cast.villager))
    expect(rows[0]?.row).not.toContain(hex)
    const line = await db.auditLine.findFirstOrThrow({ where: { action: 'reporter muted' } })
    expect(line).toMatchObject({ subject: 'tip:1', detail: { hours: 24 } })
    expect(await world.deliver()).toEqual([])
    const { chatKey } = await db.mute.findFirstOrThrow()
    const own = await db.reporterChat.findFirstOrThrow()
    expect(Buffer.from(chatKey)).not.toEqual(Buffer.from(own.chatKey))
  })

  it('and erases the tip, is no longer joined to it by the mute', async () => {
    await mute()
    await db.$transaction((tx) => eraseTrace(tx, world.deps, 1))
    await world.deliver()
    expect(await openEverything(db, world.keyring)).not.toContain('"tipId":1')
    expect(await isMuted()).toBe(true)
  })

  it('cannot be found any more once the vault has forgotten them', async () => {
    await db.reporter.deleteMany()
    expect(await mute()).toEqual({ outcome: 'forgotten' })
  })
})

describe('a mute that the level above lifted', () => {
  it('is not put back by the group because of the same tip', async () => {
    await mute(72)
    await enrol('甲一', cast.jiayi)
    expect(await lift(cast.county.chatId, cast.jiayi)).toMatchObject({ outcome: 'lifted' })
    expect(await mute(72)).toMatchObject({ outcome: 'already' })
    expect(await isMuted()).toBe(false)
  })
})

describe('an appeal', () => {
  beforeEach(async () => {
    await mute()
  })

  it('goes once to the nearest group above, with the pseudonym', async () => {
    expect(await appeal()).toEqual({ outcome: 'appealed' })
    expect(await appeal()).toEqual({ outcome: 'already' })
    const sent = await world.deliver()
    expect(sent.map(({ to }) => to.chatId)).toEqual([cast.county.chatId])
    const [text = ''] = world.textsTo(sent, cast.county.chatId)
    expect(text).toMatch(/举报人[甲-癸]-\d\d|举报人.-\d\d/)
    expect(text).toContain('我说的是真的')
    expect(JSON.stringify(sent)).not.toContain(String(cast.villager))
  })

  it('goes to the admins when there is no group above', async () => {
    await db.group.updateMany({
      where: { code: { in: ['LY', 'QZ'] } },
      data: { inboxState: 'broken' },
    })
    await appeal()
    expect((await world.deliver()).map(({ to }) => to.chatId)).toEqual([cast.admin])
    expect(await lift(cast.admin, cast.admin)).toEqual({ outcome: 'lifted' })
  })

  it('is decided by the group above or an admin, not by the one that muted', async () => {
    await appeal()
    await world.deliver()
    await enrol('甲一', 70_011)
    expect(await lift(cast.township.chatId, cast.yiyi)).toEqual({ outcome: 'not-allowed' })
    expect(await lift(cast.county.chatId, cast.stranger)).toEqual({ outcome: 'not-allowed' })
    expect(await lift(cast.villager, cast.villager)).toEqual({ outcome: 'not-allowed' })
    expect(await lift(cast.county.chatId, 70_011)).toEqual({ outcome: 'lifted' })
    expect(await isMuted()).toBe(false)
    expect(world.textsTo(await world.deliver(), cast.villager)).toEqual([
      expect.stringContaining('有一条给您的消息'),
    ])
    expect(await lift(cast.county.chatId, 70_011)).toEqual({ outcome: 'over' })
    expect(await db.auditLine.count({ where: { action: 'mute lifted' } })).toBe(1)
  })

  it('after the time is over is not needed', async () => {
    world.passTime(24 * hourMs)
    expect(await appeal()).toEqual({ outcome: 'over' })
  })
})
