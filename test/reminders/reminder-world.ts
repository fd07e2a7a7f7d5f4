import { expect } from 'vitest'
import { changeDirectoryVersion } from '../../src/areas/area-store.ts'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import type { ContentKind } from '../../src/content/content.ts'
import { createDraft, moveVersion } from '../../src/content/content-store.ts'
import { createEnqueue, openAddress, openBody } from '../../src/delivery/enqueue-delivery.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createLog } from '../../src/lib/log.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { firstTime } from '../../src/reminders/change-reminder.ts'
import type { Reminder } from '../../src/reminders/reminder.ts'
import { createReminder } from '../../src/reminders/reminder-store.ts'
import { sendReminders } from '../../src/reminders/send-reminders.ts'
import { createStaff } from '../../src/staff/staff-store.ts'
import { saveSubscriber } from '../../src/subscribers/subscriber-store.ts'
import { calendarTree } from '../calendar/calendar-tree.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

export const timezone = 'Asia/Shanghai'
const keyring = createKeyring(new Uint8Array(32).fill(7))

/** The places of `calendarTree`, people in them, content, and a clock that is moved by hand. */
export async function createReminderWorld() {
  const database = await createTestDatabase()
  const { db } = database
  const messages = await createMessages()
  let now = new Date(0)
  const logLines: string[] = []
  const process = () => ({
    keyring,
    messages,
    directory: createDirectoryCache(),
    enqueue: createEnqueue({ keyring, now: () => now }),
    now: () => now,
    timezone,
    log: createLog('debug', (line) => logLines.push(line)),
  })
  const deps = process()

  return {
    db,
    deps,
    logLines,
    /** What another process would have of its own. */
    process,
    reset: async (days: Record<number, string> = {}) => {
      await emptyDatabase(database)
      await db.area.createMany({
        data: calendarTree(days).all.map(({ electionDay, ...area }) => ({
          ...area,
          electionDay: electionDay === null ? null : new Date(electionDay),
        })),
      })
      await changeDirectoryVersion(db)
    },
    setDay: async (areaId: number, day: string | null) => {
      await db.area.update({ where: { id: areaId }, data: { electionDay: day && new Date(day) } })
      await changeDirectoryVersion(db)
    },
    admin: () => createStaff(db, { telegramId: 30001, role: 'admin', name: '', language: 'zh-CN' }),
    /** The clock of the office, such as 2026-11-24 09:00. */
    at: (local: string) => {
      now = new Date(`${local.replace(' ', 'T')}:00+08:00`)
    },
    /** …and the minute's tick. */
    tickAt: async (local: string, by = deps) => {
      now = new Date(`${local.replace(' ', 'T')}:00+08:00`)
      const count = await sendReminders(db, by)
      expect(logLines.filter((line) => line.includes('reminder failed'))).toEqual([])
      return count
    },
    subscriber: async (chatId: number, areaId: number, hour: number | null = null) => {
      const person = { chatId, today: '2026-11-01', language: 'zh-CN' as const }
      await saveSubscriber(db, keyring, person, { state: 'active', areaId })
      const { id = 0 } = (await db.subscriber.findFirst({ orderBy: { id: 'desc' } })) ?? {}
      if (hour !== null) await db.subscriber.update({ where: { id }, data: { hour } })
      return id
    },
    content: async (
      body: string,
      {
        kind = 'reminder',
        ...more
      }: { kind?: ContentKind; seriesId?: number; place?: number } = {},
    ) => {
      const texts = { 'zh-CN': { title: body, body } }
      const version = await createDraft(db, { kind, texts, authorId: null, now, ...more })
      await moveVersion(db, version.id, { from: ['draft'], to: 'published', publishedAt: now })
      return version.contentId
    },
    series: async (name: string) => {
      const { id } = await db.contentSeries.create({ data: { code: name, name } })
      return id
    },
    reminder: (given: Pick<Reminder, 'rule' | 'matter'> & Partial<Reminder> & { code?: string }) =>
      createReminder(db, {
        code: `r${Math.random()}`,
        name: '提醒',
        audience: {},
        missed: 'late',
        state: 'active',
        nextAt: firstTime(given, { now, timezone }),
        createdById: null,
        createdAt: now,
        ...given,
      }),
    /** What is to go out, as “chat: first line”, in order of chats. */
    planned: async () => {
      const rows = await db.delivery.findMany({ where: { lane: 'bulk' }, orderBy: { id: 'asc' } })
      const bodies = new Map(
        (await db.deliveryBody.findMany()).map(({ id, sealed }) => [id, openBody(keyring, sealed)]),
      )
      return rows.map(({ address, bodyId }) => {
        const body = bodies.get(bodyId ?? 0n)
        const text = body?.kind === 'text' ? body.text : ''
        return `${openAddress(keyring, address).chatId}: ${text.split('\n')[0]}`
      })
    },
    /** What the office was told. */
    told: async () => {
      const rows = await db.delivery.findMany({ where: { lane: 'urgent' }, orderBy: { id: 'asc' } })
      return rows.flatMap(({ body }) => {
        const opened = body && openBody(keyring, body)
        return opened?.kind === 'text' ? [opened.text] : []
      })
    },
    runs: async () => {
      const rows = await db.reminderRun.findMany({ orderBy: { id: 'asc' } })
      return rows.map(({ key, state, recipients, reason }) =>
        [key, state, recipients, ...(reason ? [reason] : [])].join(' '),
      )
    },
  }
}
