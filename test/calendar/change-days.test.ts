import { expect, it } from 'vitest'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { seedDirectory } from '../../src/areas/seed-directory.ts'
import { changeDays } from '../../src/calendar/change-days.ts'
import { findPlaces } from '../../src/calendar/find-place.ts'
import { importCalendar } from '../../src/calendar/import-calendar.ts'
import { planDays } from '../../src/calendar/plan-days.ts'
import { verifyAudit } from '../../src/staff/audit.ts'
import { createTestDatabase } from '../support/database.ts'

const { db } = await createTestDatabase()
await seedDirectory(db, new Date(0))
const by = { now: new Date('2026-11-24T02:00:00Z'), actor: 'staff:1' }
/** Of another process. */
const cache = createDirectoryCache()
const treeNow = async () => (await cache.current(db)).tree
const idOf = async (name: string) => findPlaces(await treeNow(), name)[0]?.id ?? 0

it('a changed day is known to every process, and stands in the audit', async () => {
  const areaId = await idOf('贺村镇')
  const village = await idOf('贺村镇 山底村')
  const plan = planDays(await treeNow(), [{ areaId, day: '2026-12-05' }])
  expect(await db.$transaction((tx) => changeDays(tx, by, plan))).toBe('changed')
  expect((await treeNow()).electionDay(village)).toBe('2026-12-05')
  const line = await db.auditLine.findFirst({ orderBy: { id: 'desc' } })
  expect(line).toMatchObject({
    actor: 'staff:1',
    action: 'election day changed',
    subject: `area:${areaId}`,
    detail: { [`area:${areaId}`]: '- → 2026-12-05' },
  })
  expect(await verifyAudit(db)).toMatchObject({ ok: true })
})

it('a plan that was made from another day changes nothing, not even its other places', async () => {
  const [one, other] = [await idOf('清湖镇'), await idOf('峡口镇')]
  const tree = await treeNow()
  const old = planDays(tree, [
    { areaId: one, day: '2026-12-06' },
    { areaId: other, day: '2026-12-06' },
  ])
  await db.$transaction((tx) =>
    changeDays(tx, by, planDays(tree, [{ areaId: other, day: '2026-12-13' }])),
  )
  expect(await db.$transaction((tx) => changeDays(tx, by, old))).toBe('outdated')
  const after = await treeNow()
  expect([after.electionDay(one), after.electionDay(other)]).toEqual([null, '2026-12-13'])
  expect(await changeDays(db, by, planDays(after, []))).toBe('unchanged')
})

it('a file is looked at first, applied whole, and changes nothing the second time or when a row is broken', async () => {
  const run = async (isApplied: boolean, ...rows: string[]) => {
    const bytes = Buffer.from(`place,day\n${rows.join('\n')}\n`)
    const input = { bytes, now: by.now, today: '2026-11-24', isApplied }
    return importCalendar(db, input, async (_tx, { moved }) => moved.length)
  }
  const areaId = await idOf('大桥镇')
  const file = ['大桥镇,2026-12-20', '贺村镇,']
  const looked = await run(false, ...file)
  expect(looked).toMatchObject({ outcome: 'looked', plan: { changes: [{ areaId }, {}] } })
  expect('effect' in looked && looked.effect).toBeGreaterThan(2)
  expect((await treeNow()).electionDay(areaId)).toBe(null)
  expect(await run(true, ...file)).toMatchObject({ outcome: 'imported' })
  expect((await treeNow()).electionDay(areaId)).toBe('2026-12-20')
  expect((await treeNow()).electionDay(await idOf('贺村镇'))).toBe(null)
  expect(await run(true, ...file)).toMatchObject({ effect: 0, plan: { changes: [] } })
  const broken = await run(true, '大桥镇,2026-12-21', '没有镇,2026-12-21')
  expect(broken).toMatchObject({ outcome: 'refused', problems: [{ line: 3 }] })
  expect((await treeNow()).electionDay(areaId)).toBe('2026-12-20')
})
