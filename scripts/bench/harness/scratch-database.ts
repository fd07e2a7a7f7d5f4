import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../../../src/db/open-database.ts'

const serverUrl = process.env.BENCH_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/test'
const connectTimeoutMs = 3_000

export type DatabaseKind = 'PGlite' | 'PostgreSQL'
export type Place = { url?: string; dataDir: string }
/** `place` is for a second process; `close` also removes it. */
export type Scratch = Database & {
  place: Place
  /** Closes it for now, so that another process may open it. */
  leave: () => Promise<void>
  reopen: () => Promise<Database>
}

/** An empty, migrated database of its own, removed when it is closed; null when no server answers. */
export async function createScratch(kind: DatabaseKind): Promise<Scratch | null> {
  if (kind === 'PostgreSQL' && !(await hasServer())) return null
  const { place, remove } = kind === 'PGlite' ? createFolder() : await createOnServer()
  const open = () => openDatabase(place)
  let opened: Database | null = await open()
  const leave = async () => {
    await opened?.close()
    opened = null
  }
  return {
    ...opened,
    place,
    leave,
    reopen: async () => {
      opened = await open()
      return opened
    },
    close: async () => {
      await leave()
      await remove()
    },
  }
}

function createFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), 'qingfeng-bench-'))
  const remove = async () => rmSync(dataDir, { recursive: true, force: true })
  return { place: { dataDir } as Place, remove }
}

async function createOnServer() {
  const name = `qingfeng_bench_${randomUUID().replaceAll('-', '')}`
  await runOnServer(`CREATE DATABASE ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const remove = () => runOnServer(`DROP DATABASE ${name} WITH (FORCE)`)
  return { place: { url: url.href, dataDir: '' } as Place, remove }
}

const hasServer = () =>
  runOnServer('SELECT 1').then(
    () => true,
    () => false,
  )

async function runOnServer(sql: string): Promise<void> {
  const client = new pg.Client({
    connectionString: serverUrl,
    connectionTimeoutMillis: connectTimeoutMs,
  })
  try {
    await client.connect()
    await client.query(sql)
  } finally {
    await client.end().catch(() => {})
  }
}
