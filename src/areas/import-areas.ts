import type { Db, PrismaClient } from '../db/open-database.ts'
import {
  giveUpCodes,
  insertAreas,
  linkParents,
  lockAreas,
  retireAreas,
  updateAreas,
} from './area-import-store.ts'
import { changeDirectoryVersion, listAreas } from './area-store.ts'
import type { AreaSummary } from './area-summary.ts'
import { type AreaProblem, parseAreas } from './parse-areas.ts'
import { type AreaPlan, planAreas } from './plan-areas.ts'
import { retiresTooMany } from './retire-guard.ts'

export type ImportAreasOutcome =
  | { outcome: 'imported'; summary: AreaSummary }
  /** Nothing was written. */
  | { outcome: 'refused'; problems: AreaProblem[] }
  /** Nothing was written: the file looks like a part of the directory. */
  | { outcome: 'too-many-retired'; retired: number; known: number }

export type ImportAreasInput = {
  /** A whole edition of the directory as CSV. Places that it does not name are retired. */
  bytes: Uint8Array
  now: Date
  /** Set after a person has read how many places would go. */
  mayRetireMany?: boolean
}

/** Brings the directory to a new edition, or changes nothing. The same file twice changes nothing the second time. */
export async function importAreas(
  db: PrismaClient,
  input: ImportAreasInput,
): Promise<ImportAreasOutcome> {
  const { rows, problems } = parseAreas(input.bytes)
  if (problems.length > 0) return { outcome: 'refused', problems }
  return db.$transaction(async (tx) => {
    await lockAreas(tx)
    const known = await listAreas(tx)
    const plan = planAreas(known, rows)
    const active = known.filter((area) => area.retiredAt === null).length
    if (!input.mayRetireMany && retiresTooMany(plan.retire.length, active))
      return { outcome: 'too-many-retired', retired: plan.retire.length, known: active }
    await writePlan(tx, plan, input.now)
    return { outcome: 'imported', summary: plan.summary }
  })
}

async function writePlan(db: Db, plan: AreaPlan, now: Date): Promise<void> {
  const { write, retire, summary } = plan
  if (write.length + retire.length === 0) return
  const recoded = new Set(summary.recoded.map(({ to }) => to))
  const changed = write.filter(({ id }) => id !== null)
  const givingUp = changed.flatMap(({ id, code }) => (id !== null && recoded.has(code) ? [id] : []))
  await giveUpCodes(db, [...givingUp, ...plan.giveUpCode.map(({ id }) => id)])
  await insertAreas(
    db,
    write.filter(({ id }) => id === null),
  )
  await updateAreas(db, changed)
  await linkParents(db, write)
  await retireAreas(db, retire, now)
  await changeDirectoryVersion(db)
}
