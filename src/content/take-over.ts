import type { Db } from '../db/open-database.ts'
import { appendAudit } from '../staff/audit.ts'
import { listEditors } from '../staff/staff-store.ts'
import type { ContentVersion } from './content.ts'
import type { ContentAct, ContentDeps } from './content-deps.ts'
import { lockVersion, moveDraft } from './content-store.ts'

/** Whether a draft has an author who can write it no more, so that it would lie there for ever. */
export async function isAbandoned(db: Db, version: ContentVersion): Promise<boolean> {
  if (version.state !== 'draft' || version.authorId === null) return false
  return (await listEditors(db)).every(({ id }) => id !== version.authorId)
}

/**
 * Makes somebody the author of a draft whose author left the office: from then on they write it, hand it in and never publish it.
 * False when it is no such draft (any more).
 */
export async function takeOver(
  tx: Db,
  { now }: Pick<ContentDeps, 'now'>,
  { versionId, staffId }: ContentAct,
): Promise<boolean> {
  const version = await lockVersion(tx, versionId)
  if (!version || version.authorId === null || !(await isAbandoned(tx, version))) return false
  const isDone = await moveDraft(tx, version.id, { from: version.authorId, to: staffId })
  if (isDone)
    await appendAudit(tx, {
      at: now(),
      actor: `staff:${staffId}`,
      action: 'content taken over',
      subject: `content-version:${version.id}`,
      detail: { from: `staff:${version.authorId}` },
    })
  return isDone
}
