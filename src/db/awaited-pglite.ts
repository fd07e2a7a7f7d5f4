import { PGlite } from '@electric-sql/pglite'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { type PreparedPGlite, prepareStatements } from './prepared-pglite.ts'

/**
 * The PGlite adapter, with the two things mended that it gets wrong (0.7): it does not wait for `executeScript`, so a
 * migration would be recorded as applied before it ran, and it sets an isolation level outside the transaction. Its
 * statements are prepared.
 */
export class AwaitedPGlite extends PrismaPGlite {
  readonly #pglite: PreparedPGlite

  constructor(pglite: PGlite) {
    const prepared = prepareStatements(pglite)
    // The adapter calls nothing else of it.
    super(prepared as unknown as PGlite)
    this.#pglite = prepared
  }

  override async connect(): Promise<SqlDriverAdapter> {
    await this.#pglite.open()
    const adapter = await super.connect()
    const startTransaction = adapter.startTransaction.bind(adapter)
    adapter.executeScript = async (script) => {
      await this.#pglite.exec(script)
    }
    // Embedded means one connection: every transaction is serial anyway.
    adapter.startTransaction = () => startTransaction()
    return adapter
  }

  /** A scratch database in memory, for working out the next migration. */
  override async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const scratch = await PGlite.create()
    const adapter = await new AwaitedPGlite(scratch).connect()
    adapter.dispose = () => scratch.close()
    return adapter
  }
}
