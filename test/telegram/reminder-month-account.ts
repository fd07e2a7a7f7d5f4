import { type Area, isLeaf } from '../../src/areas/area.ts'
import type { AreaTree } from '../../src/areas/area-tree.ts'
import { type Phase, phases } from '../../src/calendar/phases.ts'
import { readShippedContent } from '../../src/content/seed-content.ts'
import { openKeyring } from '../../src/db/open-keyring.ts'
import { addDays, dayOf, instantAt, minuteOf } from '../../src/lib/calendar.ts'
import type { LogPage } from '../../src/sandbox/control/schemas.ts'
import { saveSubscriber } from '../../src/subscribers/subscriber-store.ts'
import type { Stage } from '../support/stage.ts'

/** Somebody who follows a village, and the hour that they chose. */
export type Person = { chatId: number; areaId: number; hour: number | null }
/** An election day, set or changed at an instant. */
export type Setting = { at: Date; areaId: number; day: string }
type Span = { firstDay: string; lastDay: string; timezone: string }

export function listVillages(tree: AreaTree): Area[] {
  return tree.all.filter((area) => isLeaf(area) && !area.retiredAt)
}

/** People of the stand-in who follow a village from this day on. */
export async function subscribe(
  stage: Stage,
  people: readonly Person[],
  today: string,
): Promise<void> {
  const from_id = Math.min(...people.map(({ chatId }) => chatId))
  await stage.telegram.call('POST', '/crowds', { from_id, count: people.length })
  const { keyring } = await openKeyring(stage.db, `${stage.folder}/secret.key`)
  for (const { chatId, ...follows } of people) {
    const person = { chatId, today, language: 'zh-CN' as const }
    await saveSubscriber(stage.db, keyring, person, { state: 'active', ...follows })
  }
}

/**
 * What has arrived, from the log of the stand-in: by chat, as lines like “2026-11-26 540 phase-nominate”. What is none of the
 * shipped texts stands there as it begins.
 */
export async function readArrivals(
  stage: Stage,
  people: readonly Person[],
  timezone: string,
): Promise<Map<number, string[]>> {
  const { entries, dropped } = await stage.telegram.call<LogPage>(
    'GET',
    '/log?method=sendMessage&ok=true&limit=100000',
  )
  if (dropped > 0) throw new Error('The log is not whole')
  const codes = (await readShippedContent()).series
    .flatMap(({ items }) => items)
    .map(({ code, texts }) => ({ code, title: texts['zh-CN']?.title ?? '' }))
  const arrived = new Map(people.map(({ chatId }) => [chatId, [] as string[]]))
  for (const { chat_id, at_ms, params } of entries) {
    const text = String(params?.text)
    const found = codes.find(({ title }) => text.startsWith(title))
    const at = new Date(at_ms)
    const line = `${dayOf(at, timezone)} ${minuteOf(at, timezone)} ${found?.code ?? text.slice(0, 20)}`
    arrived.get(Number(chat_id))?.push(line)
  }
  return arrived
}

/**
 * Written down from the calendar alone: each step at the first time at which it falls on a day, by the election day that held
 * then. `settings` in the order of time.
 */
export function listExpected(
  tree: AreaTree,
  settings: readonly Setting[],
  { areaId, hour }: Person,
  span: Span,
): string[] {
  const places = tree.chain(areaId).map(({ id }) => id)
  const ownOf = places.map((id) => settings.filter((setting) => setting.areaId === id))
  const electionDay = (at: Date) =>
    ownOf.map((own) => own.findLast((setting) => setting.at < at)?.day).find(Boolean)
  return phases.flatMap(({ key, from, remindAt }: Phase) => {
    const minute = hour === null ? remindAt : hour * 60
    for (let day = span.firstDay; day <= span.lastDay; day = addDays(day, 1)) {
      const held = electionDay(instantAt(day, minute, span.timezone))
      if (held && addDays(held, from) === day) return [`${day} ${minute} phase-${key}`]
    }
    return []
  })
}
