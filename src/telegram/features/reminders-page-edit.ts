import { sayDay } from '../../audiences/say-day.ts'
import { countsFrom } from '../../reminders/edit-reminder.ts'
import { type EditedVillages, readEdit } from '../../reminders/preview-edit.ts'
import type { Reminder } from '../../reminders/reminder.ts'
import { type FinishedDraft, matterOf, timeOf, wordingOf } from '../../reminders/reminder-draft.ts'
import type { ChatContext } from '../context.ts'
import {
  audienceLine,
  clockText,
  describeReminder,
  matterLine,
  missedLine,
  type RemindersDeps,
  whenLine,
} from './reminders-page.ts'

const shownEffects = 20

/** A reminder as it would be, what it is now where that differs, and what moves. Nothing is written yet. */
export async function describeEdit(
  ctx: ChatContext,
  deps: RemindersDeps,
  before: Reminder,
  after: FinishedDraft,
): Promise<string> {
  if (wordingOf(before) === wordingOf(after))
    return [ctx.t('reminders:edit.ask'), '', await describeReminder(ctx, deps, after)].join('\n')
  const { tree } = await deps.directory.current(ctx.tx)
  const moment = { tree, now: deps.now(), timezone: deps.timezone }
  const { villages, isSaidToday } = await readEdit(ctx.tx, moment, before, after)
  const since = countsFrom(isSaidToday, moment)
  return [
    ctx.t('reminders:edit.review'),
    '',
    await describeReminder(ctx, deps, after, since),
    '',
    ctx.t('reminders:edit.was'),
    ...(await oldLines(ctx, deps, before, after)).map((line) => `· ${line}`),
    '',
    ...effectLines(ctx, villages),
    ...(isSaidToday ? [ctx.t('reminders:edit.saidToday')] : []),
    ctx.t('reminders:edit.unsure'),
  ].join('\n')
}

async function oldLines(
  ctx: ChatContext,
  deps: RemindersDeps,
  before: Reminder,
  after: FinishedDraft,
): Promise<string[]> {
  const isOtherAudience = JSON.stringify(before.audience) !== JSON.stringify(after.audience)
  return [
    ...(before.name === after.name ? [] : [ctx.t('reminders:edit.oldName', { name: before.name })]),
    ...(matterOf(before.matter) === matterOf(after.matter)
      ? []
      : [await matterLine(ctx, deps, before)]),
    ...(timeOf(before.rule) === timeOf(after.rule) ? [] : [whenLine(ctx, before)]),
    ...(isOtherAudience ? [await audienceLine(ctx, deps, before)] : []),
    ...(before.missed === after.missed ? [] : [missedLine(ctx, before)]),
  ]
}

function effectLines(ctx: ChatContext, villages: readonly EditedVillages[]): string[] {
  if (villages.length === 0) return []
  const say = (due: EditedVillages['to']) =>
    due ? `${sayDay(due.day, ctx.turn.language)} ${clockText(due.minute)}` : ''
  const lines = villages.map(({ effect, from, to, villages: count }) => {
    const key = effect === 'moved' && from === null ? 'new' : effect
    return ctx.t(`reminders:effect.${key}`, { from: say(from), to: say(to), count })
  })
  const hidden = lines.length - shownEffects
  return [
    ctx.t('reminders:edit.moves'),
    ...lines.slice(0, shownEffects),
    ...(hidden > 0 ? [ctx.t('calendar:page.more', { count: hidden })] : []),
    '',
  ]
}
