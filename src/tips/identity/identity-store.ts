import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A name that was given takes the place of an earlier one. */
export async function saveIdentity(tx: Db, tipId: number, sealed: Bytes): Promise<void> {
  await tx.identity.upsert({ where: { tipId }, update: { sealed }, create: { tipId, sealed } })
}

export async function findIdentity(db: Db, tipId: number): Promise<Uint8Array | null> {
  const row = await db.identity.findUnique({ where: { tipId } })
  return row?.sealed ?? null
}

/** False when none was given. */
export async function deleteIdentity(tx: Db, tipId: number): Promise<boolean> {
  const { count } = await tx.identity.deleteMany({ where: { tipId } })
  return count === 1
}

/** asked: waits for a second custodian. confirmed: may be looked at, once. shown: stands in a chat. hidden: stood there. */
type OpeningState = 'asked' | 'confirmed' | 'shown' | 'hidden' | 'lapsed'

export type Opening = {
  id: number
  tipId: number
  number: string
  state: OpeningState
  requestedById: number
  requesterTelegramId: number
  /** Sealed. */
  reason: Uint8Array
  confirmedById: number | null
  /** Sealed. */
  confirmReason: Uint8Array | null
  untilAt: Date
  messageId: number | null
}

const about = {
  include: {
    tip: { select: { number: true } },
    requestedBy: { select: { telegramId: true } },
  },
} as const

export async function createOpening(
  tx: Db,
  row: { tipId: number; requestedById: number; reason: Bytes; untilAt: Date },
): Promise<number> {
  const { id } = await tx.identityOpening.create({ data: { ...row, state: 'asked' } })
  return id
}

export async function findOpening(db: Db, id: number): Promise<Opening | null> {
  const row = await db.identityOpening.findUnique({ where: { id }, ...about })
  return row && toOpening(row)
}

/** A request about this tip that can still lead somewhere. */
export async function findLiveOpening(db: Db, tipId: number, now: Date): Promise<Opening | null> {
  const row = await db.identityOpening.findFirst({
    where: { tipId, state: { in: ['asked', 'confirmed'] }, untilAt: { gt: now } },
    ...about,
  })
  return row && toOpening(row)
}

/** Every time that this name was looked at, oldest first. */
export async function listShown(db: Db, tipId: number): Promise<Opening[]> {
  const rows = await db.identityOpening.findMany({
    where: { tipId, state: { in: ['shown', 'hidden'] } },
    orderBy: { id: 'asc' },
    ...about,
  })
  return rows.map(toOpening)
}

/** The second of two people. False when another was first, the time is over, or it is the same person. */
export async function saveConfirmation(
  tx: Db,
  id: number,
  by: { staffId: number; reason: Bytes; now: Date },
): Promise<boolean> {
  const { count } = await tx.identityOpening.updateMany({
    where: { id, state: 'asked', untilAt: { gt: by.now }, requestedById: { not: by.staffId } },
    data: { state: 'confirmed', confirmedById: by.staffId, confirmReason: by.reason },
  })
  return count === 1
}

/** False when somebody already did, or another person said yes. */
export async function saveRefusal(tx: Db, id: number, staffId: number): Promise<boolean> {
  const { count } = await tx.identityOpening.updateMany({
    where: { id, state: 'asked', requestedById: { not: staffId } },
    data: { state: 'lapsed' },
  })
  return count === 1
}

/** One of the two has the role no more: whatever they asked or agreed to counts no more. */
export async function lapseOpening(tx: Db, id: number): Promise<void> {
  await tx.identityOpening.updateMany({
    where: { id, state: { in: ['asked', 'confirmed'] } },
    data: { state: 'lapsed' },
  })
}

/** Once, and to the one who asked. */
export async function saveShowing(
  tx: Db,
  id: number,
  { staffId, now, ...shown }: { staffId: number; now: Date; messageId: number; hideAt: Date },
): Promise<boolean> {
  const { count } = await tx.identityOpening.updateMany({
    where: { id, state: 'confirmed', requestedById: staffId, untilAt: { gt: now } },
    data: { state: 'shown', ...shown },
  })
  return count === 1
}

/** It stands in the chat now: from here on the minutes count. */
export async function saveShown(
  tx: Db,
  id: number,
  shown: { messageId?: number; hideAt: Date },
): Promise<void> {
  await tx.identityOpening.updateMany({ where: { id, state: 'shown' }, data: shown })
}

export async function listToHide(db: Db, now: Date): Promise<Opening[]> {
  const rows = await db.identityOpening.findMany({
    where: { state: 'shown', hideAt: { lte: now } },
    ...about,
  })
  return rows.map(toOpening)
}

/** False when another process did. */
export async function saveHidden(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.identityOpening.updateMany({
    where: { id, state: 'shown' },
    data: { state: 'hidden' },
  })
  return count === 1
}

/** What nobody confirmed or looked at in time leads nowhere any more. Returns how many. */
export async function lapseOpenings(tx: Db, now: Date): Promise<number> {
  const { count } = await tx.identityOpening.updateMany({
    where: { state: { in: ['asked', 'confirmed'] }, untilAt: { lte: now } },
    data: { state: 'lapsed' },
  })
  return count
}

type Row = Omit<Opening, 'state' | 'number' | 'requesterTelegramId'> & {
  state: string
  tip: { number: string }
  requestedBy: { telegramId: bigint }
}

function toOpening({ tip, requestedBy, ...row }: Row): Opening {
  return {
    ...row,
    state: row.state as OpeningState,
    number: tip.number,
    requesterTelegramId: Number(requestedBy.telegramId),
  }
}
