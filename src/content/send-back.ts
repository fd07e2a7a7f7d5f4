import type { Db } from '../db/open-database.ts'
import { appendAudit } from '../staff/audit.ts'
import { listEditors, type Staff } from '../staff/staff-store.ts'
import { nameOfStaff } from '../staff/tell-colleagues.ts'
import { titleOf } from './content.ts'
import type { ContentDeps } from './content-deps.ts'
import { lockVersion, moveVersion } from './content-store.ts'
import { signOf } from './waiting.ts'

/** `seen`: the sign of the version that this person was shown. */
export type SendBackAct = { versionId: number; staff: Staff; seen: string; reason: string }

export type SendBackOutcome =
  | { outcome: 'sent-back' }
  /** It is a draft again, but who wrote it has left the office: somebody else takes it over. */
  | { outcome: 'no-author' }
  | { outcome: 'own' }
  /** It does not say any more what was seen. */
  | { outcome: 'changed' }
  | { outcome: 'over' }

/** A second person will not let it out: checked → draft, and its author gets the reason in their words. */
export async function sendBack(
  tx: Db,
  { enqueue, messages, now }: Pick<ContentDeps, 'enqueue' | 'messages' | 'now'>,
  { versionId, staff, seen, reason }: SendBackAct,
): Promise<SendBackOutcome> {
  const version = await lockVersion(tx, versionId)
  if (version?.state !== 'checked') return { outcome: 'over' }
  if (version.authorId === staff.id) return { outcome: 'own' }
  // Its author may have handed it in again meanwhile: the reason would be about words that are gone.
  if (signOf([version]) !== seen) return { outcome: 'changed' }
  await moveVersion(tx, version.id, { from: ['checked'], to: 'draft', checkedAt: null })
  const author = (await listEditors(tx)).find(({ id }) => id === version.authorId)
  if (author) {
    const t = messages.in(author.language)
    const params = { title: titleOf(version), who: nameOfStaff(t, staff), reason }
    await enqueue(tx, {
      ...{ lane: 'urgent', purpose: 'content-sent-back', address: { chatId: author.telegramId } },
      outgoing: {
        kind: 'text',
        text: t('content:told.sent-back', params),
        keyboard: [[{ text: t('content:button.open'), data: `ct:show:${version.id}` }]],
      },
    })
  }
  await appendAudit(tx, {
    at: now(),
    actor: `staff:${staff.id}`,
    action: 'content sent back',
    subject: `content-version:${version.id}`,
    detail: {},
  })
  return { outcome: author ? 'sent-back' : 'no-author' }
}
