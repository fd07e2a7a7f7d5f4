import { beforeEach, describe, expect, it } from 'vitest'
import { listAreas } from '../../src/areas/area-store.ts'
import type { AreaSummary } from '../../src/areas/area-summary.ts'
import { loadDirectory } from '../../src/areas/directory.ts'
import { importAreas } from '../../src/areas/import-areas.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import { csv, edition2016, header, readEdition2017 } from './editions.ts'

const database = await createTestDatabase()
const { db } = database
const now = new Date('2017-03-01T02:00:00Z')
const edition2017 = readEdition2017()

async function importOk(bytes: Uint8Array, mayRetireMany = false): Promise<AreaSummary> {
  const result = await importAreas(db, { bytes, now, mayRetireMany })
  if (result.outcome !== 'imported') throw new Error(JSON.stringify(result))
  return result.summary
}
const counts = (summary: AreaSummary) => ({
  ...Object.fromEntries(
    Object.entries(summary).map(([list, items]) => [
      list,
      Array.isArray(items) ? items.length : items,
    ]),
  ),
})
const none = { created: 0, renamed: 0, recoded: 0, moved: 0, returned: 0, updated: 0, retired: 0 }
const idByCode = async () => new Map((await listAreas(db)).map(({ code, id }) => [code, id]))

beforeEach(() => emptyDatabase(database))

