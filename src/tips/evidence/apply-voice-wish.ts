import type { Db } from '../../db/open-database.ts'
import { openJson, type Sealer, sealJson } from '../../lib/keyring.ts'
import type { Draft } from '../interview/draft.ts'
import { filesOf } from '../interview/draft-voices.ts'
import { formOf, voiceOrigins } from '../interview/voice-wish.ts'
import type { EvidenceSource } from './evidence.ts'
import { lockSounding, reopenEvidence } from './evidence-store.ts'
import { deleteCleanPieces } from './piece-store.ts'

type Changed = { id: number; sealer: Sealer; before: Draft; after: Draft; now: Date }

/**
 * Cleans anew what was cleaned before the reporter changed their mind about the voices in it. The copy that was made for
 * the other wish goes at once. After the draft was saved, in the same transaction: it may have been filed meanwhile.
 */
export async function applyVoiceWish(tx: Db, draft: Changed): Promise<void> {
  const { id: draftId, sealer, before, after, now } = draft
  for (const origin of voiceOrigins) {
    const form = formOf(after.voice, origin)
    if (form === formOf(before.voice, origin)) continue
    const disguise = form === 'changed'
    for (const row of await lockSounding(tx, { draftId, numbers: filesOf(after, origin) })) {
      const source = row.source ? openJson<EvidenceSource>(sealer, row.source) : {}
      const wished: EvidenceSource = { ...source, disguise }
      await deleteCleanPieces(tx, row.id)
      await reopenEvidence(tx, row.id, { source: sealJson(sealer, wished), nextTryAt: now })
    }
  }
}
