import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { enqueueNameNote } from '../cards/name-note.ts'
import { findShownCard } from '../cards/tip-card-store.ts'
import { isLinked } from '../linked-tip-store.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findTip, lockTip } from '../tip-store.ts'
import { type Identity, sealIdentity } from './identity.ts'
import { deleteIdentity, saveIdentity } from './identity-store.ts'

export type GiveDeps = Pick<TipDeps, 'keyring' | 'now' | 'messages' | 'enqueue' | 'officeLanguage'>

/** The reporter gives a name and a phone. The group learns that there is one, and no more. False when it is closed. */
export async function giveIdentity(
  tx: Db,
  deps: GiveDeps,
  { tipId, identity }: { tipId: number; identity: Identity },
): Promise<boolean> {
  await lockTip(tx, tipId)
  const tip = await findTip(tx, tipId)
  if (!tip || (tip.state === 'closed' && !(await isLinked(tx, tipId)))) return false
  await saveIdentity(tx, tipId, sealIdentity(deps.keyring, identity))
  const card = await findShownCard(tx, tipId)
  if (card) await enqueueNameNote(tx, deps, { card, number: tip.number })
  await audit(tx, deps, tipId, 'name given')
  return true
}

/** The reporter takes it back. False when there was none. */
export async function takeBackIdentity(tx: Db, deps: GiveDeps, tipId: number): Promise<boolean> {
  if (!(await deleteIdentity(tx, tipId))) return false
  await audit(tx, deps, tipId, 'name taken back')
  return true
}

async function audit(tx: Db, { now }: GiveDeps, tipId: number, action: string): Promise<void> {
  const subject = `tip:${tipId}`
  await appendAudit(tx, { at: now(), actor: 'reporter', action, subject, detail: {} })
}
