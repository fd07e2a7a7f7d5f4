import { beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/staff/audit.ts'
import { acknowledgeTip } from '../../../src/tips/handling/acknowledge-tip.ts'
import { findStatus } from '../../../src/tips/reporter/find-status.ts'
import { decideRetention } from '../../../src/tips/retention/decide-retention.ts'
import { holdTip, unholdTip } from '../../../src/tips/retention/hold-tip.ts'
import { readRetentionReport } from '../../../src/tips/retention/retention-report.ts'
import { endContents, endLinks } from '../../../src/tips/retention/run-retention.ts'
import { createTestDatabase } from '../../support/database.ts'
import { phonePhoto } from '../evidence/images.ts'
import { openEverything } from '../open-everything.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const dayMs = 86_400_000
const rules = { linkDays: 30, contentDays: 180 }
let world: World
let code = ''
let staffId = 0

const deps = () => ({ ...world.deps, retention: rules })
const night = async () => ({
  links: await db.$transaction((tx) => endLinks(tx, deps())),
  contents: await db.$transaction((tx) => endContents(tx, deps())),
})
const readable = () => openEverything(db, world.keyring)
const hold = (reason: string) =>
  db.$transaction((tx) => holdTip(tx, world.deps, { staffId, number: 'QF-000001', reason }))

/** Taken on by a supervisor, and closed with a result now. */
async function close(): Promise<void> {
  const card = await db.tipCard.findFirstOrThrow({ where: { state: 'shown' } })
  await db.$transaction((tx) =>
    acknowledgeTip(tx, world.deps, {
      cardId: card.id,
      chatId: cast.township.chatId,
      messageId: card.messageId ?? 0,
      telegramId: cast.yiyi,
      isAnonymous: false,
    }),
  )
  await world.deliver()
  await db.tip.updateMany({
    data: { state: 'closed', result: 'verified', closedAt: world.deps.now() },
  })
}

beforeEach(async () => {
  world = await createWorld(database)
  await world.file()
  const [text = ''] = world.textsTo(await world.deliver(), cast.villager)
  code = /\d{4} \d{4} \d{4} \d{4}/.exec(text)?.[0] ?? ''
  await close()
  staffId = (await db.staff.findFirstOrThrow()).id
})

describe('what is due', () => {
  const closedAt = new Date('2017-04-01T00:00:00Z')
  const tip = { closedAt, aftercare: 0, hasLink: true, hasContent: true, isHeldByLaw: false }
  const daysAfter = (at: Date | null) => at && (at.getTime() - closedAt.getTime()) / dayMs

  it('follows from the day of closing', () => {
    const { linkAt, contentAt } = decideRetention(tip, rules)
    expect([daysAfter(linkAt), daysAfter(contentAt)]).toEqual([31, 180])
  })

  it('leaves a week to answer the last question', () => {
    expect(daysAfter(decideRetention({ ...tip, aftercare: 2 }, rules).linkAt)).toBe(38)
    expect(daysAfter(decideRetention({ ...tip, aftercare: -1 }, rules).linkAt)).toBe(31)
  })

  it('is nothing of what is gone, and of what the law wants', () => {
    const gone = { ...tip, hasLink: false, hasContent: false }
    const none = { linkAt: null, contentAt: null }
    expect(decideRetention(gone, rules)).toEqual(none)
    expect(decideRetention({ ...tip, isHeldByLaw: true }, rules)).toEqual(none)
  })
})

describe('the nights after a tip was closed', () => {
  it('destroy nothing before its time, and nothing of an open tip ever', async () => {
    world.passTime(30 * dayMs)
    expect(await night()).toEqual({ links: 0, contents: 0 })
    await db.tip.updateMany({ data: { state: 'acknowledged', result: null, closedAt: null } })
    world.passTime(3_000 * dayMs)
    expect(await night()).toEqual({ links: 0, contents: 0 })
  })

  it('first destroy the link: nobody can tell who filed it, the receipt still shows the result', async () => {
    expect(await readable()).toContain(String(cast.villager))
    world.passTime(31 * dayMs)
    expect(await night()).toEqual({ links: 1, contents: 0 })
    expect(await readable()).not.toContain(String(cast.villager))
    const asked = await db.$transaction((tx) =>
      findStatus(tx, world.deps, { chatId: cast.stranger, text: code }),
    )
    expect(asked).toMatchObject({ outcome: 'found', receipt: { result: 'verified' } })
    expect(await night()).toEqual({ links: 0, contents: 0 })
  })

  it('are not held up by many whose reporters still have days to answer', async () => {
    const closedAt = world.deps.now()
    const [tip, reporter] = [await db.tip.findFirstOrThrow(), await db.reporter.findFirstOrThrow()]
    const { areaId, category, severity, filedAt } = tip
    const ids = Array.from({ length: 250 }, (_, at) => at + 2)
    await db.tip.createMany({
      data: ids.map((id) => ({
        ...{ id, number: `QF-${id}`, areaId, category, severity, filedAt, state: 'closed' },
        ...{ result: 'verified', closedAt: new Date(closedAt.getTime() - dayMs), aftercare: 2 },
      })),
    })
    await db.reporter.createMany({
      data: ids.map((tipId) => ({ tipId, sealed: new Uint8Array(reporter.sealed) })),
    })
    world.passTime(31 * dayMs)
    expect(await night()).toMatchObject({ links: 1 })
    expect(await db.reporter.findUnique({ where: { tipId: 1 } })).toBeNull()
  })

  it('then destroy what it says, for somebody with the database and the master key too', async () => {
    const evidence = { tipId: 1, number: 1, state: 'ready', source: new Uint8Array(3) }
    const { id: evidenceId } = await db.evidence.create({ data: evidence })
    const photo = new Uint8Array(await phonePhoto())
    const bytes = { evidenceId, copy: 'original', number: 1, bytes: photo }
    await db.evidencePiece.create({ data: bytes })
    await db.sentFile.create({
      data: { fileRef: `evidence:${evidenceId}`, fileId: 'AgACXYZ', sentAt: world.deps.now() },
    })
    expect(await readable()).toContain('一户两百')

    world.passTime(181 * dayMs)
    expect(await night()).toEqual({ links: 1, contents: 1 })
    const sent = await world.deliver()
    expect(JSON.stringify(sent)).toContain('已经销毁')
    const left = await readable()
    for (const secret of ['一户两百', '戴某', String(cast.villager), 'AgACXYZ', code])
      expect(left).not.toContain(secret)
    expect(await db.evidencePiece.count()).toBe(0)
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
  })

  it('leave what is counted: state, result, area, category, and days', async () => {
    const before = await db.tip.findFirstOrThrow()
    world.passTime(181 * dayMs)
    await night()
    const after = await db.tip.findFirstOrThrow()
    for (const column of ['number', 'state', 'result', 'areaId', 'category', 'groupId'] as const)
      expect(after[column]).toEqual(before[column])
    // The day began at 16:00 UTC in Shanghai.
    expect(after.filedAt.toISOString()).toBe('2017-03-27T16:00:00.000Z')
    expect(after.closedAt?.toISOString()).toBe('2017-03-27T16:00:00.000Z')
    expect(await night()).toEqual({ links: 0, contents: 0 })
  })
})

describe('a hold by law', () => {
  it('needs a reason, keeps the tip whole, and ends', async () => {
    expect(await hold('')).toEqual({ outcome: 'no-reason', number: 'QF-000001' })
    expect(await hold('法院要用')).toMatchObject({ outcome: 'held' })
    expect(await hold('别的')).toMatchObject({ outcome: 'already', reason: '法院要用' })
    world.passTime(400 * dayMs)
    expect(await night()).toEqual({ links: 0, contents: 0 })
    const by = { staffId, number: 'QF-000001' }
    const lift = () => db.$transaction((tx) => unholdTip(tx, world.deps, by))
    expect(await lift()).toMatchObject({ outcome: 'lifted' })
    expect(await lift()).toMatchObject({ outcome: 'not-held' })
    expect(await night()).toEqual({ links: 1, contents: 1 })
    expect(await hold('太晚了')).toMatchObject({ outcome: 'shredded' })
  })

  it('is written down without its reason, which may name somebody', async () => {
    await hold('戴某被起诉')
    const line = await db.auditLine.findFirstOrThrow({ where: { action: 'tip held by law' } })
    expect(line).toMatchObject({ actor: `staff:${staffId}`, subject: 'tip:1' })
    expect(JSON.stringify(line.detail)).not.toContain('戴某')
  })
})

it('the report tells what is due when, and names nobody', async () => {
  await world.begin()
  await hold('')
  const report = await readRetentionReport(db, { rules, timezone: 'Asia/Shanghai' })
  expect(report).toEqual({
    days: [
      { day: '2017-04-27', links: 0, contents: 0, drafts: 1 },
      { day: '2017-04-28', links: 1, contents: 0, drafts: 0 },
      { day: '2017-09-24', links: 0, contents: 1, drafts: 0 },
    ],
    holds: [],
    open: { count: 0, oldest: null },
  })
  await hold('法院要用')
  const held = await readRetentionReport(db, { rules, timezone: 'Asia/Shanghai' })
  expect(held.days).toHaveLength(1)
  expect(held.holds).toEqual([{ number: 'QF-000001', since: '2017-03-28' }])
})
