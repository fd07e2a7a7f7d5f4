import { beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/staff/audit.ts'
import { acknowledgeTip } from '../../../src/tips/handling/acknowledge-tip.ts'
import { eraseTrace } from '../../../src/tips/reporter/erase-trace.ts'
import { findStatus, listOwnStatus } from '../../../src/tips/reporter/find-status.ts'
import { tellReporter } from '../../../src/tips/reporter/tell-reporter.ts'
import { withdrawTip } from '../../../src/tips/reporter/withdraw-tip.ts'
import { createTestDatabase } from '../../support/database.ts'
import { openEverything } from '../open-everything.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World
let code = ''

const withdraw = () => db.$transaction((tx) => withdrawTip(tx, world.deps, 1))
const erase = () => db.$transaction((tx) => eraseTrace(tx, world.deps, 1))
const own = () => db.$transaction((tx) => listOwnStatus(tx, world.deps, cast.villager))
const ask = () =>
  db.$transaction((tx) => findStatus(tx, world.deps, { chatId: cast.villager, text: code }))
const acknowledge = async () => {
  const card = await db.tipCard.findFirstOrThrow({ where: { state: 'shown' } })
  return db.$transaction((tx) =>
    acknowledgeTip(tx, world.deps, {
      cardId: card.id,
      chatId: cast.township.chatId,
      messageId: card.messageId ?? 0,
      telegramId: cast.yiyi,
      isAnonymous: false,
    }),
  )
}

beforeEach(async () => {
  world = await createWorld(database)
  await world.file()
  const [text = ''] = world.textsTo(await world.deliver(), cast.villager)
  code = /\d{4} \d{4} \d{4} \d{4}/.exec(text)?.[0] ?? ''
})

describe('a tip that is withdrawn', () => {
  it('is closed, and its card keeps one line that says so', async () => {
    expect(await withdraw()).toEqual({ outcome: 'withdrawn', number: 'QF-000001' })
    expect(await db.tip.findFirst()).toMatchObject({ state: 'closed', result: 'withdrawn' })
    const [edit] = (await world.deliver()).filter(({ to }) => to.chatId === cast.township.chatId)
    expect(edit?.outgoing).toMatchObject({ kind: 'edit' })
    expect(JSON.stringify(edit?.outgoing)).toContain('举报人撤回了')
    expect(JSON.stringify(edit?.outgoing)).not.toContain('戴某')
    expect(await ask()).toMatchObject({ receipt: { state: 'closed', result: 'withdrawn' } })
  })

  it('is withdrawn once, also when two presses come together', async () => {
    const outcomes = await Promise.all([withdraw(), withdraw()])
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['already', 'withdrawn'])
    expect(await db.auditLine.count({ where: { action: 'tip withdrawn' } })).toBe(1)
  })
})

describe('a reporter who erases', () => {
  const readable = () => openEverything(db, world.keyring)

  it('takes a tip along that nobody has taken on, for good', async () => {
    expect(await readable()).toContain('一户两百')
    expect(await erase()).toEqual({ outcome: 'all', number: 'QF-000001' })
    await world.deliver()
    await db.delivery.deleteMany({ where: { purpose: 'tip-card-withdrawn' } })
    const left = await readable()
    for (const secret of ['一户两百', '戴某', String(cast.villager)])
      expect(left).not.toContain(secret)
    expect(await db.tip.findFirst()).toMatchObject({ state: 'closed', dataKey: null, sealed: null })
    expect(await ask()).toEqual({ outcome: 'unknown' })
    expect(await own()).toEqual([])
  })

  it('leaves a tip that a group works with, without any way back to them', async () => {
    await acknowledge()
    await world.deliver()
    expect(await readable()).toContain(String(cast.villager))
    expect(await erase()).toEqual({ outcome: 'trace', number: 'QF-000001' })
    const left = await readable()
    expect(left).toContain('一户两百')
    expect(left).not.toContain(String(cast.villager))
    expect(await db.tip.findFirst()).toMatchObject({ state: 'acknowledged', receiptKey: null })
    expect(await ask()).toEqual({ outcome: 'unknown' })
    await db.$transaction((tx) =>
      tellReporter(tx, world.deps, 1, 'tips:notice.acknowledged', { number: 'QF-000001' }),
    )
    expect(await world.deliver()).toEqual([])
  })

  it('does not get a tip destroyed that must be kept by law', async () => {
    const { id: staffId } = await db.staff.findFirstOrThrow()
    const sinceAt = world.deps.now()
    await db.tipHold.create({ data: { tipId: 1, reason: new Uint8Array(1), staffId, sinceAt } })
    expect(await erase()).toMatchObject({ outcome: 'held' })
    const left = await readable()
    expect(left).toContain('一户两百')
    expect(left).not.toContain(String(cast.villager))
  })

  it('leaves nothing of a card that was still on its way', async () => {
    await world.file({ details: '还没发出去的话' })
    await db.$transaction((tx) => eraseTrace(tx, world.deps, 2))
    const sent = await world.deliver()
    expect(JSON.stringify(sent)).not.toContain('还没发出去的话')
    expect(await readable()).not.toContain('还没发出去的话')
  })

  it('leaves the audit whole, and in it that somebody erased', async () => {
    await erase()
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
    const line = await db.auditLine.findFirstOrThrow({ where: { action: 'reporter erased' } })
    expect(line).toMatchObject({ actor: 'reporter', subject: 'tip:1', detail: { extent: 'all' } })
  })

  it('has other tips of the same chat left', async () => {
    await world.file()
    await erase()
    expect((await own()).map(({ number }) => number)).toEqual(['QF-000002'])
  })
})
