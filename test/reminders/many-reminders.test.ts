import { expect, it } from 'vitest'
import { createReminderWorld } from './reminder-world.ts'

const world = await createReminderWorld()
const { db } = world
const count = 1_000
/** What an office is promised; two cores take about half of it, embedded or with PostgreSQL. */
const mostMs = 10_000

it('a thousand reminders that are due in the same minute are planned in ten seconds', async () => {
  await world.reset({ 3: '2026-11-29' })
  world.at('2026-11-23 10:00')
  const contentId = await world.content('{村名}还有{天数}天')
  for (const areaId of [4, 5]) await world.subscriber(areaId, areaId)
  await world.subscriber(6, 4, 9)
  const first = await world.reminder({ rule: { cron: '0 9 * * *' }, matter: { contentId } })
  const { id: _, code: __, ...like } = await db.reminder.findUniqueOrThrow({ where: { id: first } })
  await db.reminder.createMany({
    data: Array.from({ length: count - 1 }, (_row, at) => ({
      ...like,
      audience: {},
      code: `more-${at}`,
      // Half of them by the clock, half by the days of a village.
      ...(at % 2 === 0 ? {} : { cron: null, offsetDays: -5, atMinute: 540 }),
    })),
  })
  const began = { wallMs: performance.now(), cpu: process.cpuUsage() }
  expect(await world.tickAt('2026-11-24 09:00')).toBe(count)
  const { user, system } = process.cpuUsage(began.cpu)
  // An embedded database works in this process: what others on a busy machine take away does not count.
  const isOnServer = Boolean(process.env.TEST_DATABASE_URL)
  const tookMs = isOnServer ? performance.now() - began.wallMs : (user + system) / 1_000
  expect(await db.reminderRun.count({ where: { state: 'sent', recipients: 3 } })).toBe(count)
  expect(await db.delivery.count()).toBe(count * 3)
  expect(tookMs).toBeLessThan(mostMs)
})
