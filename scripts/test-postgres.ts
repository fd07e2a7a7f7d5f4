/** Runs the tests of `npm test` and `npm run test:endurance` on a PostgreSQL server: `npm run test:postgres`. Arguments go to vitest. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'

const defaultUrl = 'postgresql://postgres@127.0.0.1:5432/test'
const connectTimeoutMs = 5_000
/** Each test file has a database of its own and drops it; a run that was killed could not. */
const testDatabase = '^qingfeng_[0-9a-f]{32}$'

const url = process.env.TEST_DATABASE_URL || defaultUrl
const idleBefore = await listIdleDatabases().catch(() => null)
if (idleBefore === null) {
  console.error(
    `No PostgreSQL server takes us at ${withoutPassword(url)}. Start one there, or name another: TEST_DATABASE_URL=postgresql://user:password@host:5432/database npm run test:postgres. The user must be allowed to create databases.`,
  )
  process.exit(2)
}
const vitest = spawn(
  'vitest',
  ['run', '--project=unit', '--project=endurance', ...process.argv.slice(2)],
  {
    env: { ...process.env, TEST_DATABASE_URL: url },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  },
)
const [code] = await once(vitest, 'close')
await dropLeftovers(idleBefore)
process.exitCode = code ?? 1

/** Only what nobody used before the run and nobody uses after it: another run may be at work on the same server. */
async function dropLeftovers(idleBefore: readonly string[]): Promise<void> {
  const idleNow = await listIdleDatabases()
  const leftovers = idleNow.filter((name) => idleBefore.includes(name))
  await onServer(async (client) => {
    for (const name of leftovers) await client.query(`DROP DATABASE IF EXISTS ${name}`)
  })
}

async function listIdleDatabases(): Promise<string[]> {
  return onServer(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname ~ $1
         AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = pg_database.datname)`,
      [testDatabase],
    )
    return rows.map(({ name }) => name)
  })
}

async function onServer<T>(use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs })
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch(() => {})
  }
}

function withoutPassword(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//…@')
}
