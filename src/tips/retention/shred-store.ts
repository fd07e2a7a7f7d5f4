import type { Db } from '../../db/open-database.ts'
import type { TipState } from '../tip.ts'

export type ShreddableTip = {
  id: number
  number: string
  state: TipState
  acknowledgedAt: Date | null
  isHeldByLaw: boolean
  /** False when it was shredded. */
  hasContent: boolean
  cardIds: number[]
  evidenceIds: number[]
  /** Sealed; null when the vault has nothing. */
  reporter: Uint8Array | null
}

export async function findShreddable(db: Db, id: number): Promise<ShreddableTip | null> {
  const row = await db.tip.findUnique({
    where: { id },
    select: {
      number: true,
      state: true,
      acknowledgedAt: true,
      dataKey: true,
      hold: { select: { tipId: true } },
      cards: { select: { id: true } },
      evidence: { select: { id: true } },
      reporter: { select: { sealed: true } },
    },
  })
  if (!row) return null
  return {
    id,
    number: row.number,
    state: row.state as TipState,
    acknowledgedAt: row.acknowledgedAt,
    isHeldByLaw: row.hold !== null,
    hasContent: row.dataKey !== null,
    cardIds: row.cards.map((card) => card.id),
    evidenceIds: row.evidence.map((evidence) => evidence.id),
    reporter: row.reporter?.sealed ?? null,
  }
}

/** The vault's row, the name that was given, and who asked to see it. `keepsCode`: the receipt may still be shown. */
export async function deleteTrace(
  tx: Db,
  tipId: number,
  { keepsCode }: { keepsCode: boolean },
): Promise<void> {
  await tx.reporter.deleteMany({ where: { tipId } })
  await tx.identity.deleteMany({ where: { tipId } })
  // One that stands in a chat is taken away from there first.
  await tx.identityOpening.deleteMany({ where: { tipId, state: { not: 'shown' } } })
  if (keepsCode) return
  await tx.tip.updateMany({ where: { id: tipId }, data: { receiptKey: null, pin: null } })
}

/**
 * Destroys the key and everything that was sealed with it. What stays is for counting: number, state, result, area,
 * category, and days in the place of moments.
 */
export async function deleteContent(tx: Db, tipId: number, timezone: string): Promise<void> {
  await tx.evidence.deleteMany({ where: { tipId } })
  await tx.tipMessage.deleteMany({ where: { tipId } })
  await tx.tipPrompt.deleteMany({ where: { tipId } })
  await tx.tipPost.deleteMany({ where: { card: { tipId } } })
  await tx.tipHold.deleteMany({ where: { tipId } })
  await tx.tip.updateMany({
    where: { id: tipId },
    data: { dataKey: null, sealed: null, routing: null, receiptKey: null, pin: null },
  })
  // The database keeps instants in UTC without saying so.
  await tx.$executeRaw`
    UPDATE tip SET
      "filedAt" = date_trunc('day', "filedAt" AT TIME ZONE 'UTC' AT TIME ZONE ${timezone}) AT TIME ZONE ${timezone} AT TIME ZONE 'UTC',
      "acknowledgedAt" = date_trunc('day', "acknowledgedAt" AT TIME ZONE 'UTC' AT TIME ZONE ${timezone}) AT TIME ZONE ${timezone} AT TIME ZONE 'UTC',
      "closedAt" = date_trunc('day', "closedAt" AT TIME ZONE 'UTC' AT TIME ZONE ${timezone}) AT TIME ZONE ${timezone} AT TIME ZONE 'UTC'
    WHERE id = ${tipId}`
}
