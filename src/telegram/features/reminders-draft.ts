import { Composer } from 'grammy'
import { findPhase } from '../../calendar/phases.ts'
import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import { addReminder } from '../../reminders/change-reminder.ts'
import { type EditOutcome, editReminder } from '../../reminders/edit-reminder.ts'
import { missedPolicies, type Reminder } from '../../reminders/reminder.ts'
import {
  draftOf,
  type FinishedDraft,
  finishDraft,
  type ReminderDraft,
  wordingOf,
} from '../../reminders/reminder-draft.ts'
import { findReminder } from '../../reminders/reminder-store.ts'
import { dropStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import type { ChatContext } from '../context.ts'
import { reminderAudience, sayAudience, sayMatches, takeSince } from './reminders-audience.ts'
import { readTime, sayMatters, sayWhen, takeMatter } from './reminders-choose.ts'
import { describeReminder, type RemindersDeps } from './reminders-page.ts'
import { describeEdit } from './reminders-page-edit.ts'
import { draftKind, keepDraft, readDraft, type TakeStep } from './reminders-prompt.ts'
import { tellOfReminder } from './reminders-told.ts'
import type { StaffWordHandlers } from './staff-words.ts'

const longestName = 60

type Office = {
  findWriter: (ctx: ChatContext) => Promise<Staff | null>
  sayPage: (ctx: ChatContext, deps: RemindersDeps, id: number, notice?: string) => Promise<void>
}

/** A reminder that is made or changed, step by step: what, when, to whom, and one more look before it counts. */
export function reminderDraftFeature(deps: RemindersDeps, office: Office): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const step: TakeStep = async (ctx, go) => {
    const staff = await office.findWriter(ctx)
    const draft = staff && (await readDraft(ctx, deps, staff))
    if (staff && draft) await go(staff, draft)
    // In place of the page it would hide, after a second press, what the first one made: it would be made again.
    else ctx.toast(ctx.t('reminders:new.gone'), true)
  }

  feature.callbackQuery('rem:new', async (ctx) => {
    const staff = await office.findWriter(ctx)
    if (!staff) return
    await keepDraft(ctx, deps, staff, {})
    await sayMatters(ctx, deps, 0)
  })
  feature.callbackQuery(/^rem:edit:(\d{1,9})$/, async (ctx) => {
    const staff = await office.findWriter(ctx)
    const reminder = await findReminder(ctx.tx, Number(ctx.match[1]))
    if (!reminder) return ctx.show(ctx.t('reminders:run.gone'))
    if (staff) await sayReview(ctx, deps, staff, draftOf(reminder))
  })
  feature.callbackQuery('rem:n:review', (ctx) =>
    step(ctx, (staff, draft) => goOn(ctx, deps, staff, draft)),
  )
  feature.callbackQuery('rem:n:what', (ctx) =>
    step(ctx, (_staff, draft) => sayMatters(ctx, deps, 0, draft)),
  )
  feature.callbackQuery(/^rem:n:page:(\d{1,6})$/, (ctx) =>
    step(ctx, (_staff, draft) => sayMatters(ctx, deps, Number(ctx.match[1]), draft)),
  )
  feature.callbackQuery(/^rem:n:(content|series):(\d{1,9})$/, (ctx) =>
    step(ctx, async (staff, draft) => {
      const id = Number(ctx.match[2])
      const chosen = ctx.match[1] === 'content' ? { contentId: id } : { seriesId: id }
      const next = await takeMatter(ctx, deps, draft, chosen)
      await (next ? goOn(ctx, deps, staff, next) : sayMatters(ctx, deps, 0))
    }),
  )
  feature.callbackQuery('rem:n:when', (ctx) =>
    step(ctx, async (staff, draft) => {
      await keepDraft(ctx, deps, staff, { ...draft, asks: 'time' })
      await sayWhen(ctx, draft)
    }),
  )
  feature.callbackQuery(/^rem:n:phase:(\w+)$/, (ctx) =>
    step(ctx, async (staff, draft) => {
      const phase = findPhase(ctx.match[1] ?? '')
      if (!phase) return sayWhen(ctx, draft)
      const rule = { offsetDays: phase.from, atMinute: phase.remindAt }
      await goOn(ctx, deps, staff, { ...draft, rule })
    }),
  )
  feature.callbackQuery('rem:n:clock', (ctx) =>
    step(ctx, async (staff, draft) => {
      await keepDraft(ctx, deps, staff, { ...draft, asks: 'time' })
      await ctx.say(ctx.t('reminders:new.cron'))
    }),
  )
  feature.callbackQuery('rem:n:whom', (ctx) =>
    step(ctx, (staff, draft) => sayAudience(ctx, deps, staff, draft)),
  )
  feature.callbackQuery('rem:n:chosen', (ctx) =>
    step(ctx, (staff, draft) =>
      goOn(ctx, deps, staff, { ...draft, audience: draft.audience ?? {} }),
    ),
  )
  feature.use(reminderAudience(deps, step))
  feature.callbackQuery('rem:n:missed', (ctx) =>
    step(ctx, (staff, draft) => {
      const at = missedPolicies.indexOf(draft.missed ?? 'late')
      const missed = missedPolicies[(at + 1) % missedPolicies.length] ?? 'late'
      return goOn(ctx, deps, staff, { ...draft, missed })
    }),
  )
  feature.callbackQuery('rem:n:name', (ctx) =>
    step(ctx, async (staff, draft) => {
      await keepDraft(ctx, deps, staff, { ...draft, asks: 'name' })
      await ctx.say(ctx.t('reminders:new.name'))
    }),
  )
  feature.callbackQuery('rem:n:make', (ctx) =>
    step(ctx, async (staff, draft) => {
      const given = finishDraft(draft)
      if (!given) return goOn(ctx, deps, staff, draft)
      const { id, was } = draft
      if (id !== undefined && was !== undefined)
        return change(ctx, deps, office, staff, { id, was, given })
      await dropStaffPrompt(ctx.tx, staff.id)
      const by = { now: deps.now(), timezone: deps.timezone, staffId: staff.id }
      const newId = await addReminder(ctx.tx, by, given)
      await tellOfReminder(ctx, deps, { staff, id: newId, key: 'made' })
      await office.sayPage(ctx, deps, newId, ctx.t('reminders:new.made'))
    }),
  )
  return feature
}

