/** What of closed tips and drafts is destroyed when. `npm run retention:report`; reads the database of the settings. */
import { loadEnvironment, readConfig } from '../src/config.ts'
import { explainEnd, StartError } from '../src/errors.ts'
import {
  type RetentionReport,
  readRetentionReport,
} from '../src/tips/retention/retention-report.ts'
import { openForCommand } from './support/open-for-command.ts'

await run().catch((error: unknown) => {
  console.error(explainEnd(error, { withStack: false }))
  process.exitCode = error instanceof StartError ? 2 : 1
})

async function run(): Promise<void> {
  const config = readConfig(loadEnvironment())
  const { retention, timezone } = config
  const database = await openForCommand(config)
  try {
    const report = await readRetentionReport(database.db, { rules: retention, timezone })
    console.log(
      `After closing a tip: the link to its reporter is kept ${retention.linkDays} days, what it says ${retention.contentDays} days.`,
    )
    for (const line of describe(report)) console.log(line)
  } finally {
    await database.close()
  }
}

function describe({ days, holds, open }: RetentionReport): string[] {
  const row = (cells: string[]) => `  ${cells.map((cell) => cell.padEnd(12)).join('')}`.trimEnd()
  const due = days.map(({ day, links, contents, drafts }) =>
    row([day, ...[links, contents, drafts].map(String)]),
  )
  return [
    open.count === 0
      ? 'No tip is open.'
      : `${open.count} tips are open, the oldest since ${open.oldest}: nothing of them is destroyed.`,
    ...(due.length === 0
      ? ['Nothing is due.']
      : ['Due, in the night after:', row(['day', 'links', 'contents', 'drafts']), ...due]),
    ...(holds.length === 0
      ? ['No tip is held by law.']
      : ['Held by law:', ...holds.map(({ number, since }) => `  ${number} since ${since}`)]),
  ]
}
