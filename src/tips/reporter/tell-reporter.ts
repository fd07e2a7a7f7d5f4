import type { Db } from '../../db/open-database.ts'
import { type DialogueDeps, sendToReporter } from '../dialogue/send-to-reporter.ts'
import { findTip } from '../tip-store.ts'

/**
 * A sentence to whoever filed the tip, which they open with a tap: the phone that lights up shows only that there is
 * something. Nothing happens once the vault has forgotten them.
 */
export async function tellReporter(
  tx: Db,
  deps: DialogueDeps,
  tipId: number,
  key: string,
  params: Record<string, string | number>,
): Promise<void> {
  const tip = await findTip(tx, tipId)
  if (tip) await sendToReporter(tx, deps, tip, { kind: 'notice', content: { key, params } })
}
