import type { Db } from '../../db/open-database.ts'
import type { DeadlineDeps } from './deadline-deps.ts'
import { parseSeverity } from './deadline-table.ts'
import { decidePromise, type Promised, type TipCircumstances } from './decide-promise.ts'

/** What the table and the calendar need to know of a tip's place. */
export async function readCircumstances(
  tx: Db,
  { directory }: Pick<DeadlineDeps, 'directory'>,
  { areaId, severity }: { areaId: number; severity: string | null },
): Promise<TipCircumstances> {
  const { tree } = await directory.current(tx)
  return {
    riskClass: tree.riskClass(areaId),
    electionDay: tree.electionDay(areaId),
    severity: parseSeverity(severity),
  }
}

/** The promise for a tip that is being filed, to be stored with it and told in the receipt. */
export async function promiseAnswer(
  tx: Db,
  deps: Pick<DeadlineDeps, 'directory' | 'officeHours'>,
  tip: { areaId: number; severity: string | null; filedAt: Date },
): Promise<Promised> {
  const circumstances = await readCircumstances(tx, deps, tip)
  return decidePromise(deps.officeHours, circumstances, tip.filedAt)
}
