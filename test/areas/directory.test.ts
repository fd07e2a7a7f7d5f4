import { beforeEach, describe, expect, it } from 'vitest'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { importAreas } from '../../src/areas/import-areas.ts'
import { seedDirectory } from '../../src/areas/seed-directory.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import { csv, header, readEdition2017 } from './editions.ts'

const database = await createTestDatabase()
const { db } = database
const now = new Date('2017-03-01T02:00:00Z')

beforeEach(() => emptyDatabase(database))

describe('directory cache', () => {
  it('gives the same tree until an import changes the directory, in whatever process that was', async () => {
    const directory = createDirectoryCache()
    expect((await directory.current(db)).tree.all).toEqual([])
    await importAreas(db, { bytes: csv(header, '330800000000,衢州市,city,'), now })
    const one = await directory.current(db)
    expect(one.tree.all.map(({ name }) => name)).toEqual(['衢州市'])
    expect(await directory.current(db)).toBe(one)
    // The same file changes nothing, so nobody has to read the directory again.
    await importAreas(db, { bytes: csv(header, '330800000000,衢州市,city,'), now })
    expect(await directory.current(db)).toBe(one)
    await importAreas(db, { bytes: csv(header, '330800000000,衢州,city,'), now })
    expect((await directory.current(db)).tree.all.map(({ name }) => name)).toEqual(['衢州'])
  })
})

describe('seedDirectory', () => {
  it('fills an empty directory with six counties, 100 townships and 1,587 villages and communities', async () => {
    expect(await seedDirectory(db, now)).toBe(true)
    const levels = await db.area.groupBy({ by: ['level'], _count: true })
    expect(Object.fromEntries(levels.map(({ level, _count }) => [level, _count]))).toEqual({
      city: 1,
      county: 6,
      township: 100,
      village: 1484,
      community: 103,
    })
  })

  it('leaves a directory alone that has places', async () => {
    await importAreas(db, { bytes: readEdition2017(), now })
    expect(await seedDirectory(db, now)).toBe(false)
    expect(await db.area.count()).toBe(1695)
  })

  it('fills it once when two processes start at the same time', async () => {
    await Promise.all([seedDirectory(db, now), seedDirectory(db, now)])
    expect(await db.area.count()).toBe(1694)
  })
})