describe('the editions of 2016 and 2017', () => {
  it('imports the whole directory, and the same file again changes nothing', async () => {
    expect(counts(await importOk(edition2016))).toEqual({ ...none, created: 1694, unchanged: 0 })
    const before = await listAreas(db)
    expect(counts(await importOk(edition2016))).toEqual({ ...none, unchanged: 1694 })
    expect(await listAreas(db)).toEqual(before)
  })

  it('keeps the ids of places that were recoded, renamed or moved, and retires those that went', async () => {
    await importOk(edition2016)
    const before = await idByCode()
    const summary = await importOk(edition2017)

    expect(counts(summary)).toEqual({
      ...none,
      created: 3,
      renamed: 1,
      recoded: 36,
      moved: 6,
      retired: 2,
      unchanged: 1656,
    })
    expect(summary.created.map(({ name }) => name)).toEqual(['朝阳社区', '新湖社区', '六都杨村'])
    expect(summary.renamed).toEqual([
      { code: '330881003000', name: '清湖街道', from: '清湖镇', to: '清湖街道' },
    ])
    expect(new Set(summary.retired.map(({ name }) => name))).toEqual(
      new Set(['六一村村委会', '六二村村委会']),
    )
    expect(summary.moved).toContainEqual({
      code: '330881001235',
      name: '陶村村委会',
      from: '上余镇',
      to: '双塔街道',
    })
    const after = await idByCode()
    for (const { from, to } of summary.recoded) expect(after.get(to)).toBe(before.get(from))
    const { tree } = await loadDirectory(db)
    expect(tree.findByCode('330881104200')).toMatchObject({
      code: '330881003200',
      formerCodes: ['330881104200'],
    })
    expect(tree.path(tree.findByCode('330881104200')?.id ?? 0)).toBe(
      '衢州市 江山市 清湖街道 清湖一村',
    )
    expect(tree.findByCode('330803112203')?.retiredAt).toEqual(now)
  })

  it('goes back and forth between the editions without a new id', async () => {
    await importOk(edition2016)
    await importOk(edition2017)
    const rows = await db.area.count()
    const back = await importOk(edition2016)
    expect(back).toMatchObject({ created: [], unchanged: 1656 })
    expect(new Set(back.returned.map(({ name }) => name))).toEqual(
      new Set(['六一村村委会', '六二村村委会']),
    )
    expect((await importOk(edition2017)).created).toEqual([])
    expect(await db.area.count()).toBe(rows)
  })

  it('imports the first edition in two seconds', async () => {
    const startedAt = performance.now()
    await importOk(edition2016)
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})

describe('a small directory', () => {
  const top = [
    header,
    '330800000000,衢州市,city,',
    '330825000000,龙游县,county,330800000000',
    '330825001000,龙洲街道,township,330825000000',
    '330825002000,东华街道,township,330825000000',
  ]
  const first = csv(
    ...top,
    '330825001201,甲村村委会,village,330825001000',
    '330825001202,乙村村委会,village,330825001000',
  )

  it('takes another name under the same code as a new name', async () => {
    await importOk(first)
    const before = await idByCode()
    const summary = await importOk(
      csv(
        ...top,
        '330825001201,甲村村民委员会,village,330825001000',
        '330825001202,新乙村村委会,village,330825001000',
      ),
    )
    expect(summary.renamed.map(({ from, to }) => [from, to])).toEqual([
      ['甲村村委会', '甲村村民委员会'],
      ['乙村村委会', '新乙村村委会'],
    ])
    expect(await idByCode()).toEqual(before)
  })

  it('follows two villages that swap their codes', async () => {
    await importOk(first)
    const before = await idByCode()
    const summary = await importOk(
      csv(
        ...top,
        '330825001202,甲村村委会,village,330825001000',
        '330825001201,乙村村委会,village,330825001000',
      ),
    )
    const after = await idByCode()
    expect(counts(summary)).toMatchObject({ recoded: 2, created: 0, retired: 0 })
    expect(after.get('330825001202')).toBe(before.get('330825001201'))
    expect(after.get('330825001201')).toBe(before.get('330825001202'))
  })

  it('follows a village that became a community', async () => {
    await importOk(first)
    const before = await idByCode()
    const summary = await importOk(
      csv(
        ...top,
        '330825001001,甲社区,community,330825001000',
        '330825001202,乙村村委会,village,330825001000',
      ),
    )
    expect(counts(summary)).toMatchObject({ recoded: 1, renamed: 1, created: 0, retired: 0 })
    expect((await idByCode()).get('330825001001')).toBe(before.get('330825001201'))
  })

  it('does not give a retired place back under another name when its code is used again', async () => {
    await importOk(first)
    const gone = (await idByCode()).get('330825001202')
    await importOk(csv(...top, '330825001201,甲村村委会,village,330825001000'))
    const summary = await importOk(
      csv(
        ...top,
        '330825001201,甲村村委会,village,330825001000',
        '330825001202,丙村村委会,village,330825001000',
      ),
    )
    expect(counts(summary)).toMatchObject({ created: 1, returned: 0, renamed: 0 })
    const { tree } = await loadDirectory(db)
    expect(tree.findByCode('330825001202')).toMatchObject({ name: '丙村村委会', retiredAt: null })
    expect(tree.get(gone ?? 0)).toMatchObject({ name: '乙村村委会', formerCodes: ['330825001202'] })
  })

  it('does not guess when two places could be meant', async () => {
    const two = [
      '330825002203,同村村委会,village,330825002000',
      '330825002204,同村村委会,village,330825002000',
    ]
    await importOk(csv(...top, '330825001201,同村村委会,village,330825001000'))
    const summary = await importOk(csv(...top, ...two))
    expect(counts(summary)).toMatchObject({ created: 2, moved: 0, retired: 1 })
  })

  it('changes risk class, election day and aliases, and keeps them when the columns are absent', async () => {
    await importOk(first)
    const full = [
      `${header},riskClass,electionDay,aliases`,
      ...top.slice(1).map((line) => `${line},,,`),
      '330825001201,甲村村委会,village,330825001000,complex,2017-03-31,老甲|"甲,庄"',
    ]
    const summary = await importOk(
      csv(
        ...full.slice(0, -1),
        '330825001201,甲村村委会,village,330825001000,complex,2017-03-31,老甲|甲庄',
        '330825001202,乙村村委会,village,330825001000,,,',
      ),
    )
    expect(summary.updated).toEqual([{ code: '330825001201', name: '甲村村委会' }])
    const expected = { riskClass: 'complex', electionDay: '2017-03-31', aliases: ['老甲', '甲庄'] }
    expect((await loadDirectory(db)).tree.findByCode('330825001201')).toMatchObject(expected)
    expect(counts(await importOk(first))).toEqual({ ...none, unchanged: 6 })
    expect((await loadDirectory(db)).tree.findByCode('330825001201')).toMatchObject(expected)
  })

  it('writes nothing when one row is bad', async () => {
    const result = await importAreas(db, {
      bytes: csv(...top, '330825001201,甲村村委会,village,330825009000'),
      now,
    })
    expect(result).toMatchObject({
      outcome: 'refused',
      problems: [{ line: 6, code: 'parent-unknown' }],
    })
    expect(await db.area.count()).toBe(0)
  })
})

describe('a file that is only a part', () => {
  it('is refused until somebody says that the rest really went', async () => {
    await importOk(edition2016)
    const part = new TextDecoder().decode(edition2016).split('\n').slice(0, 300)
    const bytes = csv(...part)
    expect(await importAreas(db, { bytes, now })).toEqual({
      outcome: 'too-many-retired',
      retired: 1395,
      known: 1694,
    })
    expect((await importOk(bytes, true)).retired).toHaveLength(1395)
  })
})
