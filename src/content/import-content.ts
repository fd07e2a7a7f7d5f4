import type { Db } from '../db/open-database.ts'
import { appendAudit } from '../staff/audit.ts'
import { listKnownContent, listPlaces, lockImports } from './content-import-store.ts'
import { createSeries } from './content-seed-store.ts'
import { createDraft } from './content-store.ts'
import { type ContentTableProblem, parseContentTable } from './parse-content-table.ts'
import { type ContentPlan, planContentImport } from './plan-content-import.ts'
import { changeContent } from './write-content.ts'

export type ImportContentOutcome =
  /** `changed`: known content that has other words now, as a draft beside what villagers get. */
  | { outcome: 'imported'; created: number; changed: number; same: number }
  /** Nothing was written. */
  | { outcome: 'refused'; problems: ContentTableProblem[] }

export type ImportContentInput = {
  /** CSV in UTF-8, or an Excel workbook; its columns are in docs/data-formats.md. */
  bytes: Uint8Array
  /** Who sent it is the author. Null, from the server: whoever hands a draft in is. */
  staffId: number | null
  now: Date
}

/**
 * Takes all of a table into the library, or nothing. Everything becomes a draft that its author hands in and somebody else
 * publishes. The same table again changes nothing. To be called in a transaction.
 */
export async function importContent(
  tx: Db,
  { bytes, staffId, now }: ImportContentInput,
): Promise<ImportContentOutcome> {
  const { rows, problems } = parseContentTable(bytes)
  if (problems.length > 0) return { outcome: 'refused', problems }
  await lockImports(tx)
  const known = await listKnownContent(
    tx,
    rows.map(({ code }) => code),
  )
  const sets = await listPlaces(tx)
  const places = new Map([...sets].map(([code, set]) => [code, set.places]))
  const { plan, problems: against } = planContentImport(rows, { known, places }, staffId)
  if (against.length > 0) return { outcome: 'refused', problems: against }
  const seriesIds = new Map([...sets].map(([code, { id }]) => [code, id]))
  for (const one of plan.series) seriesIds.set(one.code, await createSeries(tx, one))
  await writePlan(tx, plan, { seriesIds, staffId, now })
  const [created, changed] = [plan.created.length, plan.changed.length]
  if (created + changed > 0)
    await appendAudit(tx, {
      at: now,
      actor: staffId === null ? 'system' : `staff:${staffId}`,
      action: 'content imported',
      subject: 'content',
      detail: { created, changed },
    })
  return { outcome: 'imported', created, changed, same: plan.same }
}

async function writePlan(
  tx: Db,
  { created, changed }: ContentPlan,
  {
    seriesIds,
    staffId,
    now,
  }: { seriesIds: ReadonlyMap<string, number>; staffId: number | null; now: Date },
): Promise<void> {
  for (const { row, place, fields } of created) {
    const { code, kind, series } = row
    const seriesId = series && seriesIds.get(series.code)
    const where = seriesId && place !== null ? { seriesId, place } : {}
    await createDraft(tx, { ...fields, ...where, code, kind, authorId: staffId, now })
  }
  for (const { versionId, fields } of changed) {
    const act = { versionId, staffId }
    const { outcome } = await changeContent(tx, { now: () => now }, act, () => fields)
    if (outcome !== 'changed') throw new Error(`Version ${versionId} was changed meanwhile`)
  }
}