/** What somebody types for a draft. */
export function reminderWords(deps: RemindersDeps): StaffWordHandlers {
  return {
    [draftKind]: async (ctx, staff) => {
      const draft = await readDraft(ctx, deps, staff)
      if (!draft) return ctx.say(ctx.t('reminders:new.gone'))
      const typed = ctx.message?.text?.trim() ?? ''
      if (draft.asks === 'place') return sayMatches(ctx, deps, typed)
      if (draft.asks === 'since') return takeSince(ctx, deps, staff, draft, typed)
      if (draft.asks === 'name') {
        const name = typed.slice(0, longestName)
        return name === ''
          ? ctx.say(ctx.t('reminders:new.name'))
          : goOn(ctx, deps, staff, { ...draft, name })
      }
      if (draft.asks !== 'time') return ctx.say(ctx.t('reminders:new.press'))
      const clock = { now: deps.now(), timezone: deps.timezone }
      const rule = await readTime(ctx, clock, typed, draft.rule)
      if (rule) await goOn(ctx, deps, staff, { ...draft, rule })
    },
  }
}

/** Keeps the draft and asks for what is missing; the last look when nothing is. */
async function goOn(
  ctx: ChatContext,
  deps: RemindersDeps,
  staff: Staff,
  { asks: _, ...draft }: ReminderDraft,
): Promise<void> {
  if (draft.contentId === undefined && draft.seriesId === undefined) {
    await keepDraft(ctx, deps, staff, draft)
    return sayMatters(ctx, deps, 0)
  }
  if (!draft.rule) {
    await keepDraft(ctx, deps, staff, { ...draft, asks: 'time' })
    return sayWhen(ctx, draft)
  }
  if (!draft.audience) return sayAudience(ctx, deps, staff, draft)
  return sayReview(ctx, deps, staff, draft)
}

async function sayReview(
  ctx: ChatContext,
  deps: RemindersDeps,
  staff: Staff,
  draft: ReminderDraft,
  notice?: string,
): Promise<void> {
  await keepDraft(ctx, deps, staff, draft)
  const given = finishDraft(draft)
  if (!given) return ctx.show(ctx.t('reminders:new.gone'))
  const before = draft.id === undefined ? null : await findReminder(ctx.tx, draft.id)
  if (draft.id !== undefined && !before) return ctx.show(ctx.t('reminders:run.gone'))
  const text = before
    ? await describeEdit(ctx, deps, before, given)
    : `${ctx.t('reminders:new.review')}\n\n${await describeReminder(ctx, deps, given)}`
  const whole = notice === undefined ? text : `${notice}\n\n${text}`
  await ctx.show(whole, reviewRows(ctx, before, given))
}

function reviewRows(ctx: ChatContext, before: Reminder | null, given: FinishedDraft): Keyboard {
  const button = (key: string, data: string): Button => ({
    text: ctx.t(`reminders:button.${key}`),
    data: `rem:${data}`,
  })
  const parts = [
    [button('what', 'n:what'), button('when', 'n:when')],
    [button('whom', 'n:whom'), button('name', 'n:name')],
    [button('missed', 'n:missed')],
  ]
  if (!before) return [[button('make', 'n:make')], ...parts, [button('cancel', 'list:0')]]
  const isChanged = wordingOf(before) !== wordingOf(given)
  return [
    ...(isChanged ? [[button('change', 'n:make')]] : []),
    ...parts,
    [button('keep', `show:${before.id}`)],
  ]
}

/** Writes the change, or shows it once more when somebody else was faster. */
async function change(
  ctx: ChatContext,
  deps: RemindersDeps,
  office: Office,
  staff: Staff,
  request: { id: number; was: string; given: FinishedDraft },
): Promise<void> {
  const { tree } = await deps.directory.current(ctx.tx)
  const by = { now: deps.now(), timezone: deps.timezone, staffId: staff.id, tree }
  const outcome: EditOutcome = await editReminder(ctx.tx, by, request)
  if (outcome === 'outdated') {
    const reminder = await findReminder(ctx.tx, request.id)
    const notice = ctx.t('reminders:edit.outdated')
    return reminder ? sayReview(ctx, deps, staff, draftOf(reminder), notice) : undefined
  }
  await dropStaffPrompt(ctx.tx, staff.id)
  if (outcome === 'gone') return ctx.show(ctx.t('reminders:run.gone'))
  if (outcome === 'changed')
    await tellOfReminder(ctx, deps, { staff, id: request.id, key: 'changed' })
  await office.sayPage(ctx, deps, request.id, ctx.t(`reminders:edit.${outcome}`))
}
