import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Db } from './open-database.ts'

/** The sole right to do something, among all processes on one database. */
export type Lease = {
  /** Takes or renews it. False: another process has it. */
  hold: () => Promise<boolean>
  /** Lasts from now again. False: another process has it or had it meanwhile, even if it expired again. */
  renew: () => Promise<boolean>
  /** Gives it back at once, so that another need not wait for it to expire. */
  release: () => Promise<void>
  token: string
}

/**
 * A lease that lasts `seconds` from each `hold`. It goes by the database's clock, because the clocks of two machines
 * differ and the one here may be set back.
 */
export function createLease(db: Db, name: string, seconds: number): Lease {
  const token = randomUUID()
  const holder = `${hostname()}/${process.pid}`
  return {
    token,
    hold: async () => {
      const count = await db.$executeRaw`
        INSERT INTO lease (name, token, holder, "untilAt")
        VALUES (${name}, ${token}, ${holder}, clock_timestamp() AT TIME ZONE 'utc' + ${seconds} * interval '1 second')
        ON CONFLICT (name) DO UPDATE SET token = EXCLUDED.token, holder = EXCLUDED.holder, "untilAt" = EXCLUDED."untilAt"
        WHERE lease.token = EXCLUDED.token OR lease."untilAt" < clock_timestamp() AT TIME ZONE 'utc'`
      return count === 1
    },
    renew: async () => {
      const count = await db.$executeRaw`
        UPDATE lease SET "untilAt" = clock_timestamp() AT TIME ZONE 'utc' + ${seconds} * interval '1 second'
        WHERE name = ${name} AND token = ${token}`
      return count === 1
    },
    release: async () => {
      await db.lease.deleteMany({ where: { name, token } })
    },
  }
}

export type HeldLease = { holder: string; untilAt: Date; isHeld: boolean }

/** Who has it, or had it last; null when it was given back. By the database's clock, as it was taken. */
export async function findLease(db: Db, name: string): Promise<HeldLease | null> {
  const rows = await db.$queryRaw<HeldLease[]>`
    SELECT holder, "untilAt", "untilAt" > clock_timestamp() AT TIME ZONE 'utc' AS "isHeld"
    FROM lease WHERE name = ${name}`
  return rows[0] ?? null
}

/** For an embedded database, whose folder lock says that whoever held a lease is gone: nobody need wait for it. */
export async function dropLeases(db: Db): Promise<void> {
  await db.lease.deleteMany()
}
