import { schedule } from 'node-cron'
import type { CampaignDeps } from './campaigns/campaign-deps.ts'
import { tendCampaigns } from './campaigns/tend-campaigns.ts'
import type { Db, PrismaClient } from './db/open-database.ts'
import { pruneDeliveries } from './delivery/delivery-store.ts'
import { pruneBodies } from './delivery/queue-store.ts'
import { describeError } from './errors.ts'
import { pruneMarks } from './groups/daily-mark-store.ts'
import { dayOf } from './lib/calendar.ts'
import type { Log } from './lib/log.ts'
import { sendReminders } from './reminders/send-reminders.ts'
import { pruneInvites } from './staff/invite-store.ts'
import { pruneInviteNotes } from './subscribers/invites/invite-store.ts'
import { tendLists } from './tips/cards/tend-lists.ts'
import { checkInboxes } from './tips/deadlines/check-inboxes.ts'
import type { DeadlineDeps } from './tips/deadlines/deadline-deps.ts'
import { sendDigests } from './tips/deadlines/send-digests.ts'
import { tendDeadlines } from './tips/deadlines/tend-deadlines.ts'
import { expireDrafts } from './tips/filing/expire-drafts.ts'
import { askAftercare } from './tips/handling/ask-aftercare.ts'
import { tidyTips } from './tips/handling/tidy-tips.ts'
import { hideIdentities } from './tips/identity/show-identity.ts'
import { pruneMutes } from './tips/muting/mute-store.ts'
import { prunePrompts } from './tips/reporter/prompt-store.ts'
import { pruneGuesses } from './tips/reporter/status-guess-store.ts'
import { endContents, endLinks, type RetentionDeps } from './tips/retention/run-retention.ts'
import { keepTipsApart } from './tips/routing/keep-apart.ts'
import { rerouteHeldTips } from './tips/routing/reroute-tips.ts'
import { askAgain } from './understanding/ask-again.ts'
import { pruneUpdates } from './updates/update-store.ts'

export type ScheduleDeps = {
  db: PrismaClient
  routing: DeadlineDeps & RetentionDeps & CampaignDeps & { botId: number }
  /** Null: no digest. */
  digestHour: number | null
  today: () => string
  timezone: string
  /** There may be something to send. */
  wake: () => void
  log: Log
  /** Rings at the times of a cron expression. */
  cron?: Cron
}

export type Cron = typeof schedule

/** `run` has one transaction. `runAll` opens one for each of many things, so that none holds up another. */
type Task = { name: string; cron: string } & (
  | { run: (db: Db) => Promise<number> }
  | { runAll: (db: PrismaClient) => Promise<number> }
)

const hourMs = 3_600_000
/** Telegram repeats an update for a day at most. */
const keepUpdateNumbersMs = 48 * hourMs
/** Long enough to answer “did it go out last week?”. */
const keepDeliveriesMs = 14 * 24 * hourMs
/** A digest tells what happened since the one before it, which may be some weeks ago. */
const keepMarksMs = 60 * 24 * hourMs
const deliveriesPerRun = 20_000

/**
 * Everything that happens by itself. Every task looks for what is due and changes it conditionally, so that it does no
 * harm when two processes run it, when it runs late, or when it was missed.
 */
