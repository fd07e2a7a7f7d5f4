import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { beginCampaign } from '../../src/campaigns/begin-campaign.ts'
import { beginCorrection, beginRecall, beginResend } from '../../src/campaigns/begin-follow-up.ts'
import { findCampaign } from '../../src/campaigns/campaign-store.ts'
import { changeCampaign } from '../../src/campaigns/change-campaign.ts'
import { cancelCampaign, pauseCampaign } from '../../src/campaigns/control-campaign.ts'
import { chooseContent } from '../../src/campaigns/write-words.ts'
import { createDraft, findVersion, moveVersion } from '../../src/content/content-store.ts'
import { pruneDeliveries } from '../../src/delivery/delivery-store.ts'
import { verifyAudit } from '../../src/staff/audit.ts'
import { createCampaignWorld, village, village2 } from './campaign-world.ts'

const world = await createCampaignWorld()
const { db, deps, clock, inTx, join, tick, write, rewrite, ask, approve, run, stateOf } = world
afterAll(world.close)
let [lin, zhou] = [0, 0]

beforeEach(async () => {
  await world.reset()
  ;({ lin, zhou } = world.staff)
})

describe('an approval', () => {
  it('is not given by who wrote it, nor twice', async () => {
    const id = await write('明天停电')
    expect(await ask(id)).toEqual({ outcome: 'asked', others: 1 })
    expect(await approve(id, lin)).toEqual({ outcome: 'own' })
    const both = await Promise.all([approve(id), approve(id)])
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['approved', 'over'])
    expect((await findVersion(db, (await findCampaign(db, id))?.versionId ?? 0))?.state).toBe(
      'published',
    )
  })

  it('needs somebody who could give it', async () => {
    await db.staff.update({ where: { id: zhou }, data: { retiredAt: clock.at } })
    expect(await ask(await write('明天停电'))).toEqual({ outcome: 'no-second' })
  })

  it('is spared a small office, but not for the night', async () => {
    deps.approval = 'off'
    expect(await ask(await write('明天停电'))).toEqual({ outcome: 'scheduled' })
    const atNight = await write('今晚停电')
    const act = { campaignId: atNight, staffId: lin }
    await inTx((tx) => changeCampaign(tx, deps, act, () => ({ overridesQuiet: true })))
    expect(await ask(atNight)).toEqual({ outcome: 'asked', others: 1 })
  })

  it('is not even asked for words that nobody may let out', async () => {
    const id = await write('请打 13800001111 找张三')
    expect(await ask(id)).toMatchObject({
      outcome: 'has-problems',
      problems: [{ kind: 'content', found: { kind: 'phone' } }],
    })
  })

  it('belongs to its author: nobody else changes what they could approve', async () => {
    const id = await write('明天停电')
    const act = { campaignId: id, staffId: zhou }
    const outcome = await inTx((tx) => changeCampaign(tx, deps, act, () => ({ isPaid: true })))
    expect(outcome).toEqual({ outcome: 'not-yours' })
  })
})

describe('a start', () => {
  it('happens at its time, once for two processes, for those who are there at that moment', async () => {
    const id = await write('明天停电')
    const startAt = new Date('2017-03-16T00:00:00Z')
    await inTx((tx) =>
      changeCampaign(tx, deps, { campaignId: id, staffId: lin }, () => ({ startAt })),
    )
    await ask(id)
    await approve(id)
    await tick()
    expect(await stateOf(id)).toBe('scheduled')
    await join(7, village)
    clock.at = startAt
    await Promise.all([tick(), tick()])
    await join(8, village)
    await tick()
    expect(await findCampaign(db, id)).toMatchObject({ state: 'running', recipients: 7 })
    expect(await db.delivery.count({ where: { lane: 'bulk' } })).toBe(7)
    expect(await db.deliveryQueue.findMany()).toMatchObject([{ sendFrom: 450, sendUntil: 1_260 }])
  })

  it('falls back to the author when the library has withdrawn what it says', async () => {
    const draft = { kind: 'policy' as const, authorId: lin, now: clock.at }
    const texts = { 'zh-CN': { title: '九个严禁', body: '严禁拉票贿选。' } }
    const version = await inTx((tx) => createDraft(tx, { ...draft, texts }))
    await moveVersion(db, version.id, { from: ['draft'], to: 'published' })
    const { id } = await inTx((tx) => beginCampaign(tx, deps, { staffId: lin }))
    await inTx((tx) => chooseContent(tx, deps, { campaignId: id, staffId: lin }, version.contentId))
    await ask(id)
    await approve(id)
    await moveVersion(db, version.id, { from: ['published'], to: 'withdrawn' })
    await tick()
    expect(await findCampaign(db, id)).toMatchObject({ state: 'composing', approvedById: null })
    expect(await db.delivery.count({ where: { lane: 'bulk' } })).toBe(0)
  })

  it('leaves out who switched its topic off', async () => {
    const [one] = await db.subscriber.findMany({ take: 1 })
    await db.subscriber.update({ where: { id: one?.id ?? 0 }, data: { mutedTopics: ['notice'] } })
    expect(await findCampaign(db, await run('明天停电', 'sent'))).toMatchObject({ recipients: 5 })
  })
})

