import type { Db } from '../../db/open-database.ts'
import type { TipState } from '../tip.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * What a reporter may know of a tip, and what stands in front of it. One that is handled together with another looks as
 * that one does: that somebody else reported the same is nobody's business.
 */
export type Receipt = {
  tipId: number
  number: string
  state: TipState
  result: string | null
  filedAt: Date
  /** Promised; null when nothing was. */
  acknowledgeBy: Date | null
  answerBy: Date | null
  escalations: number
  /** Of the group that has it; null while none has. */
  level: string | null
  /** Sealed; null when the reporter wants none. */
  pin: Uint8Array | null
  /** The vault's row, sealed; null when it is gone. */
  reporter: Uint8Array | null
  hasName: boolean
  /** False when the reporter erased the trace, or retention did: nobody may ask for this tip any more. */
  isOpen: boolean
}

const shown = {
  id: true,
  number: true,
  state: true,
  result: true,
  filedAt: true,
  acknowledgeBy: true,
  answerBy: true,
  escalations: true,
  receiptKey: true,
  pin: true,
  group: { select: { level: true } },
  mainTip: {
    select: { state: true, result: true, escalations: true, group: { select: { level: true } } },
  },
  reporter: { select: { sealed: true } },
  identity: { select: { tipId: true } },
}

export async function findReceipt(db: Db, tipId: number): Promise<Receipt | null> {
  const row = await db.tip.findUnique({ where: { id: tipId }, select: shown })
  return row && toReceipt(row)
}

export async function findReceiptByCode(db: Db, receiptKey: Bytes): Promise<Receipt | null> {
  const row = await db.tip.findUnique({ where: { receiptKey }, select: shown })
  return row && toReceipt(row)
}

/** In the order of the tips; those that nobody may ask for any more are left out. */
export async function listReceipts(db: Db, tipIds: number[]): Promise<Receipt[]> {
  const where = { id: { in: tipIds }, receiptKey: { not: null } }
  const rows = await db.tip.findMany({ where, select: shown, orderBy: { id: 'asc' } })
  return rows.map(toReceipt)
}

/** False when the tip has one already or nobody may ask for it any more: nobody may change it with the code alone. */
export async function savePin(tx: Db, tipId: number, pin: Bytes): Promise<boolean> {
  const where = { id: tipId, pin: null, receiptKey: { not: null } }
  const { count } = await tx.tip.updateMany({ where, data: { pin } })
  return count === 1
}

type Standing = {
  state: string
  result: string | null
  escalations: number
  group: { level: string } | null
}

type Row = {
  id: number
  number: string
  state: string
  result: string | null
  filedAt: Date
  acknowledgeBy: Date | null
  answerBy: Date | null
  escalations: number
  receiptKey: Uint8Array | null
  pin: Uint8Array | null
  group: { level: string } | null
  mainTip: Standing | null
  reporter: { sealed: Uint8Array } | null
  identity: { tipId: number } | null
}

function toReceipt(row: Row): Receipt {
  const { id, receiptKey, group: _own, mainTip: _main, reporter, identity, ...rest } = row
  const { state, result, escalations, group } = standingOf(row)
  return {
    ...{ ...rest, result, escalations },
    tipId: id,
    state: state as TipState,
    level: group?.level ?? null,
    reporter: reporter?.sealed ?? null,
    hasName: identity !== null,
    isOpen: receiptKey !== null,
  }
}

function standingOf(row: Row): Standing {
  const { mainTip } = row
  if (row.result !== 'duplicate' || !mainTip) return row
  // What was withdrawn is handled no more; the clock opens this one in a moment.
  if (mainTip.state === 'closed' && mainTip.result !== 'withdrawn') return mainTip
  return { ...mainTip, state: 'acknowledged', result: null }
}
