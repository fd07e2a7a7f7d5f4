import type { PrismaClient } from '../../src/db/open-database.ts'
import type { Keyring, Sealer } from '../../src/lib/keyring.ts'
import { readSourceFiles } from '../guards/source-files.ts'

/** Every purpose that the code seals something for, so that a new one is not forgotten here. */
const purposes = readSourceFiles('src').flatMap(({ text }) =>
  [...text.matchAll(/sealer\('([\w-]+)'\)/g)].map(([, purpose = '']) => purpose),
)

/**
 * What somebody can read who has a copy of the database and the master key: every column in clear, and whatever opens
 * with any key that the master key gives or that lies in the database.
 */
export async function openEverything(db: PrismaClient, keyring: Keyring): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
  const texts: string[] = []
  const bytes: Uint8Array[] = []
  for (const { name } of tables)
    for (const row of await db.$queryRawUnsafe<Record<string, unknown>[]>(
      `SELECT * FROM "${name}"`,
    ))
      for (const value of Object.values(row))
        if (value instanceof Uint8Array) bytes.push(value)
        else texts.push(String(typeof value === 'object' ? JSON.stringify(value) : value))

  const dataKeys = bytes.flatMap((value) => attempt(() => keyring.openDataKey(value)) ?? [])
  const sealers: Sealer[] = [...purposes.map((purpose) => keyring.sealer(purpose)), ...dataKeys]
  for (const value of bytes)
    for (const sealer of sealers) {
      const opened = attempt(() => sealer.open(value).toString('utf8'))
      if (opened !== null) texts.push(opened)
    }
  return texts.join('\n')
}

function attempt<T>(open: () => T): T | null {
  try {
    return open()
  } catch {
    return null
  }
}