function listTasks({ routing, today, log, digestHour, timezone }: ScheduleDeps): Task[] {
  const deadlines = { ...routing, log, digestHour }
  const ago = (ms: number) => new Date(routing.now().getTime() - ms)
  return [
    {
      name: 'route held tips again',
      cron: '*/5 * * * *',
      run: (db) => rerouteHeldTips(db, routing),
    },
    // By day: a message in the night frightens.
    {
      name: 'ask after closed tips',
      cron: '*/10 9-19 * * *',
      run: (db) => askAftercare(db, routing),
    },
    // Before the others look at them: a tip must not go on where somebody is involved.
    {
      name: 'keep tips apart',
      cron: '* * * * *',
      runAll: (db) => keepTipsApart(db, { ...routing, log }),
    },
    { name: 'tidy tips', cron: '* * * * *', run: (db) => tidyTips(db, routing) },
    // At night too: a few chose such an hour for themselves.
    {
      name: 'ask again',
      cron: '*/10 * * * *',
      run: async (db) => {
        const { tree } = await routing.directory.current(db)
        return askAgain(db, { ...routing, tree, timezone, now: routing.now() })
      },
    },
    // Often, so that a list tells soon what is left; without a list it costs one small query.
    {
      name: 'tend lists of tips',
      cron: '*/5 * * * * *',
      runAll: (db) => tendLists(db, { ...routing, log }),
    },
    { name: 'forget wrong codes', cron: '7 * * * *', run: (db) => pruneGuesses(db, routing.now()) },
    {
      name: 'send reminders',
      cron: '* * * * *',
      runAll: (db) => sendReminders(db, { ...routing, log, timezone }),
    },
    { name: 'tend deadlines', cron: '* * * * *', runAll: (db) => tendDeadlines(db, deadlines) },
    // Often, so that what was approved for now starts now; with nothing to send it costs two small queries.
    {
      name: 'tend campaigns',
      cron: '*/5 * * * * *',
      runAll: (db) => tendCampaigns(db, { ...routing, log }),
    },
    { name: 'send digests', cron: '*/2 * * * *', runAll: (db) => sendDigests(db, deadlines) },
    // At half past eight, or as soon as something runs again after that.
    {
      name: 'check inboxes',
      cron: '*/10 8-19 * * *',
      runAll: (db) => checkInboxes(db, deadlines),
    },
    {
      name: 'forget daily marks',
      cron: '47 3 * * *',
      run: (db) => pruneMarks(db, dayOf(ago(keepMarksMs), timezone)),
    },
    {
      name: 'forget update numbers',
      cron: '17 * * * *',
      run: (db) => pruneUpdates(db, ago(keepUpdateNumbersMs)),
    },
    {
      name: 'forget finished deliveries',
      cron: '27 * * * *',
      run: async (db) =>
        (await pruneDeliveries(db, ago(keepDeliveriesMs), deliveriesPerRun)) +
        (await pruneBodies(db, deliveriesPerRun)),
    },
    {
      name: 'take names away',
      cron: '* * * * *',
      run: (db) => hideIdentities(db, routing),
    },
    {
      name: 'forget links of the office',
      cron: '47 3 * * *',
      run: (db) => pruneInvites(db, routing.now()),
    },
    { name: 'end mutes', cron: '11 * * * *', run: (db) => pruneMutes(db, routing.now()) },
    {
      name: 'forget what was asked',
      cron: '9 * * * *',
      run: (db) => prunePrompts(db, routing.now()),
    },
    // All night, a few at a time: an inbox takes twenty messages a minute, and a card is emptied when its tip goes.
    { name: 'end links', cron: '*/5 1-4 * * *', run: (db) => endLinks(db, routing) },
    { name: 'end contents', cron: '*/5 1-4 * * *', run: (db) => endContents(db, routing) },
    {
      name: 'forget how people came',
      cron: '41 3 * * *',
      run: (db) => pruneInviteNotes(db, today()),
    },
    { name: 'drop expired drafts', cron: '37 3 * * *', run: (db) => expireDrafts(db, today()) },
  ]
}

export type Schedule = { start: () => void; stop: () => Promise<void> }

export function createSchedule(deps: ScheduleDeps): Schedule {
  const { db, timezone, wake, log, cron = schedule } = deps
  const running = new Set<Promise<void>>()
  let stopAll = async () => {}

  async function run(task: Task): Promise<void> {
    const { name } = task
    try {
      const count =
        'runAll' in task ? await task.runAll(db) : await db.$transaction((tx) => task.run(tx))
      if (count > 0) log.info({ task: name, count }, 'task done')
      wake()
    } catch (error) {
      log.error({ task: name, error: describeError(error) }, 'task failed')
    }
  }

  return {
    start: () => {
      const tasks = listTasks(deps).map((task) =>
        cron(
          task.cron,
          async () => {
            const work = run(task).finally(() => running.delete(work))
            running.add(work)
            await work
          },
          { timezone, name: task.name, noOverlap: true },
        ),
      )
      stopAll = async () => {
        for (const task of tasks) await task.destroy()
      }
    },
    stop: async () => {
      await stopAll()
      await Promise.all(running)
    },
  }
}
