import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { type Database, openDatabase, wrapPglite } from '../../src/db/open-database.ts'
import { createServerDatabase, seed } from './database.ts'
import { type Prepared, preparedDump, preparedFolder } from './prepared.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A path, and not what lies there: vitest would send it to every test file anew. */
    prepared: string
    /** Names of the databases to copy on the server of TEST_DATABASE_URL; null without one. */
    templates: Record<Prepared, string> | null
  }
}

/** Makes one embedded database, empty and with the shipped directory, of which every test gets a copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = mkdtempSync(join(tmpdir(), 'qingfeng-prepared-'))
  project.provide('prepared', root)
  mkdirSync(preparedFolder(root, 'migrated'))
  await fill(root, 'migrated', async () => {})
  cpSync(preparedFolder(root, 'migrated'), preparedFolder(root, 'seeded'), { recursive: true })
  await fill(root, 'seeded', seed)
  const server = await prepareServer(process.env.TEST_DATABASE_URL)
  project.provide('templates', server.templates)
  return async () => {
    rmSync(root, { recursive: true, force: true })
    await server.drop()
  }
}

async function prepareServer(serverUrl: string | undefined) {
  if (!serverUrl) return { templates: null, drop: async () => {} }
  const migrated = await createServerDatabase(serverUrl)
  // A database can be copied only while nobody is connected to it.
  await (await openDatabase({ url: migrated.url, dataDir: '' })).close()
  const seeded = await createServerDatabase(serverUrl, migrated.name)
  const database = await openDatabase({ url: seeded.url, dataDir: '' })
  await seed(database)
  await database.close()
  return {
    templates: { migrated: migrated.name, seeded: seeded.name },
    drop: async () => {
      await seeded.drop()
      await migrated.drop()
    },
  }
}

async function fill(
  root: string,
  what: Prepared,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  const pglite = await PGlite.create(join(preparedFolder(root, what), 'postgres'))
  const database = await wrapPglite(pglite)
  await work(database)
  const dump = await pglite.dumpDataDir('none')
  writeFileSync(preparedDump(root, what), Buffer.from(await dump.arrayBuffer()))
  await database.close()
}
