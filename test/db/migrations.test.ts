import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { expect, test, vi } from 'vitest'

test('a second copy of the module in one process leaves the work of the first alone', async () => {
  const isUnderWay = Promise.withResolvers<void>()
  const first = migrateWithOwnCopy(isUnderWay.resolve)
  await isUnderWay.promise
  const second = await migrateWithOwnCopy()
  expect(second.length).toBeGreaterThan(0)
  expect(await first).toEqual(second)
})

/** As vitest has it: every project that prepares a database loads the module anew, in one process. */
async function migrateWithOwnCopy(onConnect = () => {}): Promise<string[]> {
  vi.resetModules()
  const { applyMigrations } = await import('../../src/db/migrations.ts')
  const pglite = await PGlite.create()
  const adapter = new PrismaPGlite(pglite)
  const connect = adapter.connect.bind(adapter)
  adapter.connect = () => {
    onConnect()
    return connect()
  }
  const names = await applyMigrations(adapter, [])
  await pglite.close()
  return names
}