describe('what follows a campaign', () => {
  it('goes again to those in doubt, once, and to those who did not confirm', async () => {
    const id = await run('明天停电', 'sent', 'uncertain', 'blocked')
    expect(await stateOf(id)).toBe('finished')
    const act = { campaignId: id, staffId: lin }
    const again = () => inTx((tx) => beginResend(tx, deps, act, 'uncertain'))
    const [first, second] = [await again(), await again()]
    expect([first.outcome, second.outcome]).toEqual(['begun', 'already'])
    const resend = first.outcome === 'begun' ? first.campaign.id : 0
    await ask(resend)
    await approve(resend)
    await tick()
    const doubtful = await db.delivery.findMany({
      where: { state: 'uncertain' },
      orderBy: { recipientId: 'asc' },
    })
    const waiting = await db.delivery.findMany({
      where: { state: 'pending', lane: 'bulk' },
      orderBy: { recipientId: 'asc' },
    })
    expect(waiting.map(({ recipientId }) => recipientId)).toEqual(
      doubtful.map(({ recipientId }) => recipientId),
    )

    const [got] = await db.delivery.findMany({ where: { state: 'sent', lane: 'bulk' } })
    const { contentId } =
      (await findVersion(db, (await findCampaign(db, id))?.versionId ?? 0)) ?? {}
    await db.contentRead.create({
      data: {
        subscriberId: got?.recipientId ?? 0,
        contentId: contentId ?? 0,
        readOn: new Date('2017-03-15'),
      },
    })
    const unread = await inTx((tx) => beginResend(tx, deps, act, 'unread'))
    const toUnread = unread.outcome === 'begun' ? unread.campaign.id : 0
    await ask(toUnread)
    await approve(toUnread)
    await tick()
    expect(await findCampaign(db, toUnread)).toMatchObject({ recipients: 1 })
  })

  it('is nothing any more for people whom the ledger has forgotten after two weeks, those in doubt among them', async () => {
    const id = await run('明天停电', 'sent', 'uncertain')
    await pruneDeliveries(db, new Date(clock.at.getTime() + 1), 100)
    expect(await db.delivery.count({ where: { lane: 'bulk' } })).toBe(0)
    const act = { campaignId: id, staffId: lin }
    for (const to of ['uncertain', 'unread'] as const)
      expect(await inTx((tx) => beginResend(tx, deps, act, to))).toEqual({ outcome: 'forgotten' })
    expect((await world.report(id)).counts).toMatchObject({ sent: 3, uncertain: 3 })
  })

  it('cannot take back what is older than two days, and says where that is', async () => {
    await join(9, village2)
    const id = await run('明天停电', 'sent')
    clock.at = new Date('2017-03-17T03:00:00Z')
    const old = await db.delivery.findMany({
      where: { lane: 'bulk' },
      orderBy: { id: 'asc' },
      take: 2,
    })
    for (const { id: fresh } of old)
      await db.delivery.update({ where: { id: fresh }, data: { finishedAt: clock.at } })
    const begun = await inTx((tx) => beginRecall(tx, deps, { campaignId: id, staffId: zhou }))
    const recall = begun.outcome === 'begun' ? begun.campaign.id : 0
    expect(await ask(recall, zhou)).toEqual({ outcome: 'scheduled' })
    await tick()
    await world.send(['sent', 'failed'], { reason: 'edit-gone' })
    await tick()
    const report = await world.report(recall)
    expect(report.counts).toMatchObject({ sent: 1, failed: 1, pending: 0 })
    expect(report.unchanged).toEqual({
      reasons: [
        { why: 'untouched', count: 5 },
        { why: 'gone', count: 1 },
      ],
      forgotten: 0,
      isForgotten: false,
      townships: [
        { place: '双塔街道', count: 5 },
        { place: '龙洲街道', count: 1 },
      ],
    })
    expect(
      await inTx((tx) => beginRecall(tx, deps, { campaignId: id, staffId: lin })),
    ).toMatchObject({
      outcome: 'already',
    })
  })

  it('is corrected when it rests, and only in the form that it had', async () => {
    const id = await write('明天停电')
    await ask(id)
    await approve(id)
    await tick()
    const act = { campaignId: id, staffId: lin }
    expect(await inTx((tx) => beginCorrection(tx, deps, act))).toEqual({ outcome: 'not-paused' })
    const [first] = await db.delivery.findMany({ where: { lane: 'bulk' }, orderBy: { id: 'asc' } })
    await db.delivery.update({
      where: { id: first?.id ?? 0n },
      data: { state: 'sent', messageId: 5 },
    })
    await inTx((tx) => pauseCampaign(tx, deps, act))
    const begun = await inTx((tx) => beginCorrection(tx, deps, act))
    const correction = begun.outcome === 'begun' ? begun.campaign.id : 0
    const words = (text: { body: string; media?: { kind: 'photo'; fileId: string } }) =>
      rewrite(correction, { 'zh-CN': { title: '', ...text } })
    await words({ body: '后天停电', media: { kind: 'photo', fileId: 'x' } })
    expect(await ask(correction)).toEqual({
      outcome: 'has-problems',
      problems: [{ kind: 'other-form' }],
    })
    await words({ body: '后天停电' })
    await ask(correction)
    await approve(correction)
    await tick()
    expect(await findCampaign(db, correction)).toMatchObject({ state: 'running', recipients: 6 })
    const edits = await db.delivery.findMany({ where: { purpose: 'correction' } })
    expect(edits).toMatchObject([{ targetId: 5, recipientId: first?.recipientId }])
  })

  it('is a recall that anybody may take over while it was not confirmed: it must not wait for who began it', async () => {
    const id = await run('明天停电', 'sent')
    const begin = (staffId: number) =>
      inTx((tx) => beginRecall(tx, deps, { campaignId: id, staffId }))
    const [first, second] = [await begin(lin), await begin(zhou)]
    if (first.outcome !== 'begun' || second.outcome !== 'begun') throw new Error('Not begun')
    expect(await stateOf(first.campaign.id)).toBe('cancelled')
    expect(await begin(zhou)).toMatchObject({ outcome: 'already' })
    expect(await ask(second.campaign.id, zhou)).toEqual({ outcome: 'scheduled' })
    expect(await begin(lin)).toMatchObject({ outcome: 'already' })
  })

  it('of a recall is that the rest does not go out', async () => {
    const id = await write('明天停电')
    await ask(id)
    await approve(id)
    await tick()
    const begun = await inTx((tx) => beginRecall(tx, deps, { campaignId: id, staffId: zhou }))
    if (begun.outcome !== 'begun') throw new Error(begun.outcome)
    await ask(begun.campaign.id, zhou)
    await tick()
    expect(await stateOf(id)).toBe('cancelled')
    expect(await db.delivery.count({ where: { lane: 'bulk', state: 'cancelled' } })).toBe(6)
    await tick()
    expect(await stateOf(begun.campaign.id)).toBe('finished')
  })
})

it('of two who press at once one is told that the other was faster, and every change is a line of the audit', async () => {
  const id = await write('明天停电')
  await ask(id)
  await approve(id)
  await tick()
  const act = { campaignId: id, staffId: zhou }
  const both = await Promise.all([
    inTx((tx) => cancelCampaign(tx, deps, act)),
    inTx((tx) => cancelCampaign(tx, deps, { ...act, staffId: lin })),
  ])
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'not-now'])
  expect(await verifyAudit(db)).toMatchObject({ ok: true })
  const lines = await db.auditLine.findMany({ orderBy: { id: 'asc' } })
  expect(lines.map(({ action }) => action)).toEqual([
    'campaign begun',
    'campaign asked',
    'campaign approved',
    'campaign started',
    'campaign cancelled',
  ])
})
