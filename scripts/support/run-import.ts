import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { AreaProblem } from '../../src/areas/parse-areas.ts'
import type { CalendarProblem } from '../../src/calendar/parse-calendar.ts'
import { isVerbose, loadEnvironment, readConfig } from '../../src/config.ts'
import { openDatabase, type PrismaClient } from '../../src/db/open-database.ts'
import { explainEnd, StartError } from '../../src/errors.ts'
import type { GroupProblem } from '../../src/groups/parse-groups.ts'
import { dayOf } from '../../src/lib/calendar.ts'
import { isZip } from '../../src/lib/decode-utf8.ts'
import { describeProblem, type FileProblem } from './problem-sentences.ts'

/** More lines than this hide the first ones, which are often the cause of the rest. */
const shownProblems = 50

/** What a command may be told besides its file: do what is unusual, or do what it only showed. */
type Flag = 'retire-many' | 'apply'

export type ImportInput = {
  bytes: Uint8Array
  now: Date
  /** YYYY-MM-DD, where the office is. */
  today: string
  timezone: string
  mayRetireMany: boolean
  isApplied: boolean
}
export type ImportReport =
  | { outcome: 'imported'; lines: string[] }
  | { outcome: 'refused'; problems: (AreaProblem | GroupProblem | CalendarProblem | FileProblem)[] }
  | { outcome: 'too-many-retired'; retired: number; known: number }
  /** Nothing was written; the lines say why. */
  | { outcome: 'not-imported'; lines: string[] }

/** Runs one import command: reads its file, opens the database of the settings, says what happened, sets the exit code. */
export async function runImport(
  command: string,
  importFile: (db: PrismaClient, input: ImportInput) => Promise<ImportReport>,
  flag: Flag | 'none' = 'retire-many',
): Promise<void> {
  try {
    const { path, isFlagged } = readArguments(command, flag)
    const bytes = readFile(path)
    // Either its name is wrong, or it is not the file that was meant.
    if (isZip(bytes) && /\.csv$/i.test(path)) {
      const problem = { line: 1, code: 'not-csv' as const, params: {} }
      return print(path, { outcome: 'refused', problems: [problem] })
    }
    const config = readConfig(loadEnvironment())
    const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir })
    try {
      const now = new Date()
      const { timezone } = config
      const report = await importFile(database.db, {
        ...{ bytes, now, timezone, today: dayOf(now, timezone) },
        mayRetireMany: flag === 'retire-many' && isFlagged,
        isApplied: flag === 'apply' && isFlagged,
      })
      print(path, report)
    } finally {
      await database.close()
    }
  } catch (error) {
    console.error(explainEnd(error, { withStack: isVerbose(process.env.LOG_LEVEL) }))
    process.exitCode = error instanceof StartError ? 2 : 1
  }
}

function readArguments(command: string, flag: Flag | 'none'): { path: string; isFlagged: boolean } {
  const usage = `Usage: npm run ${command} -- <file.csv|file.xlsx>${flag === 'none' ? '' : ` [--${flag}]`}`
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: flag === 'none' ? {} : { [flag]: { type: 'boolean', default: false } },
    })
    const [path, ...others] = positionals
    if (path && others.length === 0) return { path, isFlagged: values[flag] === true }
  } catch {
    // parseArgs throws on an unknown option; the usage line says more than its message.
  }
  throw new StartError(usage)
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new StartError(`The file ${path} cannot be read. Is the path right?`)
  }
}

function print(path: string, report: ImportReport): void {
  if (report.outcome === 'imported') {
    for (const line of report.lines) console.log(line)
    return
  }
  process.exitCode = 1
  if (report.outcome === 'not-imported') {
    for (const line of report.lines) console.error(line)
    return
  }
  if (report.outcome === 'too-many-retired') {
    const { retired, known } = report
    console.error(
      `Nothing was imported: ${retired} of ${known} would be retired, because ${path} does not name them. The file must be complete. If they really went, run it again with --retire-many.`,
    )
    return
  }
  const { problems } = report
  console.error(`Nothing was imported: ${path} has ${problems.length} problem(s).`)
  for (const problem of problems.slice(0, shownProblems)) console.error(describeProblem(problem))
  if (problems.length > shownProblems)
    console.error(`… and ${problems.length - shownProblems} more.`)
}
