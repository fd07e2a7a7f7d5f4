/**
 * Shows what a file of election days would change, and with --apply changes it. `npm run calendar:import -- <file>`; the
 * format is in docs/data-formats.md.
 */
import { displayName } from '../src/areas/area-name.ts'
import type { AreaTree } from '../src/areas/area-tree.ts'
import { importCalendar } from '../src/calendar/import-calendar.ts'
import type { DaysPlan } from '../src/calendar/plan-days.ts'
import { type MovedReminder, type MoveEffect, readMoves } from '../src/reminders/preview-move.ts'
import { runImport } from './support/run-import.ts'

/** More would hide the reminders that follow. */
const shownPlaces = 200
const shownVillages = 5

/** Before the work begins: what stands below an await at the top is not there yet while it runs. */
const effects: Record<MoveEffect, (move: MovedReminder) => string> = {
  moved: ({ from, to }) => `${from ?? 'not due'} → ${to}`,
  now: () => 'its day is today, it goes out at once',
  asked: () => 'its hour today is over, admins are asked',
  missed: () => 'its day is over, it does not come',
  sent: () => 'was sent already, does not come again',
  gone: ({ from }) => `${from} → does not come`,
}

await runImport(
  'calendar:import',
  async (db, input) => {
    const { now, timezone } = input
    const result = await importCalendar(db, input, (tx, { moved, tree }) =>
      readMoves(tx, { tree, now, timezone }, moved),
    )
    if (result.outcome === 'refused') return result
    const { before, plan, effect } = result
    return { outcome: 'imported', lines: describe(before, plan, effect, input.isApplied) }
  },
  'apply',
)

function describe(
  before: AreaTree,
  { changes, moved }: DaysPlan,
  reminders: readonly MovedReminder[],
  isApplied: boolean,
): string[] {
  if (changes.length === 0) return ['Nothing to change: every day is as the file says.']
  const places = changes.map(({ areaId, was, day }) => {
    const { code } = before.get(areaId)
    return `  ${code} ${before.path(areaId)}: ${was ?? 'no day'} → ${day ?? 'no day'}`
  })
  const groups = [
    ...Map.groupBy(moved, ({ from, to }) => `${from ?? 'no day'} → ${to ?? 'no day'}`),
  ]
  const villages = groups.map(([days, group]) => {
    const names = group.slice(0, shownVillages).map(({ areaId }) => displayName(before.get(areaId)))
    const rest = group.length > shownVillages ? ' …' : ''
    return `  ${days}: ${group.length} (${names.join(', ')}${rest})`
  })
  return [
    isApplied ? 'The calendar is changed.' : 'This is what would change. Nothing is written yet.',
    `${places.length} places${places.length > shownPlaces ? '.' : ':'}`,
    ...(places.length > shownPlaces ? [] : places),
    `${moved.length} villages get another day${moved.length > 0 ? ':' : '.'}`,
    ...villages,
    ...(reminders.length > 0 ? ['Reminders:', ...reminders.map(describeMove)] : []),
    ...(isApplied
      ? []
      : [`To change it: npm run calendar:import -- ${process.argv[2] ?? ''} --apply`]),
  ]
}

function describeMove(move: MovedReminder): string {
  return `  ${move.reminder.name}: ${effects[move.effect](move)} (${move.villages} villages)`
}
