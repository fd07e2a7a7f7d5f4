import { phases } from '../calendar/phases.ts'
import type { Db } from '../db/open-database.ts'
import type { Translate } from '../messages/messages.ts'
import { findContentIds } from './matter-store.ts'
import { missedByKind } from './reminder.ts'
import { createReminders, listReminderCodes } from './reminder-store.ts'

/**
 * One reminder for each phase that there is shipped content for, named in the language of the office. Active: nothing comes
 * before a village has an election day, and then an office wants it to. What is there is left alone. Returns how many are new.
 */
export async function seedReminders(
  db: Db,
  { t, now }: { t: Translate; now: Date },
): Promise<number> {
  const known = new Set(await listReminderCodes(db))
  const missing = phases.filter(({ key }) => !known.has(`phase-${key}`))
  if (missing.length === 0) return 0
  const contents = await findContentIds(
    db,
    missing.map(({ key }) => `phase-${key}`),
  )
  return createReminders(
    db,
    missing.flatMap(({ key, from, remindAt }) => {
      const contentId = contents.get(`phase-${key}`)
      if (contentId === undefined) return []
      return {
        code: `phase-${key}`,
        name: t(`calendar:phase.${key}`),
        rule: { offsetDays: from, atMinute: remindAt },
        matter: { contentId },
        audience: {},
        missed: missedByKind.reminder,
        state: 'active' as const,
        nextAt: now,
        createdById: null,
        createdAt: now,
      }
    }),
  )
}
