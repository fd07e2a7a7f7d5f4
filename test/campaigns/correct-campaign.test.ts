import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { pauseCampaign, resumeCampaign } from '../../src/campaigns/control-campaign.ts'
import { composeReport } from '../../src/campaigns/read-report.ts'
import { findVersion } from '../../src/content/content-store.ts'
import { pruneDeliveries } from '../../src/delivery/delivery-store.ts'
import { pruneBodies } from '../../src/delivery/queue-store.ts'
import { eraseSubscriber } from '../../src/subscribers/erase-subscriber.ts'
import { createCampaignWorld, village, village2 } from './campaign-world.ts'

const world = await createCampaignWorld()
const { db, deps, clock, inTx, send, tick, letOut, follow, rewrite, run } = world
afterAll(world.close)
beforeEach(() => world.reset())

const later = (minutes: number) => {
  clock.at = new Date(clock.at.getTime() + minutes * 60_000)
}
const act = (campaignId: number) => ({ campaignId, staffId: world.staff.lin })
const textOf = async (id: number) => {
  const t = deps.messages.in('zh-CN')
  return composeReport(t, deps, await world.get(id), await world.report(id)).text
}

/** What was sent to some, paused, and waits for the others. */
async function runHalf(words: string, sent: number): Promise<number> {
  const id = await world.begin(words)
  await send(['sent'], { limit: sent })
  await inTx((tx) => pauseCampaign(tx, deps, act(id)))
  later(1)
  return id
}

async function correct(id: number, words: string): Promise<number> {
  const correction = await follow('correction', id)
  await rewrite(correction, words)
  await letOut(correction)
  later(1)
  return correction
}

describe('the report of a correction', () => {
  it('lists what could not be corrected, by reason and by township', async () => {
    for (const chatId of [7, 8]) await world.join(chatId, village2)
    const id = await run(
      '明天停电',
      'sent',
      'sent',
      'sent',
      'sent',
      'sent',
      'sent',
      'sent',
      'uncertain',
    )
    const correction = await correct(id, '后天停电')
    const queueId = await world.queueOf(correction)
    await send(['failed'], { queueId, limit: 1, reason: 'edit-refused' })
    await send(['failed'], { queueId, limit: 1, reason: 'edit-gone' })
    await send(['failed'], { queueId, limit: 1, reason: 'Bad Request: something new' })
    await send(['sent', 'blocked', 'uncertain'], { queueId })
    await tick()
    expect((await world.report(correction)).unchanged).toEqual({
      reasons: [
        { why: 'refused', count: 1 },
        { why: 'gone', count: 1 },
        { why: 'other', count: 1 },
        { why: 'unknown', count: 1 },
        { why: 'blocked', count: 1 },
        { why: 'unsure', count: 1 },
      ],
      forgotten: 0,
      isForgotten: false,
      townships: [
        { place: '双塔街道', count: 5 },
        { place: '龙洲街道', count: 1 },
      ],
    })
    const text = await textOf(correction)
    expect(text).toContain('改好：2\n')
    expect(text).toContain(
      '没有改成的：\n· 太久了，Telegram 不让动了：1\n· 找不到那一条，可能自己删了：1\n',
    )
  })

  it('does not name what waited and said the new words when its turn came', async () => {
    const id = await runHalf('明天停电', 2)
    const correction = await correct(id, '后天停电')
    await inTx((tx) => resumeCampaign(tx, deps, act(id)))
    await send(['sent'])
    await tick()
    const { counts, unchanged } = await world.report(correction)
    expect(counts).toMatchObject({ sent: 2, failed: 0 })
    expect(unchanged).toEqual({ reasons: [], forgotten: 0, isForgotten: false, townships: [] })
  })

  it('says how many get nothing any more, because the new words are not true there', async () => {
    await db.area.update({
      where: { code: village2 },
      data: { electionDay: new Date('2017-03-20') },
    })
    await world.join(7, village2)
    const id = await runHalf('明天停电', 2)
    const correction = await correct(id, '还有{天数}天投票。')
    expect(
      await db.delivery.groupBy({
        by: ['state', 'reason'],
        where: { queueId: await world.queueOf(id) },
        _count: true,
        orderBy: { state: 'asc' },
      }),
    ).toMatchObject([
      { state: 'cancelled', _count: 4 },
      { state: 'pending', _count: 1 },
      { state: 'sent', _count: 2 },
    ])
    await inTx((tx) => resumeCampaign(tx, deps, act(id)))
    await send(['sent'])
    await tick()
    expect(await textOf(id)).toContain('送到：3\n')
    expect(await textOf(id)).toContain('没有发：4\n')
    expect((await world.report(correction)).unchanged?.reasons).toEqual([
      { why: 'untouched', count: 2 },
      { why: 'dropped', count: 4 },
    ])
    expect(await textOf(correction)).toContain('不再发给他们：4')
  })

  it('counts who had everything about them erased among those nobody knows any more', async () => {
    const id = await run('明天停电', 'sent')
    const { id: first } = await db.subscriber.findFirstOrThrow({ orderBy: { id: 'asc' } })
    await inTx((tx) => eraseSubscriber(tx, { keyring: deps.keyring, now: clock.at }, 1))
    expect(await db.subscriber.findUnique({ where: { id: first } })).toBeNull()
    const correction = await correct(id, '后天停电')
    await send(['sent'])
    await tick()
    expect((await world.report(correction)).unchanged).toMatchObject({ reasons: [], forgotten: 1 })
  })

  it('says after two weeks that nobody can tell any more, instead of a wrong list', async () => {
    const id = await run('明天停电', 'sent')
    const correction = await correct(id, '后天停电')
    await send(['sent', 'failed'], { reason: 'edit-gone' })
    await tick()
    later(15 * 24 * 60)
    await pruneDeliveries(db, clock.at, 1_000)
    expect((await world.report(correction)).unchanged).toMatchObject({
      isForgotten: true,
      reasons: [],
    })
    expect(await textOf(correction)).toMatch(/没办法改：3\n.*记录只留两周/s)
  })
})

