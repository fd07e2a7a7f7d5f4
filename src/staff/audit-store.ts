import type { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'

export type AuditRow = {
  id: number
  at: Date
  actor: string
  action: string
  subject: string
  detail: Prisma.JsonValue
  prevHash: string
  hash: string
}

/** Any number that no other lock of this program uses. */
const chainLock = 8_713_303

/** One writer at a time, until its transaction ends: two lines must not follow the same one. */
export async function lockAuditChain(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${chainLock})`
}

/** Plain SQL, as below: filing a tip adds two lines while nobody else can, and Prisma's own calls take longer. */
export async function findLastAuditLine(db: Db): Promise<Pick<AuditRow, 'id' | 'hash'> | null> {
  const rows = await db.$queryRaw<Pick<AuditRow, 'id' | 'hash'>[]>`
    SELECT id, hash FROM audit_line ORDER BY id DESC LIMIT 1`
  return rows[0] ?? null
}

export async function createAuditLine(tx: Db, row: AuditRow): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_line (id, at, actor, action, subject, detail, "prevHash", hash)
    VALUES (
      ${row.id}, ${row.at}, ${row.actor}, ${row.action}, ${row.subject}, ${JSON.stringify(row.detail)}::jsonb,
      ${row.prevHash}, ${row.hash})`
}

/** The next lines after `afterId`, in order. */
export async function listAuditLines(db: Db, afterId: number, limit: number): Promise<AuditRow[]> {
  return db.auditLine.findMany({
    where: { id: { gt: afterId } },
    orderBy: { id: 'asc' },
    take: limit,
  })
}

/** Whether something was done to this subject before. Reads the whole audit: for what is rare. */
export async function hasAuditLine(
  db: Db,
  { action, subject }: Pick<AuditRow, 'action' | 'subject'>,
): Promise<boolean> {
  return (
    (await db.auditLine.findFirst({ where: { action, subject }, select: { id: true } })) !== null
  )
}
