import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { type CardDeps, redrawCard } from '../cards/show-card.ts'
import type { TipCard } from '../cards/tip-card-store.ts'
import { tellReporter } from '../reporter/tell-reporter.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findAcknowledgement, findTip, saveAcknowledgement } from '../tip-store.ts'
import { checkPress, type Press, type PressRefusal } from './check-press.ts'

export type AcknowledgeDeps = CardDeps & Pick<TipDeps, 'now'>

export type AcknowledgeOutcome =
  | { outcome: 'acknowledged'; number: string }
  | { outcome: 'already'; by: string }
  | { outcome: 'closed' }
  | PressRefusal

/** A supervisor takes note of a tip. One press wins; the card says who, the reporter only that somebody did. */
export async function acknowledgeTip(
  tx: Db,
  deps: AcknowledgeDeps,
  press: Press,
): Promise<AcknowledgeOutcome> {
  const checked = await checkPress(tx, press)
  if (checked.outcome !== 'allowed') return checked
  const { card, group, supervisor } = checked
  if (card.state === 'withdrawn') {
    const tip = await findTip(tx, card.tipId)
    return { outcome: tip?.groupId === group.id ? 'old-card' : 'moved' }
  }

  const at = deps.now()
  const by = { groupId: group.id, supervisorId: supervisor.id, at }
  if (!(await saveAcknowledgement(tx, card.tipId, by))) return explain(tx, card)
  const tip = await findTip(tx, card.tipId)
  const number = tip?.number ?? ''
  await redrawCard(tx, deps, card, { at: press })
  await tellReporter(tx, deps, card.tipId, 'tips:notice.acknowledged', { number })
  await appendAudit(tx, {
    at,
    actor: `supervisor:${supervisor.id}`,
    action: 'tip acknowledged',
    subject: `tip:${card.tipId}`,
    detail: { groupId: group.id },
  })
  return { outcome: 'acknowledged', number }
}

async function explain(tx: Db, card: TipCard): Promise<AcknowledgeOutcome> {
  const tip = await findTip(tx, card.tipId)
  if (tip?.state === 'closed') return { outcome: 'closed' }
  const first = await findAcknowledgement(tx, card.tipId)
  if (tip?.groupId !== card.groupId || !first) return { outcome: 'moved' }
  return { outcome: 'already', by: first.by }
}
