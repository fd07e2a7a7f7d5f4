import type { Db } from '../../db/open-database.ts'
import type { InboxDeps } from '../cards/put-into-inbox.ts'
import { resayClosedCard } from '../cards/resay-card.ts'
import { lockTip, type TipRow } from '../tip-store.ts'
import { sayToGroup } from './hand-to-group.ts'

/** Something of the reporter's for the group. What was kept of it before comes with a card that has to come anew. */
export async function tellGroup(tx: Db, deps: InboxDeps, tip: TipRow, text: string): Promise<void> {
  await lockTip(tx, tip.id)
  if (!(await resayClosedCard(tx, deps, tip))) await sayToGroup(tx, deps, tip, text)
}
