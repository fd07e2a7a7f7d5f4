import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const isOnServer = Boolean(process.env.TEST_DATABASE_URL)
/** They take minutes and know of no database: once is enough. */
const withoutDatabase = [
  'test/tips/evidence/media/**',
  'test/tips/evidence/cleaning/**',
  'test/tips/evidence/hostile-files.test.ts',
]
/** What is killed, cut off, flooded, attacked and taken apart for minutes, played for days, or runs as a command. */
const endurance = [
  'test/crash/**/*.test.ts',
  'test/delivery/*-days.test.ts',
  'test/guards/boot.test.ts',
  'test/reminders/many-reminders.test.ts',
  'test/scripts/**/*.test.ts',
  'test/telegram/{broadcast,broadcast-again,broadcast-mistakes,canary,canary-backup}.test.ts',
  'test/telegram/{content-hand-over,content-versions}.test.ts',
  'test/telegram/{deadlines,election-day,faults,forum-inbox,inbox-life,moved-inbox}.test.ts',
  'test/telegram/{piecemeal,reading-numbers,reminder-clock-change,reminder-month,reminders}.test.ts',
  'test/telegram/{tip-list,villager-life,voice-wish}.test.ts',
  'test/tips/cards/tip-list.test.ts',
  'test/tips/deadlines/many-tips.test.ts',
  'test/tips/evidence/{all-kinds,hostile-files}.test.ts',
  'test/tips/evidence/media/**/*.test.ts',
]
const onServer = isOnServer ? withoutDatabase : []

const withDatabase = {
  // Every file loads the Prisma client and PGlite: threads do it with a third less work than processes.
  pool: 'threads' as const,
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

/**
 * `unit` and `endurance` need no server and no browser, and TEST_DATABASE_URL switches them from PGlite to PostgreSQL;
 * `browser` drives the sandbox page in the system's Chromium.
 */
export default defineConfig({
  test: {
    // One more than there are cores: half of a test's time it waits for a reply.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...endurance, ...onServer],
          ...withDatabase,
        },
      },
      { test: { name: 'endurance', include: endurance, exclude: onServer, ...withDatabase } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
