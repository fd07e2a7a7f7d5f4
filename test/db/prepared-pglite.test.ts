import { PGlite } from '@electric-sql/pglite'
import { afterAll, describe, expect, it } from 'vitest'
import { prepareStatements } from '../../src/db/prepared-pglite.ts'

const pglite = await PGlite.create()
const database = prepareStatements(pglite)
await database.open()
await database.exec('CREATE TABLE thing (id int PRIMARY KEY, name text, sealed bytea)')
afterAll(() => pglite.close())

const readName = 'SELECT name FROM thing WHERE id = $1'
const write = 'INSERT INTO thing (id, name) VALUES ($1, $2)'

/** What the session keeps of ours; a prepared statement lives as long as it. */
async function countPrepared(): Promise<number> {
  const { rows } = await pglite.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM pg_prepared_statements',
  )
  return rows[0]?.n ?? 0
}

describe('prepared statements of the embedded database', () => {
  it.each([
    ['int', 7, 7],
    ['text', 'a\'b"c\\ 村', 'a\'b"c\\ 村'],
    ['text', '', ''],
    ['text', null, null],
    ['boolean', true, true],
    ['bigint', 2n ** 60n, 2n ** 60n],
    ['bytea', new Uint8Array([0, 92, 255, 1]), new Uint8Array([0, 92, 255, 1])],
    ['bytea', new Uint8Array(), new Uint8Array()],
    ['text[]', ['a,b', '"', '{}'], ['a,b', '"', '{}']],
    ['int[]', [], []],
    ['jsonb', '{"a": [1, null]}', { a: [1, null] }],
    ['timestamp', '2017-03-20 08:00:00.5', new Date('2017-03-20T08:00:00.500Z')],
  ])('carry %s there and back, the first time and the next', async (type, value, back) => {
    for (const _time of [1, 2]) {
      const { rows } = await database.query(`SELECT $1::${type} AS value`, [value])
      expect(rows).toEqual([[back]])
    }
  })

  it('tell the columns, even without a row, and how many rows were changed', async () => {
    await database.query(write, [1, 'a'])
    await database.query(write, [2, 'b'])
    const none = await database.query(readName, [3])
    expect(none).toMatchObject({ rows: [], fields: [{ name: 'name', dataTypeID: 25 }] })
    expect(await database.query('UPDATE thing SET name = $1', ['c'])).toMatchObject({
      affectedRows: 2,
    })
    expect(await database.query('SELECT 1', [])).toMatchObject({ affectedRows: 0 })
  })

  it('are prepared once, and forgotten when hundreds of others came', async () => {
    const before = await countPrepared()
    for (let n = 0; n < 20; n += 1) await database.query('SELECT 4711', [])
    expect(await countPrepared()).toBe(before + 1)
    for (let n = 0; n < 600; n += 1) await database.query(`SELECT ${n} AS forgotten`, [])
    expect(await countPrepared()).toBeLessThanOrEqual(401)
    expect((await database.query('SELECT 4711', [])).rows).toEqual([[4711]])
  })

  it('do not keep a text that hardly comes again', async () => {
    const before = await countPrepared()
    const list = Array.from({ length: 2_000 }, (_, n) => n).join(',')
    const { rows } = await database.query(`SELECT count(*)::int FROM unnest(ARRAY[${list}])`, [])
    expect(rows).toEqual([[2_000]])
    expect(await countPrepared()).toBe(before)
  })

  it('that fail leave the next ones as they are, outside of a transaction and in one', async () => {
    await database.query('INSERT INTO thing (id) VALUES ($1)', [10])
    const twice = () => database.query('INSERT INTO thing (id) VALUES ($1)', [10])
    await expect(twice()).rejects.toMatchObject({ code: '23505' })
    await expect(database.query('SELECT nonsense')).rejects.toMatchObject({ code: '42703' })
    await database.transaction(async (tx) => {
      await tx.query('SAVEPOINT here')
      await expect(tx.query('INSERT INTO thing (id) VALUES ($1)', [10])).rejects.toMatchObject({
        code: '23505',
      })
      await expect(tx.query(readName, [10])).rejects.toMatchObject({ code: '25P02' })
      await tx.query('ROLLBACK TO SAVEPOINT here')
      await tx.query(write, [11, 'after'])
    })
    expect((await database.query(readName, [11])).rows).toEqual([['after']])
  })

  it('are planned for all values, and anew when a second is over, whatever happens just then', async () => {
    let nowMs = 0
    const aging = prepareStatements(pglite, () => nowMs)
    const text = 'SELECT name AS aged FROM thing WHERE id = $1'
    const grow = 'INSERT INTO thing (id) SELECT n + $1::int FROM generate_series(1, 5000) n'
    for (let n = 0; n < 20; n += 1) await aging.query(text, [10])
    const [kept] = (
      await pglite.query<{ name: string; general: number }>(
        'SELECT name, generic_plans::int AS general FROM pg_prepared_statements WHERE statement = $1',
        [text],
      )
    ).rows
    expect(kept?.general).toBeGreaterThan(10)
    const guess = async () =>
      JSON.stringify((await pglite.query(`EXPLAIN EXECUTE "${kept?.name}"(10)`)).rows)
    const before = await guess()
    expect((await aging.query(grow, [100])).affectedRows).toBe(5_000)
    expect(await guess()).toBe(before)

    nowMs += 1_500
    await aging.transaction(async (tx) => {
      await tx.query('SAVEPOINT here')
      await expect(tx.query('INSERT INTO thing (id) VALUES ($1)', [10])).rejects.toThrow()
      nowMs += 1_500
      await tx.query('ROLLBACK TO SAVEPOINT here')
      nowMs += 1_500
      expect((await tx.query(grow, [10_000])).affectedRows).toBe(5_000)
    })
    expect(await guess()).not.toBe(before)
  })

  it('wait while a transaction runs, and see what it did', async () => {
    const inside = database.transaction(async (tx) => {
      await tx.query(write, [20, 'first'])
      await new Promise(setImmediate)
      await tx.query('UPDATE thing SET name = $1 WHERE id = $2', ['second', 20])
    })
    const outside = database.query(readName, [20])
    await inside
    expect((await outside).rows).toEqual([['second']])
  })

  it('let timers ring while hundreds follow each other', async () => {
    let rings = 0
    const timer = setInterval(() => rings++, 1)
    try {
      for (let n = 0; n < 100; n += 1)
        await database.query('SELECT count(*) FROM generate_series(1, 20000)')
    } finally {
      clearInterval(timer)
    }
    expect(rings).toBeGreaterThan(5)
  })

  it('are prepared anew after a script that may have altered a table', async () => {
    const all = 'SELECT * FROM altered'
    await database.exec('CREATE TABLE altered (a int)')
    expect((await database.query(all)).fields).toHaveLength(1)
    await database.exec('ALTER TABLE altered ADD COLUMN b text')
    expect((await database.query(all)).fields).toHaveLength(2)
  })
})
