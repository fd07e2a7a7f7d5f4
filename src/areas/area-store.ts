import { randomUUID } from 'node:crypto'
import type { Db } from '../db/open-database.ts'
import type { Area, AreaLevel, RiskClass } from './area.ts'

const versionKey = 'directory.version'

/** Every place, retired ones included. */
export async function listAreas(db: Db): Promise<Area[]> {
  const rows = await db.area.findMany()
  return rows.map((row) => ({
    ...row,
    level: row.level as AreaLevel,
    riskClass: row.riskClass as RiskClass | null,
    electionDay: row.electionDay?.toISOString().slice(0, 10) ?? null,
  }))
}

export async function countAreas(db: Db): Promise<number> {
  return db.area.count()
}

/** Changes with every change of the directory; empty before the first. */
export async function readDirectoryVersion(db: Db): Promise<string> {
  // Plain SQL: asked again and again, and Prisma's own call takes twice as long.
  const [row] = await db.$queryRaw<{ value: unknown }[]>`
    SELECT value FROM setting WHERE key = ${versionKey}`
  return typeof row?.value === 'string' ? row.value : ''
}

/** Not a counter: after a restored backup it would come back to a number that a running process has cached. */
export async function changeDirectoryVersion(db: Db): Promise<void> {
  const value = randomUUID()
  const where = { key: versionKey }
  await db.setting.upsert({ where, create: { key: versionKey, value }, update: { value } })
}
