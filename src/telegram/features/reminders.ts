import { Composer } from 'grammy'
import { sayCount } from '../../campaigns/say-count.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { pauseReminder, resumeReminder } from '../../reminders/change-reminder.ts'
import type { Reminder } from '../../reminders/reminder.ts'
import { findReminder, listReminders } from '../../reminders/reminder-store.ts'
import {
  answerMissedRun,
  countByHand,
  type HandOutcome,
  runByHand,
} from '../../reminders/run-by-hand.ts'
import { dropStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import type { ChatContext } from '../context.ts'
import { reminderDraftFeature } from './reminders-draft.ts'
import { describeHistory, describeReminder, type RemindersDeps } from './reminders-page.ts'
import { tellOfReminder } from './reminders-told.ts'

/** What a list shows without scrolling for a minute. */
const perPage = 12

/** /reminders, for admins and editors: what comes by itself, when, to whom; pause, go on, send now, what came of it. */
export function remindersFeature(deps: RemindersDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  // Everybody else must not even learn that this exists.
  const office = feature.filter(async (ctx) => (await findWriter(ctx)) !== null)

  office.command('reminders', (ctx) => sayList(ctx, 0))
  office.callbackQuery(/^rem:list:(\d{1,6})$/, (ctx) => sayList(ctx, Number(ctx.match[1])))
  office.callbackQuery(/^rem:show:(\d{1,9})$/, async (ctx) => {
    const staff = await findWriter(ctx)
    if (staff) await dropStaffPrompt(ctx.tx, staff.id)
    await sayPage(ctx, deps, Number(ctx.match[1]))
  })
  office.callbackQuery(/^rem:(pause|resume):(\d{1,9})$/, async (ctx) => {
    const [staff, id] = [await findWriter(ctx), Number(ctx.match[2])]
    if (!staff) return
    const by = { now: deps.now(), timezone: deps.timezone, staffId: staff.id }
    const isPaused = ctx.match[1] === 'pause'
    const isDone = await (isPaused ? pauseReminder : resumeReminder)(ctx.tx, by, id)
    if (isDone) await tellOfReminder(ctx, deps, { staff, id, key: isPaused ? 'paused' : 'resumed' })
    await sayPage(ctx, deps, id)
  })
  office.callbackQuery(/^rem:run:(\d{1,9})$/, async (ctx) => {
    const reminder = await findShown(ctx, Number(ctx.match[1]))
    if (!reminder) return
    const count = await countByHand(ctx.tx, deps, reminder)
    const lines = [
      ctx.t('reminders:run.sure', { name: reminder.name }),
      ...('offsetDays' in reminder.rule ? [ctx.t('reminders:run.phase')] : []),
      ...sayCount(count, reminder.audience, ctx.turn.t),
    ]
    await ctx.show(lines.join('\n'), [
      [button(ctx, 'go', `rem:go:${reminder.id}`)],
      [button(ctx, 'back', `rem:show:${reminder.id}`)],
    ])
  })
  office.callbackQuery(/^rem:go:(\d{1,9})$/, async (ctx) => {
    const [staff, reminderId] = [await findWriter(ctx), Number(ctx.match[1])]
    if (!staff) return
    const outcome = await runByHand(ctx.tx, deps, { reminderId, staffId: staff.id })
    if (outcome.outcome === 'sent')
      await tellOfReminder(ctx, deps, { staff, id: reminderId, key: 'run' })
    await ctx.show(outcomeText(ctx, outcome), [[button(ctx, 'back', `rem:show:${reminderId}`)]])
  })
  office.callbackQuery(/^rem:log:(\d{1,9})$/, async (ctx) => {
    const reminder = await findShown(ctx, Number(ctx.match[1]))
    if (!reminder) return
    await ctx.show(await describeHistory(ctx, deps, reminder), [
      [button(ctx, 'back', `rem:show:${reminder.id}`)],
    ])
  })
  office.callbackQuery(/^rem:(late|skip):(\d{1,9})$/, async (ctx) => {
    const staff = await findWriter(ctx)
    if (!staff) return
    const answer = { runId: Number(ctx.match[2]), isSent: ctx.match[1] === 'late' }
    const outcome = await answerMissedRun(ctx.tx, deps, { ...answer, staffId: staff.id })
    const isDeclined = outcome.outcome === 'sent' && !answer.isSent
    // At night the question stays open, with its buttons.
    if (outcome.outcome === 'quiet') return ctx.say(ctx.t('reminders:run.quiet'))
    await ctx.show(isDeclined ? ctx.t('reminders:run.declined') : outcomeText(ctx, outcome))
  })
  office.use(reminderDraftFeature(deps, { findWriter, sayPage }))
  return feature
}

async function findWriter(ctx: ChatContext): Promise<Staff | null> {
  const staff = await ctx.turn.staff()
  return staff && (staff.role === 'admin' || staff.role === 'editor') ? staff : null
}

async function findShown(ctx: ChatContext, id: number): Promise<Reminder | null> {
  const reminder = await findReminder(ctx.tx, id)
  if (!reminder) await ctx.show(ctx.t('reminders:run.gone'))
  return reminder
}

async function sayList(ctx: ChatContext, page: number): Promise<void> {
  const staff = await findWriter(ctx)
  if (staff) await dropStaffPrompt(ctx.tx, staff.id)
  const all = await listReminders(ctx.tx)
  const turn = (key: string, to: number) => ({ text: ctx.t(key), data: `rem:list:${to}` })
  const turns = [
    ...(page > 0 ? [turn('areas:choose.previous', page - 1)] : []),
    ...((page + 1) * perPage < all.length ? [turn('areas:choose.next', page + 1)] : []),
  ]
  const keyboard: Keyboard = [
    [button(ctx, 'new', 'rem:new')],
    ...all
      .slice(page * perPage, (page + 1) * perPage)
      .map(({ id, name, state }) => [
        { text: `${ctx.t(`reminders:mark.${state}`)} ${name}`, data: `rem:show:${id}` },
      ]),
    ...(turns.length > 0 ? [turns] : []),
  ]
  const title = ctx.t(all.length === 0 ? 'reminders:list.none' : 'reminders:list.title', {
    count: all.length,
  })
  await ctx.show(title, keyboard)
}

async function sayPage(
  ctx: ChatContext,
  deps: RemindersDeps,
  id: number,
  notice?: string,
): Promise<void> {
  const reminder = await findShown(ctx, id)
  if (!reminder) return
  const state = ctx.t(`reminders:state.${reminder.state}`)
  const lines = [
    ...(notice === undefined ? [] : [notice, '']),
    await describeReminder(ctx, deps, reminder),
    ctx.t('reminders:page.state', { state }),
  ]
  const act = reminder.state === 'active' ? 'pause' : 'resume'
  await ctx.show(lines.join('\n'), [
    [button(ctx, act, `rem:${act}:${id}`), button(ctx, 'run', `rem:run:${id}`)],
    [button(ctx, 'edit', `rem:edit:${id}`), button(ctx, 'history', `rem:log:${id}`)],
    [button(ctx, 'list', 'rem:list:0')],
  ])
}

function outcomeText(ctx: ChatContext, outcome: HandOutcome): string {
  if (outcome.outcome !== 'sent') return ctx.t(`reminders:run.${outcome.outcome}`)
  const { recipients } = outcome
  return recipients === 0
    ? ctx.t('reminders:run.nobody')
    : ctx.t('reminders:run.sent', { count: recipients })
}

function button(ctx: ChatContext, key: string, data: string) {
  return { text: ctx.t(`reminders:button.${key}`), data }
}
