import { createDirectoryCache } from '../../../src/areas/directory.ts'
import { createEnqueue } from '../../../src/delivery/enqueue-delivery.ts'
import { createLog } from '../../../src/lib/log.ts'
import { createMessages } from '../../../src/messages/messages.ts'
import { createReminders } from '../../../src/reminders/reminder-store.ts'
import { sendReminders } from '../../../src/reminders/send-reminders.ts'
import { keyring } from '../harness/bench-dispatcher.ts'
import { type Row, rounded } from '../harness/row.ts'
import { now, timezone, villagesOf } from '../harness/subscribers.ts'
import type { Ground } from './outreach.ts'

const reminders = 1_000
const mostMs = 10_000

/** A thousand reminders that are due in the same minute, each for a village of its own. */
export async function runReminders({ kind, db, tree, version, people }: Ground): Promise<Row[]> {
  const villages = villagesOf(tree).slice(0, reminders)
  await createReminders(
    db,
    villages.map((areaId, n) => ({
      code: `bench-${n}`,
      name: `bench ${n}`,
      rule: { cron: '0 9 * * *' },
      matter: { contentId: version.contentId },
      audience: { areas: [areaId] },
      missed: 'late',
      state: 'active',
      nextAt: now,
      createdById: null,
      createdAt: now,
    })),
  )
  const clock = () => now
  const deps = {
    keyring,
    messages: await createMessages(),
    directory: createDirectoryCache(),
    enqueue: createEnqueue({ keyring, now: clock }),
    now: clock,
    timezone,
    log: createLog('error', (line) => console.error(line)),
  }
  const before = await db.delivery.count()
  const startedAt = performance.now()
  const planned = await sendReminders(db, deps)
  const ms = performance.now() - startedAt
  const recipients = (await db.delivery.count()) - before
  const runs = await db.reminderRun.count({ where: { state: 'sent' } })
  const again = await sendReminders(db, deps)
  const doubled = (await db.delivery.count()) - before - recipients
  const row: Row = {
    scenario: 'outreach',
    what: `${rounded(reminders)} reminders due in the same minute, ${rounded(people)} subscribers, ${kind}`,
    measured: `${rounded(ms / 1_000, 1)} s; ${runs} runs, ${rounded(recipients)} recipients; asked again: ${again} runs, ${doubled} recipients`,
    target: `<= ${mostMs / 1_000} s, each once`,
    isMet: ms <= mostMs && planned === reminders && runs === reminders && doubled === 0,
  }
  return [row]
}
