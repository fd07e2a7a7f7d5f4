/**
 * Walks the audit chain and names the first line that is not as it was written. `npm run audit:verify [-- line:hash]`;
 * reads the database of the settings. `line:hash` is what an earlier run printed: it shows that the end was cut off.
 */
import { loadEnvironment, readConfig } from '../src/config.ts'
import { explainEnd, StartError } from '../src/errors.ts'
import { type AuditVerdict, verifyAudit } from '../src/staff/audit.ts'
import { openForCommand } from './support/open-for-command.ts'

const sentences = {
  missing: 'is missing: it was deleted, or the end of the chain was cut off.',
  changed: 'was changed: it does not say what it said.',
  swapped: 'is not where it was written: lines were swapped, or lines before it were written anew.',
} as const

await run().catch((error: unknown) => {
  console.error(explainEnd(error, { withStack: false }))
  process.exitCode = error instanceof StartError ? 2 : 1
})

async function run(): Promise<void> {
  const known = readKnown(process.argv[2])
  const database = await openForCommand(readConfig(loadEnvironment()))
  try {
    const verdict = await verifyAudit(database.db, known)
    console.log(describe(verdict))
    if (!verdict.ok) process.exitCode = 1
  } finally {
    await database.close()
  }
}

function readKnown(text: string | undefined): { lineId: number; hash: string } | undefined {
  if (text === undefined) return undefined
  const [, lineId, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (lineId === undefined || hash === undefined)
    throw new StartError(
      'Give what an earlier run printed at its end, such as 120:9f86d0…, or nothing.',
    )
  return { lineId: Number(lineId), hash }
}

function describe(verdict: AuditVerdict): string {
  if (!verdict.ok) return `Line ${verdict.lineId} ${sentences[verdict.why]}`
  const { lines, head } = verdict
  if (lines === 0) return 'The audit has no lines yet.'
  return `All ${lines} lines are as they were written.\nKeep this elsewhere and give it next time: ${lines}:${head}`
}
