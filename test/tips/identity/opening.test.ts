import { beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/staff/audit.ts'
import { findStaff, type Staff } from '../../../src/staff/staff-store.ts'
import { giveIdentity, takeBackIdentity } from '../../../src/tips/identity/give-identity.ts'
import { parseName, parsePhone } from '../../../src/tips/identity/identity.ts'
import {
  confirmOpening,
  refuseOpening,
  requestOpening,
} from '../../../src/tips/identity/request-opening.ts'
import { hideIdentities, showIdentity } from '../../../src/tips/identity/show-identity.ts'
import { eraseTrace } from '../../../src/tips/reporter/erase-trace.ts'
import { rerouteHeldTips } from '../../../src/tips/routing/reroute-tips.ts'
import { createTestDatabase } from '../../support/database.ts'
import { openEverything } from '../open-everything.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const number = 'QF-000001'
const identity = { name: '周小凤', phone: '13812345678' }
const hourMs = 3_600_000
let world: World
let first: Staff
let second: Staff

const inTx = <T>(act: (tx: Parameters<Parameters<typeof db.$transaction>[0]>[0]) => Promise<T>) =>
  db.$transaction(act)
const give = () => inTx((tx) => giveIdentity(tx, world.deps, { tipId: 1, identity }))
const request = (staff = first, reason = '当面核实') =>
  inTx((tx) => requestOpening(tx, world.deps, { staff, number, reason }))
const confirm = (staff = second, openingId = 1) =>
  inTx((tx) => confirmOpening(tx, world.deps, { staff, openingId, reason: '确有必要' }))
const show = (staff = first, openingId = 1) =>
  inTx((tx) => showIdentity(tx, world.deps, { staff, openingId, messageId: 77 }))
const hide = () => inTx((tx) => hideIdentities(tx, world.deps))

async function addCustodian(telegramId: number, name: string): Promise<Staff> {
  await db.staff.create({ data: { telegramId: BigInt(telegramId), role: 'custodian', name } })
  const staff = await findStaff(db, telegramId)
  if (!staff) throw new Error('The custodian was not created')
  return staff
}

beforeEach(async () => {
  world = await createWorld(database)
  await world.file()
  await world.deliver()
  first = await addCustodian(80_001, '保管员甲')
  second = await addCustodian(80_002, '保管员乙')
})

describe('a name', () => {
  it('is read as people write it', () => {
    expect([' 周 小凤 ', 'Ann Lee', '买买提·艾力'].map(parseName)).toEqual([
      '周 小凤',
      'Ann Lee',
      '买买提·艾力',
    ])
    for (const text of ['', '13812345678', '…', '周'.repeat(41)]) expect(parseName(text)).toBeNull()
  })

  it('goes with a phone number', () => {
    expect(parsePhone('138 1234-5678')).toBe('13812345678')
    expect(parsePhone('＋８６ 138 1234 5678')).toBe('+8613812345678')
    for (const text of ['', '12345', '没有电话', '1'.repeat(16)])
      expect(parsePhone(text)).toBeNull()
  })

  it('tells the group that there is one, and nothing else to anybody', async () => {
    await give()
    const sent = await world.deliver()
    expect(world.textsTo(sent, cast.township.chatId)).toEqual([
      expect.stringContaining('留了真名，请先办这一件'),
    ])
    expect(JSON.stringify(sent)).not.toContain(identity.name)
    const rows = await db.$queryRaw<{ row: string }[]>`SELECT t::text AS row FROM identity t`
    expect(rows[0]?.row).not.toContain(Buffer.from(identity.name).toString('hex'))
  })

  it('comes along when the tip moves to another card', async () => {
    await give()
    await world.deliver()
    await db.tipCard.updateMany({ data: { state: 'withdrawn' } })
    await db.tip.updateMany({ data: { state: 'held' } })
    await inTx((tx) => rerouteHeldTips(tx, world.deps))
    const texts = world.textsTo(await world.deliver(), cast.township.chatId)
    expect(texts.some((text) => text.includes('留了真名'))).toBe(true)
  })

  it('is taken back for good', async () => {
    await give()
    await world.deliver()
    expect(await inTx((tx) => takeBackIdentity(tx, world.deps, 1))).toBe(true)
    expect(await openEverything(db, world.keyring)).not.toContain(identity.name)
    expect(await request()).toMatchObject({ outcome: 'no-name' })
  })

  it('goes when the reporter erases', async () => {
    await give()
    await world.deliver()
    await inTx((tx) => eraseTrace(tx, world.deps, 1))
    expect(await openEverything(db, world.keyring)).not.toContain(identity.phone)
  })
})

describe('opening a name', () => {
  beforeEach(async () => {
    await give()
    await world.deliver()
  })

  it('takes two custodians, each with a reason, and shows it once to who asked', async () => {
    expect(await request()).toEqual({ outcome: 'asked', number })
    const asked = await world.deliver()
    expect(asked.map(({ to }) => to.chatId)).toEqual([second.telegramId])
    expect(JSON.stringify(asked)).toContain('当面核实')
    expect(await show()).toMatchObject({ outcome: 'over' })

    expect(await confirm()).toEqual({ outcome: 'confirmed', number })
    const confirmed = await world.deliver()
    expect(confirmed.map(({ to }) => to.chatId)).toEqual([first.telegramId])
    expect(confirmed[0]?.outgoing).toMatchObject({ isProtected: true })
    expect(await show(second)).toMatchObject({ outcome: 'over' })

    expect(await show()).toEqual({ outcome: 'shown', number })
    const shown = await world.deliver()
    const [edit] = shown.filter(({ to }) => to.chatId === first.telegramId)
    expect(edit?.outgoing).toMatchObject({ kind: 'edit', messageId: 77 })
    expect(JSON.stringify(edit?.outgoing)).toContain(identity.name)
    expect(JSON.stringify(edit?.outgoing)).toContain(identity.phone)
    expect(await show()).toMatchObject({ outcome: 'over' })
  })

  it('tells the reporter with a line that gives nothing away on a screen', async () => {
    await request()
    await confirm()
    await show()
    const [ping = ''] = world.textsTo(await world.deliver(), cast.villager)
    expect(ping).toContain('有一条给您的消息')
    expect(ping).not.toMatch(/名字|保管|举报|QF/)
  })

  it('takes the name off the screen after ten minutes', async () => {
    await request()
    await confirm()
    await show()
    // It may take a while until Telegram can be reached: the minutes count from then.
    world.passTime(20 * 60_000)
    expect(await hide()).toBe(0)
    await world.deliver()
    world.passTime(9 * 60_000)
    expect(await hide()).toBe(0)
    world.passTime(61_000)
    expect(await hide()).toBe(1)
    const sent = await world.deliver()
    expect(sent.map(({ outgoing }) => outgoing)).toEqual([
      { kind: 'delete', messageId: expect.any(Number) },
    ])
    expect(sent[0]?.to.chatId).toBe(first.telegramId)
    expect(await hide()).toBe(0)
  })

  it('is not for one person alone, whatever they press', async () => {
    await request()
    expect(await confirm(first)).toMatchObject({ outcome: 'own' })
    expect(await request(second)).toMatchObject({ outcome: 'already' })
    await db.staff.updateMany({ where: { id: second.id }, data: { retiredAt: world.deps.now() } })
    await db.identityOpening.deleteMany()
    expect(await request()).toMatchObject({ outcome: 'no-second' })
  })

  it('needs a reason, a tip and a name', async () => {
    expect(await request(first, '')).toMatchObject({ outcome: 'no-reason' })
    await world.file()
    const other = { staff: first, reason: '核实' }
    const ask = (of: string) =>
      inTx((tx) => requestOpening(tx, world.deps, { ...other, number: of }))
    expect(await ask('QF-000002')).toMatchObject({ outcome: 'no-name' })
    expect(await ask('QF-000009')).toMatchObject({ outcome: 'no-tip' })
  })

  it('is over when the other says no, or after a day', async () => {
    await request()
    const refuse = (staff: Staff) =>
      inTx((tx) => refuseOpening(tx, world.deps, { staff, openingId: 1 }))
    expect(await refuse(first)).toMatchObject({ outcome: 'own' })
    expect(await refuse(second)).toMatchObject({ outcome: 'refused' })
    expect(await confirm()).toMatchObject({ outcome: 'over' })

    await request()
    world.passTime(24 * hourMs)
    expect(await confirm(second, 2)).toMatchObject({ outcome: 'over' })
    await hide()
    expect(await request()).toMatchObject({ outcome: 'asked' })
    await confirm(second, 3)
    world.passTime(24 * hourMs)
    expect(await show(first, 3)).toMatchObject({ outcome: 'over' })
  })

  it('confirmed by two at the same moment counts once', async () => {
    const third = await addCustodian(80_003, '保管员丙')
    await request()
    const outcomes = await Promise.all([confirm(second), confirm(third)])
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['confirmed', 'over'])
  })

  const dismiss = (staff: Staff) =>
    db.staff.updateMany({ where: { id: staff.id }, data: { retiredAt: world.deps.now() } })

  it('leads nowhere when one of the two is no custodian any more, and others may ask', async () => {
    const third = await addCustodian(80_003, '保管员丙')
    await request()
    await dismiss(first)
    expect(await confirm(second)).toMatchObject({ outcome: 'over' })
    expect(await request(second)).toMatchObject({ outcome: 'asked' })
    expect(await confirm(third, 2)).toMatchObject({ outcome: 'confirmed' })
    await dismiss(third)
    expect(await show(second, 2)).toMatchObject({ outcome: 'over' })
    // Also when they come back: what they agreed to was over.
    await db.staff.updateMany({ data: { retiredAt: null } })
    expect(await show(second, 2)).toMatchObject({ outcome: 'over' })
    expect(JSON.stringify(await world.deliver())).not.toContain(identity.name)
  })

  it('does not wait for a day because who asked was dismissed', async () => {
    await addCustodian(80_003, '保管员丙')
    await request()
    await dismiss(first)
    expect(await request(second)).toMatchObject({ outcome: 'asked' })
  })

  it('is written down with numbers, and without names and reasons', async () => {
    await request()
    await confirm()
    await show()
    const lines = await db.auditLine.findMany({ where: { action: { startsWith: 'identity' } } })
    expect(lines.map(({ action, actor }) => [action, actor])).toEqual([
      ['identity asked for', `staff:${first.id}`],
      ['identity opening confirmed', `staff:${second.id}`],
      ['identity opened', `staff:${first.id}`],
    ])
    const text = JSON.stringify(lines)
    for (const secret of [identity.name, identity.phone, '当面核实', '保管员甲', '80001'])
      expect(text).not.toContain(secret)
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
  })
})
