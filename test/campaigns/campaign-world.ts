import { createDirectoryCache } from '../../src/areas/directory.ts'
import { approveCampaign, askApproval } from '../../src/campaigns/ask-approval.ts'
import { beginCampaign } from '../../src/campaigns/begin-campaign.ts'
import { beginCorrection, beginRecall } from '../../src/campaigns/begin-follow-up.ts'
import type { CampaignDeps } from '../../src/campaigns/campaign-deps.ts'
import { digestOf } from '../../src/campaigns/campaign-digest.ts'
import { findCampaign } from '../../src/campaigns/campaign-store.ts'
import { type CampaignReport, readReport } from '../../src/campaigns/read-report.ts'
import { tendCampaigns } from '../../src/campaigns/tend-campaigns.ts'
import { beginWords, writeWords } from '../../src/campaigns/write-words.ts'
import { findVersion } from '../../src/content/content-store.ts'
import type { Db } from '../../src/db/open-database.ts'
import { createEnqueue } from '../../src/delivery/enqueue-delivery.ts'
import { dayOf } from '../../src/lib/calendar.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createLog } from '../../src/lib/log.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { saveSubscriber } from '../../src/subscribers/subscriber-store.ts'
import { createScratchDatabase } from '../support/database.ts'

const timezone = 'Asia/Shanghai'
/** 坳里村 in 江山市, and 山底村 in 龙游县. */
export const village = '330881001208'
export const village2 = '330825001214'

export type Texts = Parameters<typeof writeWords>[3]['texts']
const chinese = (body: string): Texts => ({ 'zh-CN': { title: '', body } })

/** Two of the office, six villagers of one village, and a sender that a test plays itself. */
export async function createCampaignWorld() {
  const { db, close } = await createScratchDatabase({ isSeeded: true })
  const keyring = createKeyring(new Uint8Array(32).fill(7))
  const messages = await createMessages()
  const clock = { at: new Date() }
  const now = () => clock.at
  const today = () => dayOf(now(), timezone)
  const log = createLog('silent')
  const staff = { lin: 0, zhou: 0 }
  const deps: CampaignDeps = {
    ...{ keyring, messages, directory: createDirectoryCache(), today, now, timezone },
    enqueue: createEnqueue({ keyring, now }),
    approval: 'second-person',
  }
  const inTx = <T>(act: (tx: Db) => Promise<T>): Promise<T> => db.$transaction(act)
  const hire = async (telegramId: number) =>
    (await db.staff.create({ data: { telegramId: BigInt(telegramId), role: 'editor' } })).id

  async function join(chatId: number, code: string, language: 'zh-CN' | 'en' = 'zh-CN') {
    const { id: areaId } = await db.area.findUniqueOrThrow({ where: { code } })
    const person = { chatId, today: '2017-03-01', language }
    await saveSubscriber(db, keyring, person, { state: 'active', areaId })
  }

  /** As before the first test; the directory stays. */
  async function reset(): Promise<void> {
    await db.$executeRaw`TRUNCATE campaign, content, delivery, delivery_queue, delivery_body, delivery_count,
      subscriber, staff, audit_line RESTART IDENTITY CASCADE`
    await db.$executeRaw`UPDATE area SET "electionDay" = NULL`
    clock.at = new Date('2017-03-15T02:00:00Z')
    deps.approval = 'second-person'
    deps.directory = createDirectoryCache()
    staff.lin = await hire(30_001)
    staff.zhou = await hire(30_002)
    for (const chatId of [1, 2, 3, 4, 5, 6]) await join(chatId, village)
  }

  const tick = () => tendCampaigns(db, { ...deps, log })

  /** What the sender does with what waits in one queue or all: each recipient in turn ends so. `limit`: only so many. */
  async function send(
    states: readonly string[],
    { queueId, limit, reason }: { queueId?: number; limit?: number; reason?: string } = {},
  ): Promise<void> {
    const waiting = await db.delivery.findMany({
      where: { lane: 'bulk', state: 'pending', ...(queueId === undefined ? {} : { queueId }) },
      orderBy: { id: 'asc' },
      ...(limit === undefined ? {} : { take: limit }),
    })
    for (const [n, row] of waiting.entries()) {
      const state = states[n % states.length] ?? 'sent'
      const messageId = state === 'sent' ? 1_000 + Number(row.id) : null
      await db.delivery.update({
        where: { id: row.id },
        data: { state, messageId, finishedAt: clock.at, reason: reason ?? null },
      })
      const key = { lane: 'bulk', queueId: row.queueId ?? 0, state }
      await db.deliveryCount.upsert({
        where: { lane_queueId_state: key },
        create: { ...key, count: 1 },
        update: { count: { increment: 1 } },
      })
    }
  }

  /** Words of its own for everybody, as soon as it may. */
  async function write(words: string | Texts, staffId = staff.lin): Promise<number> {
    const { id: campaignId } = await inTx((tx) => beginCampaign(tx, deps, { staffId }))
    const act = { campaignId, staffId }
    await inTx((tx) => beginWords(tx, deps, act, 'notice'))
    await rewrite(campaignId, words, staffId)
    return campaignId
  }
  async function rewrite(campaignId: number, words: string | Texts, staffId = staff.lin) {
    const texts = typeof words === 'string' ? chinese(words) : words
    const change = texts === undefined ? {} : { texts }
    return inTx((tx) => writeWords(tx, deps, { campaignId, staffId }, change))
  }
  const ask = (campaignId: number, staffId = staff.lin) =>
    inTx((tx) => askApproval(tx, deps, { campaignId, staffId }))
  async function approve(campaignId: number, staffId = staff.zhou) {
    const campaign = await get(campaignId)
    const version = campaign.versionId === null ? null : await findVersion(db, campaign.versionId)
    const act = { campaignId, staffId, digest: digestOf(campaign, version) }
    return inTx((tx) => approveCampaign(tx, deps, act))
  }
  async function begin(words: string | Texts): Promise<number> {
    const id = await write(words)
    await letOut(id)
    return id
  }
  /** Asked for, approved and started. */
  async function letOut(id: number): Promise<void> {
    await ask(id)
    await approve(id)
    await tick()
  }
  async function get(id: number) {
    const campaign = await findCampaign(db, id)
    if (!campaign) throw new Error(`No campaign ${id}`)
    return campaign
  }

  return {
    ...{ db, close, clock, deps, staff, inTx, join, reset, tick, send, write, rewrite },
    ...{ ask, approve, begin, letOut, get },
    queueOf: async (id: number) => (await get(id)).queueId ?? 0,
    stateOf: async (id: number) => (await findCampaign(db, id))?.state,
    /** From the first word to the report. */
    run: async (words: string | Texts, ...states: string[]): Promise<number> => {
      const id = await begin(words)
      await send(states)
      await tick()
      return id
    },
    report: async (id: number): Promise<CampaignReport> => {
      const report = await readReport(db, deps, await get(id))
      if (!report) throw new Error(`No report of ${id}`)
      return report
    },
    /** A correction or a recall of what was sent, begun by one person; not let out yet. */
    follow: async (kind: 'correction' | 'recall', campaignId: number): Promise<number> => {
      const beginIt = kind === 'recall' ? beginRecall : beginCorrection
      const begun = await inTx((tx) => beginIt(tx, deps, { campaignId, staffId: staff.lin }))
      if (begun.outcome !== 'begun') throw new Error(begun.outcome)
      return begun.campaign.id
    },
  }
}
