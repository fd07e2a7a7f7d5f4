import { findReminder } from '../../reminders/reminder-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import { tellColleagues } from '../../staff/tell-colleagues.ts'
import type { ChatContext } from '../context.ts'
import type { RemindersDeps } from './reminders-page.ts'

/** `key`: what one of the office did with it. */
type Done = { staff: Staff; id: number; key: 'made' | 'changed' | 'paused' | 'resumed' | 'run' }

/** Says it to the others. No second person is asked about reminders, so that is how a wrong one is noticed. */
export async function tellOfReminder(
  ctx: ChatContext,
  deps: RemindersDeps,
  { staff, id, key }: Done,
): Promise<void> {
  const reminder = await findReminder(ctx.tx, id)
  if (!reminder) return
  await tellColleagues(ctx.tx, deps, staff, (t, who) => ({
    text: t(`reminders:told.${key}`, { who, name: reminder.name }),
    keyboard: [[{ text: t('campaigns:button.open'), data: `rem:show:${id}` }]],
  }))
}
