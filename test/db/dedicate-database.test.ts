import { beforeEach, describe, expect, it } from 'vitest'
import { dedicateDatabase, refuseForeignDatabase } from '../../src/db/dedicate-database.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const place = { dataDir: '/srv/qingfeng' }
const onServer = { dataDir: '', databaseUrl: 'postgresql://office:mistyped@127.0.0.1/tips%202' }

beforeEach(() => emptyDatabase(database))

describe('dedicateDatabase', () => {
  it('lets the sandbox and a real bot come back to their own', async () => {
    await dedicateDatabase(db, { botId: null, place })
    await dedicateDatabase(db, { botId: null, place })
    expect(await db.setting.findMany()).toEqual([{ key: 'sandbox', value: true }])

    await emptyDatabase(database)
    await dedicateDatabase(db, { botId: '500', place })
    expect(await dedicateDatabase(db, { botId: '500', place })).toEqual({ otherBot: false })
    expect(await db.setting.findMany({ orderBy: { key: 'asc' } })).toEqual([
      { key: 'bot.id', value: '500' },
      { key: 'sandbox', value: false },
    ])
  })

  it('keeps a real bot away from the made-up people of a sandbox, and says where they are', async () => {
    await dedicateDatabase(db, { botId: null, place })
    const starting = dedicateDatabase(db, { botId: '500', place })
    await expect(starting).rejects.toThrow(/^The folder \/srv\/qingfeng holds .* sandbox.*DATA_DIR/)
    expect(await db.setting.count()).toBe(1)
  })

  it('keeps the sandbox away from the people of a real bot, and never says to remove them', async () => {
    await dedicateDatabase(db, { botId: '500', place })
    const starting = dedicateDatabase(db, { botId: null, place })
    await expect(starting).rejects.toThrow(
      /^The folder \/srv\/qingfeng holds .* real bot.*BOT_TOKEN/,
    )
    await expect(starting).rejects.not.toThrow('remove')
  })

  it('names a database on a server without its password', async () => {
    await dedicateDatabase(db, { botId: null, place: onServer })
    const starting = dedicateDatabase(db, { botId: '500', place: onServer })
    await expect(starting).rejects.toThrow(/^The database “tips 2” holds .*DATABASE_URL/)
    await expect(starting).rejects.not.toThrow('mistyped')
  })

  it('can be looked at without being given away', async () => {
    await refuseForeignDatabase(db, { botId: null, place })
    await refuseForeignDatabase(db, { botId: '500', place })
    expect(await db.setting.count()).toBe(0)

    await dedicateDatabase(db, { botId: null, place })
    await refuseForeignDatabase(db, { botId: null, place })
    await expect(refuseForeignDatabase(db, { botId: '500', place })).rejects.toThrow('a sandbox')
  })

  it('notices once that another bot took over', async () => {
    await dedicateDatabase(db, { botId: '500', place })
    expect(await dedicateDatabase(db, { botId: '600', place })).toEqual({ otherBot: true })
    expect(await dedicateDatabase(db, { botId: '600', place })).toEqual({ otherBot: false })
  })

  it('gives the database to one of two that start together', async () => {
    const both = await Promise.allSettled([
      dedicateDatabase(db, { botId: null, place }),
      dedicateDatabase(db, { botId: '500', place }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
