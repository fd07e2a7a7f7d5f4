import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { type messages, type PGlite, protocol, type QueryOptions } from '@electric-sql/pglite'

const { serialize } = protocol

type Value = Parameters<PGlite['serializers'][number]>[0]
type Column = { name: string; dataTypeID: number }
type Statement = { name: string; paramTypes: number[]; columns: Column[] }
type Result = { rows: unknown[][]; fields: Column[]; affectedRows: number }
type Query = (sql: string, values?: Value[], options?: QueryOptions) => Promise<Result>

/** What Prisma's adapter asks of a PGlite. */
export type PreparedPGlite = {
  query: Query
  exec: (script: string) => Promise<unknown>
  transaction: <T>(
    run: (tx: { query: Query; rollback: () => Promise<void> }) => Promise<T>,
  ) => Promise<T>
  /** Once, before the first query. */
  open: () => Promise<void>
}

/** More than the program has; only statements with lists, whose text depends on how many there are, come and go. */
const mostStatements = 400
/** What is longer holds many rows and hardly comes again just so. */
const longestText = 4_000
/** How long a plan is kept that fits all values: a table may have grown, and nothing here analyses tables. */
const plansLastMs = 1_000
/**
 * PGlite answers within the same turn of the event loop: of statements that follow each other so long, the next waits for
 * its next turn. Else no socket would be read and no timer would ring while a task works through hundreds of things.
 */
const longestTurnMs = 5
const discardPlans = [
  serialize.parse({ text: 'DISCARD PLANS' }),
  serialize.bind({}),
  serialize.execute({}),
]
const bytea = 17
const countedCommands = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'])

/**
 * PGlite with the statements that it has seen kept prepared. PGlite's own `query` has PostgreSQL parse each statement
 * again, asks in six calls for what fits into one, and turns bytes into hexadecimal one by one: 248 µs for a row of a
 * small table, this 69 µs. An update of a villager is a dozen such statements.
 */
export function prepareStatements(
  pglite: PGlite,
  monotonicMs: () => number = () => performance.now(),
): PreparedPGlite {
  const statements = new Map<string, Statement>()
  /** Differs from that of another wrapper of the same database: names are the session's. */
  const prefix = randomUUID().slice(0, 8)
  let count = 0
  /** Goes out with the next message. */
  let closing: Uint8Array[] = []
  let plannedAtMs = monotonicMs()
  let turnedAtMs = monotonicMs()
  /** A script may have altered a table: what a prepared statement gives must not change. */
  let mayHaveChanged = false

  const send = async (parts: Uint8Array[], syncToFs = false) => {
    if (monotonicMs() - turnedAtMs >= longestTurnMs) {
      await setImmediate()
      turnedAtMs = monotonicMs()
    }
    const message = Buffer.concat([...closing, ...parts, serialize.sync()])
    closing = []
    return pglite.execProtocolStream(message, { syncToFs })
  }

  /** Goes behind a statement: before one that leads out of a failed transaction it would be refused, and the statement with it. */
  function discardOldPlans(): Uint8Array[] {
    const nowMs = monotonicMs()
    if (nowMs - plannedAtMs < plansLastMs) return []
    plannedAtMs = nowMs
    return discardPlans
  }

  async function prepare(sql: string): Promise<Statement> {
    const known = statements.get(sql)
    if (known) {
      // Moved to the end: the first are those that nobody has used for long.
      statements.delete(sql)
      statements.set(sql, known)
      return known
    }
    const isKept = sql.length <= longestText
    const name = isKept ? `${prefix}-${++count}` : ''
    const described = await send([
      serialize.parse({ name, text: sql }),
      serialize.describe({ type: 'S', name }),
    ])
    const statement: Statement = { name, paramTypes: [], columns: [] }
    for (const answer of described) {
      if (isOf('parameterDescription', answer)) statement.paramTypes = answer.dataTypeIDs
      if (isOf('rowDescription', answer)) statement.columns = answer.fields
    }
    if (isKept) keep(sql, statement)
    return statement
  }

  function keep(sql: string, statement: Statement): void {
    statements.set(sql, statement)
    if (statements.size > mostStatements) forget(statements.entries().next().value)
  }

  function forget(entry: [string, Statement] | undefined): void {
    if (!entry) return
    statements.delete(entry[0])
    closing.push(serialize.close({ type: 'S', name: entry[1].name }))
  }

  function toText(value: Value, type: number | undefined): string | Uint8Array | null {
    if (value === null || value === undefined) return null
    if (type === bytea && value instanceof Uint8Array) return value
    const write = type === undefined ? undefined : pglite.serializers[type]
    return write ? write(value) : String(value)
  }

  async function run(
    sql: string,
    values: Value[],
    { parsers = {} }: QueryOptions,
    syncToFs: boolean,
  ): Promise<Result> {
    if (mayHaveChanged) for (const entry of statements) forget(entry)
    mayHaveChanged = false
    const { name, paramTypes, columns } = await prepare(sql)
    const texts = values.map((value, n) => toText(value, paramTypes[n]))
    const answers = await send(
      [
        serialize.bind({ statement: name, values: texts }),
        serialize.execute({}),
        ...discardOldPlans(),
      ],
      syncToFs,
    )
    const readers = columns.map(({ dataTypeID: type }) =>
      type === bytea ? readBytes : (parsers[type] ?? pglite.parsers[type] ?? asItIs),
    )
    const result: Result = { rows: [], fields: columns, affectedRows: 0 }
    for (const answer of answers) {
      if (isOf('dataRow', answer))
        result.rows.push(
          answer.fields.map((text, n) => (text === null ? null : (readers[n] ?? asItIs)(text))),
        )
      else if (isOf('commandComplete', answer)) result.affectedRows += countAffected(answer.text)
    }
    return result
  }

  return {
    open: async () => {
      // A page of the index costs as much as the next one of the table: both are in memory, or a read of a file away.
      await pglite.exec('SET random_page_cost = 1')
    },
    query: async (sql, values = [], options = {}) => {
      await pglite._checkReady()
      return pglite._runExclusiveTransaction(() =>
        pglite.runExclusive(() => run(sql, values, options, true)),
      )
    },
    exec: async (script) => {
      try {
        return await pglite.exec(script)
      } finally {
        mayHaveChanged = true
      }
    },
    transaction: (work) =>
      pglite.transaction((tx) =>
        work({
          query: (sql, values = [], options = {}) =>
            pglite.runExclusive(() => run(sql, values, options, false)),
          rollback: () => tx.rollback(),
        }),
      ),
  }
}

type Answers = {
  parameterDescription: messages.ParameterDescriptionMessage
  rowDescription: messages.RowDescriptionMessage
  dataRow: messages.DataRowMessage
  commandComplete: messages.CommandCompleteMessage
}

function isOf<Name extends keyof Answers>(
  name: Name,
  answer: { name: string },
): answer is Answers[Name] {
  return answer.name === name
}

const asItIs = (text: string) => text
/** "\x" and two digits for each byte. */
const readBytes = (text: string) => Uint8Array.fromHex(text.slice(2))

/** The tag of a command that changes rows ends in how many: "UPDATE 3", "INSERT 0 5". */
function countAffected(tag: string): number {
  const words = tag.split(' ')
  return countedCommands.has(words[0] ?? '') ? Number(words.at(-1)) : 0
}
