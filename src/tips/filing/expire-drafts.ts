import type { Db } from '../../db/open-database.ts'
import { deleteExpiredDraftRows } from './draft-store.ts'

/** Removes drafts that nobody went on with, keys and photos included. Returns how many. */
export async function expireDrafts(db: Db, today: string): Promise<number> {
  return deleteExpiredDraftRows(db, new Date(today))
}
