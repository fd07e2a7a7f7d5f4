import { createHash } from 'node:crypto'
import type { Db } from '../db/open-database.ts'
import {
  type AuditRow,
  createAuditLine,
  findLastAuditLine,
  listAuditLines,
  lockAuditChain,
} from './audit-store.ts'

/**
 * One thing that somebody did. `actor` is "supervisor:3", "staff:1", "reporter" or "system", `subject` is "tip:12":
 * never a Telegram id, a name of a reporter, or what a tip says.
 */
export type AuditEntry = {
  at: Date
  actor: string
  action: string
  subject: string
  detail: Record<string, string | number | boolean | null>
}

export type AuditVerdict =
  | { ok: true; lines: number; head: string }
  /**
   * The first line that is wrong. missing: no line has this number. changed: it does not say what it said. swapped:
   * it is whole but does not belong behind the line before it.
   */
  | { ok: false; lineId: number; why: 'missing' | 'changed' | 'swapped' }

const firstPrevHash = '0'.repeat(64)
const batchSize = 500

/** Adds a line to the chain. Late in a transaction, because nobody else can add one until it ends. */
export async function appendAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await lockAuditChain(tx)
  const last = await findLastAuditLine(tx)
  const line = { ...entry, prevHash: last?.hash ?? firstPrevHash }
  await createAuditLine(tx, { ...line, id: (last?.id ?? 0) + 1, hash: hashOf(line) })
}

/**
 * Walks the whole chain and names the first line that is not as it was written. `head` is worth noting elsewhere: given
 * as `known`, it shows whether the end was cut off, or all of it was written anew.
 */
export async function verifyAudit(
  db: Db,
  known?: { lineId: number; hash: string },
): Promise<AuditVerdict> {
  let id = 0
  let head = firstPrevHash
  for (;;) {
    const lines = await listAuditLines(db, id, batchSize)
    if (lines.length === 0) {
      if (known && known.lineId > id) return { ok: false, lineId: id + 1, why: 'missing' }
      return { ok: true, lines: id, head }
    }
    for (const line of lines) {
      const lineId = id + 1
      if (line.id !== lineId) return { ok: false, lineId, why: 'missing' }
      if (line.hash !== hashOf(line)) return { ok: false, lineId, why: 'changed' }
      if (line.prevHash !== head) return { ok: false, lineId, why: 'swapped' }
      if (known?.lineId === lineId && line.hash !== known.hash)
        return { ok: false, lineId, why: 'swapped' }
      id = line.id
      head = line.hash
    }
  }
}

/** The number is left out: it follows from the place in the chain, and a swapped line is told from a changed one. */
function hashOf(line: Omit<AuditRow, 'id' | 'hash'>): string {
  const { at, actor, action, subject, detail, prevHash } = line
  const said = canonical({ at: at.toISOString(), actor, action, subject, detail, prevHash })
  return createHash('sha256').update(said).digest('hex')
}

/** JSON with sorted keys: the database does not keep the order in which they were written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
  return `{${pairs.join(',')}}`
}
