import { expect, it } from 'vitest'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { changeDays } from '../../src/calendar/change-days.ts'
import { findPlaces } from '../../src/calendar/find-place.ts'
import { planDays } from '../../src/calendar/plan-days.ts'
import { isQuiet } from '../../src/delivery/quiet-hours.ts'
import { addDays, dayOf, instantAt, minuteOf } from '../../src/lib/calendar.ts'
import { createStage } from '../support/stage.ts'
import { listExpected, readArrivals, type Setting, subscribe } from './reminder-month-account.ts'

const timezone = 'Europe/Berlin'
/** At three in the morning of 25 October the clock goes back to two. */
const span = { firstDay: '2026-10-22', lastDay: '2026-10-27', timezone }
const elections = [
  { place: '贺村镇 溪淤村', day: '2026-10-24' },
  { place: '贺村镇 山底村', day: '2026-10-25' },
  { place: '石门镇 清漾村', day: '2026-10-26' },
]
const halfHourMs = 1_800_000
let clock = instantAt(span.firstDay, 0, timezone)

const stage = await createStage({
  now: () => clock,
  logLevel: 'warn',
  env: { TIMEZONE: timezone },
})

it('each step comes once and by the local clock, also where the clock of the country goes back', async () => {
  const { tree } = await createDirectoryCache().current(stage.db)
  const changes = elections.map(({ place, day }) => ({
    areaId: findPlaces(tree, place)[0]?.id ?? 0,
    day,
  }))
  const by = { now: clock, actor: 'system' }
  await stage.db.$transaction((tx) => changeDays(tx, by, planDays(tree, changes)))
  const people = changes.flatMap(({ areaId }, at) =>
    [null, 8, 20].map((hour, n) => ({ chatId: 1_001 + 3 * at + n, areaId, hour })),
  )
  await subscribe(stage, people, span.firstDay)

  const end = instantAt(addDays(span.lastDay, 1), 0, timezone)
  for (; clock < end; clock = new Date(clock.getTime() + halfHourMs)) {
    // Nights are quiet; the one that is an hour longer is looked at.
    const isDull = isQuiet(minuteOf(clock, timezone)) && dayOf(clock, timezone) !== '2026-10-25'
    if (!isDull) await stage.ring('send reminders')
  }

  const settings = changes.map((one): Setting => ({ ...one, at: new Date(0) }))
  const arrived = await readArrivals(stage, people, timezone)
  for (const person of people) {
    const expected = listExpected(tree, settings, person, span)
    expect(expected.length).toBeGreaterThanOrEqual(3)
    expect(arrived.get(person.chatId)?.toSorted()).toEqual(expected.sort())
  }
})
