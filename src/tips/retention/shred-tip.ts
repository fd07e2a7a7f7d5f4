import type { Db } from '../../db/open-database.ts'
import { forgetDeliveries } from '../../delivery/forget-store.ts'
import { forgetSentFileRefs } from '../../delivery/sent-file-store.ts'
import { detachMute } from '../muting/mute.ts'
import { forgetOwnTip } from '../reporter/own-tips.ts'
import { dropPrompt } from '../reporter/prompt.ts'
import { openReporter } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { deleteContent, deleteTrace, type ShreddableTip } from './shred-store.ts'

type Deps = Pick<TipDeps, 'keyring' | 'timezone' | 'now'>

/** Nothing leads from the tip to its reporter any more: not the vault, not the chat's list, not the ledger. */
export async function shredTrace(
  tx: Db,
  deps: Deps,
  tip: ShreddableTip,
  options: { keepsCode: boolean },
): Promise<void> {
  if (tip.reporter) {
    const { chatId } = openReporter(deps.keyring, tip.reporter)
    await forgetOwnTip(tx, deps.keyring, { chatId, tipId: tip.id })
    await detachMute(tx, deps, { chatId, tipId: tip.id })
    await dropPrompt(tx, deps, chatId)
  }
  await deleteTrace(tx, tip.id, options)
  // A notice to the reporter has the tip as its subject and the chat as its address.
  await forgetDeliveries(tx, [`tip:${tip.id}`])
}

/** What of it waits to be sent into an inbox is not sent. Before anything is written there for the last time. */
export async function shredLedger(tx: Db, { cardIds }: ShreddableTip): Promise<void> {
  await forgetDeliveries(
    tx,
    cardIds.map((id) => `card:${id}`),
  )
}

/** What the tip says is gone for good, for everybody; its reporter with it. */
export async function shredTip(tx: Db, deps: Deps, tip: ShreddableTip): Promise<void> {
  await shredTrace(tx, deps, tip, { keepsCode: false })
  await forgetSentFileRefs(
    tx,
    tip.evidenceIds.map((id) => `evidence:${id}`),
  )
  await deleteContent(tx, tip.id, deps.timezone)
}
