import { createHash } from 'node:crypto'
import { readDirectoryVersion } from '../areas/area-store.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { DirectoryCache } from '../areas/directory.ts'
import { type CalendarProblem, parseCalendar } from '../calendar/parse-calendar.ts'
import { type DayChange, planDays } from '../calendar/plan-days.ts'
import type { Db, PrismaClient } from '../db/open-database.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import { describeError } from '../errors.ts'
import type { Log } from '../lib/log.ts'
import type { Messages, Translator } from '../messages/messages.ts'
import { readMoves } from '../reminders/preview-move.ts'
import { saveStaffPrompt } from '../staff/staff-prompt-store.ts'
import type { Staff } from '../staff/staff-store.ts'
import type { Download } from '../tips/evidence/fetch-evidence.ts'
import { showTable } from './features/calendar-page.ts'

export type ImportSentDays = (fileId: string, staff: Staff) => Promise<void>

/** Of the prompt that waits for a table, and then keeps what it says until that is confirmed. */
export const tablePrompt = 'calendar-table'
const promptMs = 60 * 60_000
/** More lines than this hide the first ones, which are often the cause of the rest. */
const shownProblems = 20
const ownProblems: readonly string[] = [
  'election-not-a-day',
  'election-past',
  'election-too-far',
  'empty-place',
  'unknown-place',
  'which-place',
  'double-place',
]

type View = { text: string; keyboard: Keyboard }
type ImportDeps = {
  db: PrismaClient
  log: Log
  messages: Messages
  directory: DirectoryCache
  enqueue: Enqueue
  now: () => Date
  today: () => string
  timezone: string
  download: Download
  wake: () => void
}

/**
 * Fetches a table of election days that somebody of the office sent, and says what it would change, with the button that
 * does it: for after the commit of the update that brought it, as it waits for the network.
 */
export function createCalendarImport(deps: ImportDeps): ImportSentDays {
  const { db, log, messages, enqueue, download } = deps
  return async (fileId, staff) => {
    const t = messages.in(staff.language)
    const say = (tx: Db, { text, keyboard }: View) =>
      enqueue(tx, {
        ...{ lane: 'urgent', purpose: 'reply', address: { chatId: staff.telegramId } },
        outgoing: { kind: 'text', text, keyboard },
      })
    const lost = { text: t('calendar:table.lost'), keyboard: [] }
    try {
      const file = await download(fileId)
      await db.$transaction(async (tx) =>
        say(tx, file.ok ? await readTable(tx, deps, { bytes: file.bytes, staff, t }) : lost),
      )
    } catch (error) {
      log.error({ error: describeError(error) }, 'a table of days cannot be read')
      await db.$transaction((tx) => say(tx, lost)).catch(() => {})
    }
    deps.wake()
  }
}

/** What these changes would do, and the buttons to confirm them or not; `edition` is that of the directory. */
export async function proposeDays(
  db: Db,
  deps: Pick<ImportDeps, 'now' | 'today' | 'timezone'> & { tree: AreaTree; t: Translator },
  wanted: readonly DayChange[],
): Promise<{ view: View; edition: string }> {
  const { tree, t, timezone } = deps
  const plan = planDays(tree, wanted)
  const reminders = await readMoves(db, { tree: plan.tree, now: deps.now(), timezone }, plan.moved)
  const moves = { places: plan.changes.length, moved: plan.moved, reminders }
  const edition = (await readDirectoryVersion(db)).slice(0, 8) || '-'
  const data = `cal:table:ok:${edition}:${digestOf(wanted)}`
  return {
    edition,
    view: {
      text: showTable(t, { tree, today: deps.today() }, moves),
      keyboard: [
        [{ text: t('calendar:button.yes'), data }],
        [{ text: t('calendar:button.no'), data: 'cal:table:no' }],
      ],
    },
  }
}

/** So that the button of an older table does not confirm a newer one. */
export function digestOf(changes: readonly DayChange[]): string {
  return createHash('sha256').update(JSON.stringify(changes)).digest('hex').slice(0, 8)
}

async function readTable(
  tx: Db,
  deps: ImportDeps,
  { bytes, staff, t }: { bytes: Uint8Array; staff: Staff; t: Translator },
): Promise<View> {
  const { tree } = await deps.directory.current(tx)
  const { changes, problems } = parseCalendar(bytes, { tree, today: deps.today() })
  if (problems.length > 0) return { text: describeProblems(problems, t), keyboard: [] }
  // Only what changes something, and in one form: it is compared once more when the button is pressed.
  const wanted = planDays(tree, changes).changes.map(({ areaId, day }) => ({ areaId, day }))
  if (wanted.length === 0) return { text: t('calendar:table.same'), keyboard: [] }
  const untilAt = new Date(deps.now().getTime() + promptMs)
  const data = { changes: wanted }
  await saveStaffPrompt(tx, staff.id, { kind: tablePrompt, data, untilAt })
  return (await proposeDays(tx, { ...deps, tree, t }, wanted)).view
}

function describeProblems(problems: readonly CalendarProblem[], t: Translator): string {
  const more = problems.length - shownProblems
  const reason = ({ code, params }: CalendarProblem) =>
    ownProblems.includes(code)
      ? t(`calendar:table.problem.${code}`, params)
      : t(`content:import.problem.${code}`, params)
  return [
    t('calendar:table.refused'),
    ...problems
      .slice(0, shownProblems)
      .map((problem) => t('content:import.line', { line: problem.line, reason: reason(problem) })),
    ...(more > 0 ? [t('content:import.more', { count: more })] : []),
  ].join('\n')
}
