import { z } from 'zod'
import { audience } from '../audiences/audience.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type { Language } from '../messages/messages.ts'
import type { Staff } from '../staff/staff-store.ts'
import {
  type Campaign,
  type CampaignEvent,
  type CampaignKind,
  type CampaignState,
  campaignButtons,
  campaignProgress,
  campaignStateAfter,
  campaignStatesBefore,
} from './campaign.ts'

export type NewCampaign = Pick<
  Campaign,
  'name' | 'kind' | 'versionId' | 'buttons' | 'audience' | 'originId' | 'createdById' | 'createdAt'
>
type Change = Partial<
  Omit<Campaign, 'id' | 'kind' | 'state' | 'createdById' | 'createdAt' | 'originId' | 'progress'>
>

export async function createCampaign(tx: Db, campaign: NewCampaign): Promise<Campaign> {
  return toCampaign(await tx.campaign.create({ data: { ...campaign, state: 'composing' } }))
}

/** The last that this person has begun and in which nothing was chosen yet. */
export async function findBlank(db: Db, staffId: number): Promise<Campaign | null> {
  const row = await db.campaign.findFirst({
    where: {
      ...{ kind: 'broadcast', state: 'composing', createdById: staffId },
      ...{ versionId: null, startAt: null, audience: { equals: {} } },
    },
    orderBy: { id: 'desc' },
  })
  return row && toCampaign(row)
}

export async function findCampaign(db: Db, id: number): Promise<Campaign | null> {
  const row = await db.campaign.findUnique({ where: { id } })
  return row && toCampaign(row)
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockCampaign(tx: Db, id: number): Promise<Campaign | null> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM campaign WHERE id = ${id} FOR UPDATE`
  return rows.length === 0 ? null : findCampaign(tx, id)
}

/** What may happen to it happens, with these changes. False when its state does not allow it (any more). */
export async function moveCampaign(
  tx: Db,
  id: number,
  event: CampaignEvent,
  change: Change = {},
): Promise<boolean> {
  const { count } = await tx.campaign.updateMany({
    where: { id, state: { in: campaignStatesBefore(event) } },
    data: { ...change, state: campaignStateAfter(event) },
  })
  return count === 1
}

/** The newest, of all or of those in these states. */
export async function listCampaigns(
  db: Db,
  { states, skip = 0, limit }: { states?: readonly CampaignState[]; skip?: number; limit: number },
): Promise<Campaign[]> {
  const rows = await db.campaign.findMany({
    ...(states ? { where: { state: { in: [...states] } } } : {}),
    orderBy: { id: 'desc' },
    skip,
    take: limit,
  })
  return rows.map(toCampaign)
}

export async function countCampaigns(db: Db): Promise<number> {
  return db.campaign.count()
}

/** What was made of it afterwards, oldest first. */
export async function listFollowUps(db: Db, originId: number): Promise<Campaign[]> {
  const rows = await db.campaign.findMany({ where: { originId }, orderBy: { id: 'asc' } })
  return rows.map(toCampaign)
}

/** Those that are to start now, the one that waited longest first. */
export async function listDueCampaigns(db: Db, now: Date): Promise<number[]> {
  const rows = await db.campaign.findMany({
    where: { state: 'scheduled', OR: [{ startAt: null }, { startAt: { lte: now } }] },
    orderBy: [{ startAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Those that may have got further: running, paused, or cancelled so lately that something of them may be under way. */
export async function listMovingCampaigns(db: Db, endedSince: Date): Promise<number[]> {
  const rows = await db.campaign.findMany({
    where: {
      queueId: { not: null },
      OR: [
        { state: { in: ['running', 'paused'] } },
        { state: 'cancelled', finishedAt: { gt: endedSince } },
      ],
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Locks it, unless another process is at it just now. */
export async function lockIdleCampaign(tx: Db, id: number): Promise<Campaign | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM campaign WHERE id = ${id} FOR UPDATE SKIP LOCKED`
  return rows.length === 0 ? null : findCampaign(tx, id)
}

export async function saveProgress(
  tx: Db,
  id: number,
  progress: Campaign['progress'],
): Promise<void> {
  await tx.campaign.update({ where: { id }, data: { progress: progress ?? Prisma.DbNull } })
}

export async function saveProgressMessage(tx: Db, id: number, messageId: number): Promise<void> {
  await tx.campaign.updateMany({ where: { id }, data: { progressMessage: messageId } })
}

/** Whether content was written for one campaign and is not part of the library. */
export async function isOneOff(db: Db, contentId: number): Promise<boolean> {
  const row = await db.content.findUnique({ where: { id: contentId }, select: { isOneOff: true } })
  return row?.isOneOff ?? false
}

export type OfficeChat = Pick<Staff, 'id' | 'telegramId' | 'language' | 'name'>

/** Those of these people who are still in the office. */
export async function findOfficeChats(db: Db, ids: readonly number[]): Promise<OfficeChat[]> {
  const rows = await db.staff.findMany({ where: { id: { in: [...ids] }, retiredAt: null } })
  return rows.map(({ id, telegramId, language, name }) => ({
    ...{ id, name, telegramId: Number(telegramId), language: language as Language },
  }))
}

type Row = Prisma.CampaignGetPayload<object>

function toCampaign(row: Row): Campaign {
  return {
    ...row,
    kind: row.kind as CampaignKind,
    state: row.state as CampaignState,
    buttons: campaignButtons.parse(row.buttons),
    audience: audience.parse(row.audience),
    progress: z.nullable(campaignProgress).parse(row.progress),
  }
}
