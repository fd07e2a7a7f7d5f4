import { Composer } from 'grammy'
import { z } from 'zod'
import type { DirectoryCache } from '../../areas/directory.ts'
import { changeDays } from '../../calendar/change-days.ts'
import { type DayChange, planDays } from '../../calendar/plan-days.ts'
import type { Enqueue } from '../../delivery/enqueue-delivery.ts'
import type { Messages } from '../../messages/messages.ts'
import {
  dropStaffPrompt,
  findStaffPrompt,
  type StaffPrompt,
  saveStaffPrompt,
} from '../../staff/staff-prompt-store.ts'
import { tellColleagues } from '../../staff/tell-colleagues.ts'
import { digestOf, type ImportSentDays, proposeDays, tablePrompt } from '../calendar-import.ts'
import { mayBeTable } from '../content-import.ts'
import type { ChatContext } from '../context.ts'
import type { StaffWordHandlers } from './staff-words.ts'

type TableDeps = {
  enqueue: Enqueue
  messages: Messages
  directory: DirectoryCache
  today: () => string
  now: () => Date
  timezone: string
}

const promptMs = 60 * 60_000
const read = z.object({
  changes: z.array(z.object({ areaId: z.int(), day: z.string().nullable() })),
})

/** Many election days at once, from a table that is sent: shown first, changed when that is confirmed. */
export function calendarTable(deps: TableDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery('cal:table', async (ctx) => {
    const staff = await ctx.turn.staff()
    if (!staff) return
    const untilAt = new Date(deps.now().getTime() + promptMs)
    await saveStaffPrompt(ctx.tx, staff.id, { kind: tablePrompt, data: {}, untilAt })
    await ctx.say(ctx.t('calendar:table.ask'))
  })
  feature.callbackQuery(/^cal:table:ok:([\w-]{1,8}):(\w{1,8})$/, async (ctx) => {
    const [, seen, digest] = ctx.match
    const staff = await ctx.turn.staff()
    const prompt = staff && (await findStaffPrompt(ctx.tx, staff.id, deps.now()))
    const changes = readChanges(prompt)
    // It may have lain there since before midnight.
    const isOver = changes.some(({ day }) => day !== null && day < deps.today())
    if (!staff || isOver || digestOf(changes) !== digest)
      return ctx.show(ctx.t('calendar:table.gone'))
    const about = { ...deps, tree: (await deps.directory.current(ctx.tx)).tree, t: ctx.turn.t }
    const { view, edition } = await proposeDays(ctx.tx, about, changes)
    if (seen !== edition)
      return ctx.show(`${ctx.t('calendar:outdated')}\n\n${view.text}`, view.keyboard)
    const by = { now: deps.now(), actor: `staff:${staff.id}` }
    const outcome = await changeDays(ctx.tx, by, planDays(about.tree, changes))
    await dropStaffPrompt(ctx.tx, staff.id)
    if (outcome !== 'changed') return ctx.show(ctx.t('calendar:table.gone'))
    await tellColleagues(ctx.tx, deps, staff, (t, who) => ({
      text: t('calendar:told.table', { who, count: changes.length }),
      keyboard: [[{ text: t('campaigns:button.open'), data: 'cal:at:0:0' }]],
    }))
    await ctx.show(ctx.t('calendar:table.done', { count: changes.length }))
  })
  feature.callbackQuery('cal:table:no', async (ctx) => {
    const staff = await ctx.turn.staff()
    if (staff) await dropStaffPrompt(ctx.tx, staff.id)
    await ctx.show(ctx.t('calendar:table.kept'))
  })
  return feature
}

/** The table that was asked for. Not dropped: one with a mistake is mended and sent again. */
export function calendarTableWords(deps: { importDays: ImportSentDays }): StaffWordHandlers {
  return {
    [tablePrompt]: async (ctx, staff) => {
      const { file_id: id, file_name: name = '', file_size: size = 0 } = ctx.message?.document ?? {}
      if (id === undefined || !mayBeTable({ name, size }))
        return ctx.say(ctx.t('content:import.unreadable'))
      await ctx.say(ctx.t('content:import.reading'))
      ctx.turn.afterCommit.push(() => void deps.importDays(id, staff))
    },
  }
}

/** What a table said, once it was read; none while it is waited for. */
function readChanges(prompt: StaffPrompt | null): DayChange[] {
  if (prompt?.kind !== tablePrompt) return []
  return read.safeParse(prompt.data).data?.changes ?? []
}
