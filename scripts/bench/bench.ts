/**
 * Measures the sending against the stand-in: `npm run bench`, `-- --json`, `-- --quick`, `-- --full`, `-- --only <name>`.
 * What each row means is in docs/performance.md.
 */
import { parseArgs } from 'node:util'
import { printRows } from './harness/print-rows.ts'
import type { Row } from './harness/row.ts'
import { runConversations } from './scenarios/conversations.ts'
import { runCrash } from './scenarios/crash.ts'
import { runOutreach } from './scenarios/outreach.ts'
import { runPaced } from './scenarios/paced.ts'
import { runPlanning } from './scenarios/planning.ts'
import { runUnpaced } from './scenarios/unpaced.ts'
import { runUrgent } from './scenarios/urgent.ts'

export type Size = 'quick' | 'usual' | 'full'

const scenarios: Record<string, (size: Size) => Promise<Row[]>> = {
  paced: runPaced,
  unpaced: runUnpaced,
  urgent: runUrgent,
  conversations: runConversations,
  planning: runPlanning,
  crash: runCrash,
  outreach: runOutreach,
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
if (values.only && !scenarios[values.only]) {
  console.error(`--only must be one of ${Object.keys(scenarios).join(', ')}`)
  process.exit(2)
}

const size = values.quick ? 'quick' : values.full ? 'full' : 'usual'
const rows: Row[] = []
for (const [name, run] of Object.entries(scenarios)) {
  if (values.only && values.only !== name) continue
  if (!values.json) console.log(`\n${name} …`)
  // One that breaks is a row too: the others still say what they measured.
  const found = await run(size).catch((error: unknown) => [broken(name, error)])
  rows.push(...found)
  if (!values.json) printRows(found)
}
if (values.json) console.log(JSON.stringify(rows, null, 2))
else summarize(rows)
process.exit()

function broken(scenario: string, error: unknown): Row {
  const message = error instanceof Error ? error.message : String(error)
  process.exitCode = 1
  return { scenario, what: `${scenario}: broke off`, measured: message, target: '', isMet: false }
}

function summarize(all: readonly Row[]): void {
  const missed = all.filter(({ isMet }) => isMet === false)
  const judged = all.filter(({ isMet }) => isMet !== null).length
  console.log(`\n${judged - missed.length} of ${judged} targets met.`)
  for (const { what, measured, target } of missed)
    console.log(`Not met: ${what}: ${measured} (target ${target})`)
}
