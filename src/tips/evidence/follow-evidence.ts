import type { Db } from '../../db/open-database.ts'
import type { InboxDeps } from '../cards/put-into-inbox.ts'
import { resayClosedCard } from '../cards/resay-card.ts'
import { findShownCard } from '../cards/tip-card-store.ts'
import { findSaidFiles } from '../dialogue/said-files.ts'
import { findStoredDraftById } from '../filing/stored-draft.ts'
import { tellReporter } from '../reporter/tell-reporter.ts'
import { lockTip } from '../tip-store.ts'
import { auditEvidence } from './audit-evidence.ts'
import { enqueueBehindCard, enqueueEvidence } from './enqueue-evidence.ts'
import type { ClaimedEvidence, EvidenceEnd } from './evidence-store.ts'

type Deps = InboxDeps

/**
 * What follows when a file was fetched: whoever sent it hears why it is not handed on; the group gets what the
 * reporter sent; of a tip that was filed, the hash goes into the audit.
 */
export async function followEvidence(
  tx: Db,
  deps: Deps,
  claimed: ClaimedEvidence,
  end: EvidenceEnd,
  { draftId, tipId }: { draftId: number | null; tipId: number | null },
): Promise<void> {
  if (tipId === null) {
    if (draftId !== null) await tellWriter(tx, deps, draftId, claimed, end)
    return
  }
  const { number, sender } = claimed
  if (sender === 'group') await tellGroup(tx, deps, tipId, claimed, end)
  else await handToGroup(tx, deps, tipId, claimed, end)
  if (end.state === 'refused') return
  const kept = { number, kind: end.kind, sha256: end.sha256 }
  await auditEvidence(tx, { tipId, at: deps.now(), sender, kept })
}

/** The sentence to whoever sent a file that is not handed on. */
const toldKey = (end: EvidenceEnd & { reason: string }) => `evidence:told.${end.reason}`

async function tellWriter(
  tx: Db,
  { keyring, messages, enqueue }: Deps,
  draftId: number,
  { number }: ClaimedEvidence,
  end: EvidenceEnd,
): Promise<void> {
  const stored = await findStoredDraftById(tx, keyring, draftId)
  if (!stored || end.state === 'ready') return
  const { chatId, language } = stored.content
  const text = messages.in(language)(toldKey(end), { n: number })
  await enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-notice',
    address: { chatId },
    outgoing: { kind: 'text', text },
  })
}

async function handToGroup(
  tx: Db,
  deps: Deps,
  tipId: number,
  { id, number }: ClaimedEvidence,
  end: EvidenceEnd,
): Promise<void> {
  if (end.state !== 'ready') await tellReporter(tx, deps, tipId, toldKey(end), { n: number })
  // With the tip locked, either its card stands here already or its listener will find this file.
  const tip = await lockTip(tx, tipId)
  if (tip && (await resayClosedCard(tx, deps, tip))) return
  const card = await findShownCard(tx, tipId)
  if (!card || !tip) return
  const evidence = { kind: null, extension: null, reason: null, ...end, id, number }
  const said = (await findSaidFiles(tx, deps, tip)).get(number)
  await enqueueEvidence(tx, deps, { card, number: tip.number, evidence, said })
}

/** A supervisor's file that the reporter will not get. */
async function tellGroup(
  tx: Db,
  deps: Deps,
  tipId: number,
  { number }: ClaimedEvidence,
  end: EvidenceEnd,
): Promise<void> {
  const card = end.state === 'ready' ? null : await findShownCard(tx, tipId)
  if (!card || end.state === 'ready') return
  const text = deps.messages.in(deps.officeLanguage)(toldKey(end), { n: number })
  await enqueueBehindCard(tx, deps, card, { kind: 'text', text, isProtected: true })
}
