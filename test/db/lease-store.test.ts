import { beforeEach, describe, expect, it } from 'vitest'
import { createLease, dropLeases } from '../../src/db/lease-store.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const lastsSeconds = 60

const newLease = (name = 'sender:1', seconds = lastsSeconds) => createLease(db, name, seconds)
/** As if that much time had passed since it was taken: the lease goes by the database's clock. */
const age = (name: string, seconds: number) =>
  db.$executeRaw`UPDATE lease SET "untilAt" = "untilAt" - ${seconds} * interval '1 second' WHERE name = ${name}`

beforeEach(() => emptyDatabase(database))

describe('a lease', () => {
  it('belongs to the first who asks, again and again', async () => {
    const first = newLease()
    const second = newLease()
    expect(await first.hold()).toBe(true)
    expect(await second.hold()).toBe(false)
    expect(await first.hold()).toBe(true)
  })

  it('goes to one only of many who ask at the same time', async () => {
    const leases = Array.from({ length: 8 }, () => newLease())
    const answers = await Promise.all(leases.map((lease) => lease.hold()))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('goes to another when its holder does not come back in time', async () => {
    const dead = newLease()
    const heir = newLease()
    await dead.hold()
    await age('sender:1', lastsSeconds - 1)
    expect(await heir.hold()).toBe(false)
    await age('sender:1', 2)
    expect(await heir.hold()).toBe(true)
    expect(await dead.hold()).toBe(false)
  })

  it('lasts from the last time that its holder came', async () => {
    const holder = newLease()
    await holder.hold()
    await age('sender:1', lastsSeconds - 1)
    await holder.hold()
    await age('sender:1', lastsSeconds - 1)
    expect(await newLease().hold()).toBe(false)
  })

  it('is free at once when it is given back', async () => {
    const first = newLease()
    await first.hold()
    await first.release()
    expect(await newLease().hold()).toBe(true)
  })

  it('is given back by its holder only', async () => {
    const holder = newLease()
    const stranger = newLease()
    await holder.hold()
    await stranger.release()
    expect(await stranger.hold()).toBe(false)
  })

  it('of one name leaves those of other names alone', async () => {
    expect(await newLease('sender:1').hold()).toBe(true)
    expect(await newLease('sender:2').hold()).toBe(true)
    expect(await newLease('poller:1').hold()).toBe(true)
  })

  it('names the process that has it, for the operator', async () => {
    await newLease().hold()
    const [row] = await db.lease.findMany()
    expect(row?.holder).toMatch(new RegExp(`/${process.pid}$`))
  })

  it('is free at once when all are dropped, because their holders cannot be alive', async () => {
    await newLease().hold()
    await dropLeases(db)
    expect(await newLease().hold()).toBe(true)
  })
})