describe('a correction', () => {
  it('begins from the words that the one before it gave, in every language', async () => {
    const id = await run(
      { 'zh-CN': { title: '', body: '明天停电' }, en: { title: '', body: 'Off tomorrow' } },
      'sent',
    )
    const first = await follow('correction', id)
    await rewrite(first, { en: { title: '', body: 'Off on Friday' } })
    await letOut(first)
    await send(['sent'])
    await tick()
    const second = await follow('correction', id)
    const version = await findVersion(db, (await world.get(second)).versionId ?? 0)
    expect(version?.texts).toMatchObject({
      'zh-CN': { body: '明天停电' },
      en: { body: 'Off on Friday' },
    })
  })

  it('and a recall are possible when the words have gone from the ledger', async () => {
    const id = await run('明天停电', 'sent')
    expect(await pruneBodies(db, 100)).toBe(1)
    const correction = await correct(id, '后天停电')
    expect(await db.delivery.count({ where: { purpose: 'correction', state: 'pending' } })).toBe(6)
    expect(await pruneBodies(db, 100)).toBe(1)
    await send(['sent'])
    await tick()
    expect(await world.stateOf(correction)).toBe('finished')
    const recall = await follow('recall', id)
    await letOut(recall)
    expect(await db.delivery.count({ where: { purpose: 'recall', state: 'pending' } })).toBe(6)
    expect((await world.report(id)).counts.sent).toBe(6)
  })
})

it('a recall says which messages Telegram found too old in the very moment', async () => {
  await world.join(7, village)
  const id = await run('明天停电', 'sent')
  const recall = await follow('recall', id)
  await letOut(recall)
  await send(['failed'], { limit: 1, reason: 'edit-refused' })
  await send(['sent'])
  await tick()
  expect((await world.report(recall)).unchanged?.reasons).toEqual([{ why: 'refused', count: 1 }])
})
