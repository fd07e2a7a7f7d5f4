import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { AreaTree } from '../../src/areas/area-tree.ts'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { findPlaces } from '../../src/calendar/find-place.ts'
import { importCalendar } from '../../src/calendar/import-calendar.ts'
import { phases } from '../../src/calendar/phases.ts'
import { isQuiet } from '../../src/delivery/quiet-hours.ts'
import { addDays, instantAt } from '../../src/lib/calendar.ts'
import { meetAdmin } from '../support/cast.ts'
import { type Actor, createStage, type Stage } from '../support/stage.ts'
import {
  listExpected,
  listVillages,
  type Person,
  readArrivals,
  type Setting,
  subscribe,
} from './reminder-month-account.ts'

const noon = 12 * 60
const firstChat = 1_000_001

describe('a month of elections in every village of the directory', async () => {
  const timezone = 'Asia/Shanghai'
  const [firstDay, lastDay] = ['2026-11-01', '2026-12-21']
  let clock = instantAt(firstDay, 6 * 60, timezone)
  const stage = await createStage({ now: () => clock, logLevel: 'warn' })
  const tree = await readTree(stage)
  const idOf = (place: string) => findPlaces(tree, place)[0]?.id ?? 0
  const at = (day: string, minute: number) => instantAt(day, minute, timezone)

  /** What an admin changes in the chat. */
  const moves = [
    // A township votes earlier…
    { on: '2026-11-20', place: '贺村镇', day: '2026-12-06' },
    // … one later, when names were put forward this morning: that day comes a second time, its reminder does not …
    { on: '2026-11-26', place: '石门镇', day: '2026-12-11' },
    // … and one village at noon of the day before its election.
    { on: '2026-12-07', place: '长台镇 乾湖村', day: '2026-12-10' },
  ]
  /** At nine this day the service is killed in the middle, on that one it is off. */
  const [restartDay, outageDay, backAt] = ['2026-11-16', '2026-11-24', 580]
  const setBackDay = '2026-11-17'

  it('everybody gets each step once, on the day of their village, and never at night', async () => {
    const admin = await meetAdmin(stage)
    const people = castPeople(
      tree,
      moves.map(({ place }) => idOf(place)),
    )
    await subscribe(stage, people, firstDay)
    people.push(await subscribeInChat(stage, 701, tree, '贺村镇 溪淤村'))
    const calendar = planCalendar(tree, idOf('江山市'))
    const bytes = Buffer.from(
      ['place,day', ...calendar.map(({ areaId, day }) => `${tree.get(areaId).code},${day}`)].join(
        '\n',
      ),
    )
    const file = { bytes, now: clock, today: firstDay, isApplied: true }
    expect(await importCalendar(stage.db, file, async () => null)).toMatchObject({
      outcome: 'imported',
    })

    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
      for (const minute of [180, 449, 450, 480]) await ring(day, minute)
      if (day === restartDay) await restartInTheMiddle(day, 540)
      else if (day === outageDay) await stayAway(day, 510, backAt)
      else await ring(day, 540)
      if (day === setBackDay) for (const minute of [510, 540]) await ring(day, minute)
      clock = at(day, noon)
      for (const move of moves.filter(({ on }) => on === day)) await changeDay(admin, move)
      for (const minute of [1_110, 1_200, 1_260, 1_380]) await ring(day, minute)
    }

    const settings: Setting[] = [
      ...calendar.map((one) => ({ ...one, at: at(firstDay, 0) })),
      ...moves.map(({ on, place, day }) => ({ at: at(on, noon), areaId: idOf(place), day })),
    ]
    const late = (line: string) => line.replace(`${outageDay} 540`, `${outageDay} ${backAt}`)
    const arrived = await readArrivals(stage, people, timezone)
    const wrong = people.flatMap((person) => {
      const expected = listExpected(tree, settings, person, { firstDay, lastDay, timezone })
      expect(expected).toHaveLength(phases.length)
      const got = (arrived.get(person.chatId) ?? []).filter((line) => line.includes(' phase-'))
      const [is, should] = [got.toSorted().join(), expected.map(late).sort().join()]
      return is === should
        ? []
        : [{ place: tree.path(person.areaId), hour: person.hour, is, should }]
    })
    expect(wrong).toEqual([])
    const lines = [...arrived.values()].flat().filter((line) => line.includes(' phase-'))
    expect(lines.filter((line) => isQuiet(Number(line.split(' ')[1])))).toEqual([])
    expect(lines).toHaveLength(people.length * phases.length)
    const reached = new Set(people.map(({ areaId }) => areaId))
    expect(reached.size).toBe(listVillages(tree).length)
    expect(reached.size).toBeGreaterThanOrEqual(1_585)
    expect(stage.logLines.filter((line) => line.includes('reminder failed'))).toEqual([])
  }, 240_000)

  async function ring(day: string, minute: number): Promise<void> {
    clock = at(day, minute)
    await stage.ring('send reminders')
  }

  /** What is planned and not sent yet goes out when the service is back. */
  async function restartInTheMiddle(day: string, minute: number): Promise<void> {
    clock = at(day, minute)
    const where = { lane: 'bulk', createdAt: clock }
    const ringing = stage.ring('send reminders')
    while ((await stage.db.delivery.count({ where: { ...where, state: 'sent' } })) === 0)
      await setTimeout(1)
    await stage.stop()
    expect(
      await stage.db.delivery.count({ where: { ...where, state: 'pending' } }),
    ).toBeGreaterThan(0)
    await stage.start()
    await ringing
  }

  async function stayAway(day: string, from: number, until: number): Promise<void> {
    clock = at(day, from)
    await stage.stop()
    clock = at(day, until)
    await stage.start()
    await ring(day, until)
  }
})

