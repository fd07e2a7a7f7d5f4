import { beforeEach, describe, expect, it } from 'vitest'
import { appendAudit, verifyAudit } from '../../src/staff/audit.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const line = (n: number) => ({
  at: new Date(Date.UTC(2017, 2, 28, 9, n)),
  actor: 'supervisor:1',
  action: 'tip acknowledged',
  subject: `tip:${n}`,
  detail: { zeta: n, alpha: '签收', done: true, none: null },
})

beforeEach(async () => {
  await emptyDatabase(database)
  for (const n of [1, 2, 3, 4]) await db.$transaction((tx) => appendAudit(tx, line(n)))
})

describe('the audit chain', () => {
  it('is whole as long as nobody touches it', async () => {
    expect(await verifyAudit(db)).toMatchObject({ ok: true, lines: 4 })
  })

  it('has no gap after a transaction that was rolled back', async () => {
    const failing = db.$transaction(async (tx) => {
      await appendAudit(tx, line(5))
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await db.$transaction((tx) => appendAudit(tx, line(6)))
    expect(await verifyAudit(db)).toMatchObject({ ok: true, lines: 5 })
  })

  it('is written by one at a time', async () => {
    await Promise.all([5, 6, 7, 8, 9].map((n) => db.$transaction((tx) => appendAudit(tx, line(n)))))
    expect(await verifyAudit(db)).toMatchObject({ ok: true, lines: 9 })
  })

  it.each([
    ['actor', { actor: 'supervisor:2' }],
    ['time', { at: new Date(0) }],
    ['detail', { detail: { zeta: 9 } }],
  ])('names a line whose %s was changed', async (_what, data) => {
    await db.auditLine.update({ where: { id: 3 }, data })
    expect(await verifyAudit(db)).toEqual({ ok: false, lineId: 3, why: 'changed' })
  })

  it('tells from the end that was noted earlier that lines behind it are gone', async () => {
    const noted = await verifyAudit(db)
    if (!noted.ok) throw new Error('The chain is broken')
    const known = { lineId: noted.lines, hash: noted.head }
    await db.auditLine.delete({ where: { id: 4 } })
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
    expect(await verifyAudit(db, known)).toEqual({ ok: false, lineId: 4, why: 'missing' })
    await db.$transaction((tx) => appendAudit(tx, line(9)))
    expect(await verifyAudit(db, known)).toEqual({ ok: false, lineId: 4, why: 'swapped' })
  })

  it.each([1, 3])('names line %i when it is missing', async (id) => {
    await db.auditLine.delete({ where: { id } })
    expect(await verifyAudit(db)).toEqual({ ok: false, lineId: id, why: 'missing' })
  })

  it('names the first of two lines that were swapped', async () => {
    for (const [from, to] of [
      [2, 99],
      [3, 2],
      [99, 3],
    ])
      await db.auditLine.update({ where: { id: from }, data: { id: to } })
    expect(await verifyAudit(db)).toEqual({ ok: false, lineId: 2, why: 'swapped' })
  })
})
