import { type ReminderDraft, reminderDraft } from '../../reminders/reminder-draft.ts'
import { findStaffPrompt, saveStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import type { ChatContext } from '../context.ts'
import type { RemindersDeps } from './reminders-page.ts'

/** Of the prompt under which a draft is kept. */
export const draftKind = 'reminder-draft'
const promptMs = 60 * 60_000

/** With a draft of who pressed or typed, which may have been changed since. */
export type DraftStep = (staff: Staff, draft: ReminderDraft) => Promise<unknown>
export type TakeStep = (ctx: ChatContext, go: DraftStep) => Promise<void>

/** Null when it lies too far back. */
export async function readDraft(
  ctx: ChatContext,
  { now }: RemindersDeps,
  staff: Staff,
): Promise<ReminderDraft | null> {
  const prompt = await findStaffPrompt(ctx.tx, staff.id, now())
  return prompt?.kind === draftKind ? (reminderDraft.safeParse(prompt.data).data ?? null) : null
}

export async function keepDraft(
  ctx: ChatContext,
  { now }: RemindersDeps,
  staff: Staff,
  data: ReminderDraft,
): Promise<void> {
  const untilAt = new Date(now().getTime() + promptMs)
  await saveStaffPrompt(ctx.tx, staff.id, { kind: draftKind, data, untilAt })
}
