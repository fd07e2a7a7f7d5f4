import { randomUUID } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { seedDirectory } from '../../src/areas/seed-directory.ts'
import { seedContent } from '../../src/content/seed-content.ts'
import { type Database, openDatabase, wrapPglite } from '../../src/db/open-database.ts'
import { seedGroups } from '../../src/groups/seed-groups.ts'
import { type Prepared, readPrepared } from './prepared.ts'

/**
 * An empty, migrated database of its own for one test file: in memory, or on the server that TEST_DATABASE_URL names.
 * Closed (and dropped) after the file.
 */
export async function createTestDatabase(): Promise<Database> {
  const database = await createScratchDatabase()
  afterAll(() => database.close())
  return database
}

/** The same, closed by whoever asked for it. `isSeeded`: with the shipped directory and groups in it. */
export async function createScratchDatabase({ isSeeded = false } = {}): Promise<Database> {
  const serverUrl = process.env.TEST_DATABASE_URL
  if (!serverUrl) return createEmbedded(isSeeded ? 'seeded' : 'migrated')
  return createOnServer(serverUrl, isSeeded ? 'seeded' : 'migrated')
}

/** What the first start of the service does to an empty database. */
export async function seed({ db }: Database): Promise<void> {
  await seedDirectory(db, new Date(0))
  await seedGroups(db, new Date(0))
  await seedContent(db, new Date(0))
}

/** Empties every table but the migrations', in one statement. */
export async function emptyDatabase({ db }: Database): Promise<void> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`
  const names = tables.map((table) => `"${table.name}"`).join(', ')
  await db.$executeRawUnsafe(`TRUNCATE ${names} RESTART IDENTITY CASCADE`)
}

async function createEmbedded(what: Prepared): Promise<Database> {
  return wrapPglite(await PGlite.create({ loadDataDir: readPrepared(what) }))
}

/** A database of its own on the test server, empty or a copy of another one, as a URL, and what drops it. */
export async function createServerDatabase(
  serverUrl: string,
  template = 'template1',
): Promise<{ name: string; url: string; drop: () => Promise<void> }> {
  const name = `qingfeng_${randomUUID().replaceAll('-', '')}`
  await runOnServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const drop = () => runOnServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)
  return { name, url: url.href, drop }
}

/** A copy takes a tenth of the time of migrating and seeding one. */
async function createOnServer(serverUrl: string, what: Prepared): Promise<Database> {
  const { url, drop } = await createServerDatabase(serverUrl, inject('templates')?.[what])
  const database = await openDatabase({ url, dataDir: '' })
  return {
    ...database,
    close: async () => {
      await database.close()
      await drop()
    },
  }
}

async function runOnServer(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(sql)
  await client.end()
}
