import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { StartError } from '../errors.ts'
import { AwaitedPGlite } from './awaited-pglite.ts'
import { explainDatabaseError } from './database-errors.ts'
import { openFolder } from './durable-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { PrismaClient } from './generated/client.ts'
import { applyMigrations } from './migrations.ts'

/** The client, or the transaction inside which a use case runs. First argument of every store function. */
export type Db = Pick<
  PrismaClient,
  Exclude<keyof PrismaClient, `$${string}`> | `$${'executeRaw' | 'queryRaw'}`
>
export type { PrismaClient }

export type Database = {
  db: PrismaClient
  kind: 'embedded' | 'server'
  /** Names of the migrations that this start applied. */
  applied: string[]
  close: () => Promise<void>
}

/** Any number that no other program on the server is likely to lock. */
const migrationLock = 8_713_302
const connectTimeoutMs = 5_000
const clientOptions = {
  transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  // Otherwise every call takes down its place in the code, for errors that are shown with it: a fortieth of an update.
  errorFormat: 'minimal',
} as const

/**
 * Opens the database and brings it up to date: PostgreSQL when `url` is given, else PGlite in `dataDir`.
 * @throws StartError with one sentence for everything an operator can mend.
 */
export async function openDatabase(options: {
  url?: string | undefined
  dataDir: string
}): Promise<Database> {
  try {
    return options.url ? await openServer(options.url) : await openEmbedded(options.dataDir)
  } catch (error) {
    if (error instanceof StartError) throw error
    throw explainDatabaseError(error) ?? error
  }
}

async function openEmbedded(dataDir: string): Promise<Database> {
  makeFolder(resolve(dataDir))
  const unlock = lockFolder(dataDir)
  try {
    return await wrapPglite(await openFolder(join(dataDir, 'postgres')), unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** One level at a time: Node's own recursive mkdir never ends where a file system denies that a parent exists (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

/** An already open PGlite as a database; `afterClose` runs last. */
export async function wrapPglite(
  pglite: PGlite,
  afterClose: () => void = () => {},
): Promise<Database> {
  const adapter = new AwaitedPGlite(pglite)
  const names = await readAppliedNames(async (sql) => (await pglite.query<Row>(sql)).rows)
  const applied = await applyMigrations(adapter, names)
  const db = new PrismaClient({ adapter, ...clientOptions })
  return {
    db,
    kind: 'embedded',
    applied,
    close: async () => {
      await db.$disconnect()
      await pglite.close()
      afterClose()
    },
  }
}

async function openServer(url: string): Promise<Database> {
  const applied = await migrateServer(url)
  const adapter = new PrismaPg({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs })
  const db = new PrismaClient({ adapter, ...clientOptions })
  return { db, kind: 'server', applied, close: () => db.$disconnect() }
}

/** Several processes may start at once: the first migrates, the others wait for its lock and find nothing to do. */
async function migrateServer(url: string): Promise<string[]> {
  const options = { connectionString: url, connectionTimeoutMillis: connectTimeoutMs }
  const client = new pg.Client(options)
  await client.connect()
  const pool = new pg.Pool(options)
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const names = await readAppliedNames(async (sql) => (await client.query<Row>(sql)).rows)
    return await applyMigrations(new PrismaPg(pool), names)
  } finally {
    // The engine does not close what it connected through.
    await pool.end()
    await client.end()
  }
}

type Row = { name: string }

async function readAppliedNames(query: (sql: string) => Promise<Row[]>): Promise<string[]> {
  const tables = await query(`SELECT to_regclass('_prisma_migrations')::text AS name`)
  if (!tables[0]?.name) return []
  const rows = await query(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return rows.map((row) => row.name)
}
