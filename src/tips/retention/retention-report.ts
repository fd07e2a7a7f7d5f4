import type { Db } from '../../db/open-database.ts'
import { dayOf } from '../../lib/calendar.ts'
import { decideRetention, type RetentionRules } from './decide-retention.ts'
import { listHolds } from './hold-store.ts'
import { countDraftsByDay, countOpen, listRetained } from './retention-store.ts'

export type RetentionDay = { day: string; links: number; contents: number; drafts: number }

export type RetentionReport = {
  /** Days on which something is due, the past included: what is late is destroyed in the next night. */
  days: RetentionDay[]
  holds: { number: string; since: string }[]
  /** Tips that are not closed: nothing of them is destroyed. */
  open: { count: number; oldest: string | null }
}

const batchSize = 500

/** What will be destroyed when. Names nobody and opens nothing. */
export async function readRetentionReport(
  db: Db,
  { rules, timezone }: { rules: RetentionRules; timezone: string },
): Promise<RetentionReport> {
  const days = new Map<string, RetentionDay>()
  const count = (day: string, what: 'links' | 'contents' | 'drafts', n = 1) => {
    const known = days.get(day) ?? { day, links: 0, contents: 0, drafts: 0 }
    days.set(day, { ...known, [what]: known[what] + n })
  }
  for (let afterId = 0; ; ) {
    const tips = await listRetained(db, { afterId, limit: batchSize })
    for (const tip of tips) {
      const { linkAt, contentAt } = decideRetention(tip, rules)
      if (linkAt) count(dayOf(linkAt, timezone), 'links')
      if (contentAt) count(dayOf(contentAt, timezone), 'contents')
      afterId = tip.id
    }
    if (tips.length < batchSize) break
  }
  for (const { day, count: drafts } of await countDraftsByDay(db)) count(day, 'drafts', drafts)
  const { count: openCount, oldestAt } = await countOpen(db)
  const holds = await listHolds(db)
  return {
    days: [...days.values()].sort((a, b) => a.day.localeCompare(b.day)),
    holds: holds.map(({ number, sinceAt }) => ({ number, since: dayOf(sinceAt, timezone) })),
    open: { count: openCount, oldest: oldestAt && dayOf(oldestAt, timezone) },
  }
}
