import type { Db } from '../db/open-database.ts'
import { dayOf } from '../lib/calendar.ts'
import { listStaff } from '../staff/staff-store.ts'
import type { Reminder } from './reminder.ts'
import type { ReminderDeps } from './reminder-deps.ts'

/** Asks every admin whether a time that was missed is made up for. The first answer counts. */
export async function askAboutRun(
  tx: Db,
  { messages, enqueue, timezone }: ReminderDeps,
  { name }: Reminder,
  runId: number,
  { dueAt }: { dueAt: Date },
): Promise<void> {
  const admins = await listStaff(tx, 'admin')
  await enqueue(
    tx,
    ...admins.map(({ telegramId, language }) => {
      const t = messages.in(language)
      return {
        lane: 'urgent' as const,
        purpose: 'alarm',
        address: { chatId: telegramId },
        outgoing: {
          kind: 'text' as const,
          text: t('reminders:missed.ask', { name, day: dayOf(dueAt, timezone) }),
          keyboard: [
            [
              { text: t('reminders:missed.send'), data: `rem:late:${runId}` },
              { text: t('reminders:missed.skip'), data: `rem:skip:${runId}` },
            ],
          ],
        },
      }
    }),
  )
}
