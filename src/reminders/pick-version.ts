import type { ContentVersion } from '../content/content.ts'
import { findPublished } from '../content/content-store.ts'
import { nextOfSeries } from '../content/series-store.ts'
import type { Db } from '../db/open-database.ts'
import type { Matter, RunReason } from './reminder.ts'

/** `place`: of its series, to be kept once somebody got it; null: no series. */
export type Picked =
  | { version: ContentVersion; place: number | null }
  | { reason: Extract<RunReason, 'no-content' | 'series-over'> }

export type PickVersion = typeof pickVersion

/** The same, asking once for content that many reminders say. For one look at what is due, not longer. */
export function pickVersionsOnce(): PickVersion {
  const known = new Map<string, Promise<Picked>>()
  return (db, matter, today) => {
    if (!('contentId' in matter)) return pickVersion(db, matter, today)
    const key = `${matter.contentId} ${today}`
    const picked = known.get(key) ?? pickVersion(db, matter, today)
    known.set(key, picked)
    return picked
  }
}

/** What a reminder says today (YYYY-MM-DD). */
export async function pickVersion(db: Db, matter: Matter, today: string): Promise<Picked> {
  if ('contentId' in matter) {
    const version = await findPublished(db, matter.contentId, today)
    return version ? { version, place: null } : { reason: 'no-content' }
  }
  const next = await nextOfSeries(db, matter.seriesId, matter.seriesPlace, today)
  return next ?? { reason: 'series-over' }
}