async function readTree(stage: Stage): Promise<AreaTree> {
  return (await createDirectoryCache().current(stage.db)).tree
}

/** One in every village, and some who chose an hour: in every thirtieth, and in three of every place that moves. */
function castPeople(tree: AreaTree, moving: readonly number[]): Person[] {
  const villages = listVillages(tree).map(({ id }) => id)
  const below = moving.flatMap((place) =>
    villages.filter((id) => tree.chain(id).some((area) => area.id === place)).slice(0, 3),
  )
  const withHours = [...villages.filter((_, at) => at % 30 === 0), ...below]
  return [
    ...villages.map((areaId) => ({ areaId, hour: null })),
    ...withHours.flatMap((areaId) => [8, 20].map((hour) => ({ areaId, hour }))),
  ].map((follows, at) => ({ chatId: firstChat + at, ...follows }))
}

/** Scans the code of the village, as villagers do. */
async function subscribeInChat(
  stage: Stage,
  chatId: number,
  tree: AreaTree,
  village: string,
): Promise<Person> {
  const [area] = findPlaces(tree, village)
  const villager = await stage.villager(chatId)
  await villager.start(`v_${area?.code}`)
  await villager.presses('是，我是')
  return { chatId, areaId: area?.id ?? 0, hour: null }
}

/** Every county has its day; every ninth township and every fortieth village has another, but none in `exceptId`. */
function planCalendar(tree: AreaTree, exceptId: number): { areaId: number; day: string }[] {
  const others = tree.all.filter(
    ({ id, retiredAt }) => !retiredAt && tree.chain(id).every((area) => area.id !== exceptId),
  )
  const ofLevel = (level: string) => others.filter((area) => area.level === level)
  const spread = (areas: readonly { id: number }[], every: number, days: readonly string[]) =>
    areas
      .filter((_, at) => at % every === 0)
      .map(({ id }, at) => ({ areaId: id, day: days[at % days.length] ?? '' }))
  return [
    { areaId: exceptId, day: '2026-12-08' },
    ...spread(ofLevel('county'), 1, [
      '2026-11-26',
      '2026-11-28',
      '2026-11-29',
      '2026-12-05',
      '2026-12-06',
    ]),
    ...spread(ofLevel('township'), 9, ['2026-11-30', '2026-12-03', '2026-12-07', '2026-12-09']),
    ...spread(
      listVillages(tree).filter(({ id }) => others.some((area) => area.id === id)),
      40,
      ['2026-11-27', '2026-12-01', '2026-12-04', '2026-12-10'],
    ),
  ]
}

async function changeDay(
  admin: Actor,
  { place, day }: { place: string; day: string },
): Promise<void> {
  await admin.says(`/calendar ${place}`)
  await admin.presses('日子')
  await admin.says(day)
  expect((await admin.last()).text).toContain('定时提醒：')
  await admin.presses('确定改')
  expect((await admin.last()).text).toContain('改好了')
}
