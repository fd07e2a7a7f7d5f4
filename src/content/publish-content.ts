import type { Db } from '../db/open-database.ts'
import { appendAudit } from '../staff/audit.ts'
import { listEditors } from '../staff/staff-store.ts'
import { type ContentProblem, mayPublish } from './check-content.ts'
import { titleOf } from './content.ts'
import type { ContentAct, ContentDeps } from './content-deps.ts'
import { lockVersion, moveVersion, takeDrafts } from './content-store.ts'
import { letOut } from './let-out.ts'
import { listContentProblems } from './list-problems.ts'
import { tellReaders } from './tell-readers.ts'
import { signOf } from './waiting.ts'

export type HandInOutcome =
  /** Others have it in their chats; one of them lets it out. */
  | { outcome: 'handed-in'; others: number }
  /** Nobody need be asked. */
  | { outcome: 'published' }
  | { outcome: 'stopped'; problems: ContentProblem[] }
  /** Nobody else could publish it. */
  | { outcome: 'no-second' }
  | { outcome: 'over' }

/** The author is ready: draft → checked, or published where one person is enough. */
export async function handInContent(
  tx: Db,
  deps: ContentDeps,
  act: ContentAct,
): Promise<HandInOutcome> {
  const version = await lockVersion(tx, act.versionId)
  if (version?.state !== 'draft') return { outcome: 'over' }
  if (version.authorId !== null && version.authorId !== act.staffId) return { outcome: 'over' }
  const problems = await listContentProblems(tx, version, deps)
  if (!mayPublish(problems)) return { outcome: 'stopped', problems }
  const others = (await listEditors(tx)).filter(({ id }) => id !== act.staffId)
  if (deps.approval === 'second-person' && others.length === 0) return { outcome: 'no-second' }
  const at = deps.now()
  // Whoever hands in what was imported answers for it: somebody else has to read it.
  await takeDrafts(tx, [version.id], act.staffId)
  await moveVersion(tx, version.id, { from: ['draft'], to: 'checked', checkedAt: at })
  if (deps.approval === 'off') {
    await letOut(tx, deps, [version], act.staffId)
    return { outcome: 'published' }
  }
  await tellReaders(tx, deps, others, (t) => ({
    text: t('content:told.review', { title: titleOf(version) }),
    data: `ct:show:${version.id}`,
  }))
  return { outcome: 'handed-in', others: others.length }
}

/** `seen`: the sign of the version that this person was shown. */
export type PublishAct = ContentAct & { seen: string }

export type PublishOutcome =
  | { outcome: 'published' }
  /** Two people must have read it. */
  | { outcome: 'own' }
  | { outcome: 'stopped'; problems: ContentProblem[] }
  /** It does not say any more what was seen. */
  | { outcome: 'changed' }
  | { outcome: 'over' }

/** A second person lets it out: checked → published; what was published before is replaced. */
export async function publishContent(
  tx: Db,
  deps: ContentDeps,
  act: PublishAct,
): Promise<PublishOutcome> {
  const version = await lockVersion(tx, act.versionId)
  if (version?.state !== 'checked') return { outcome: 'over' }
  if (deps.approval === 'second-person' && version.authorId === act.staffId)
    return { outcome: 'own' }
  // Otherwise an author could have harmless words read, and change them before the press.
  if (signOf([version]) !== act.seen) return { outcome: 'changed' }
  // The day may have gone on since it was handed in.
  const problems = await listContentProblems(tx, version, deps)
  if (!mayPublish(problems)) return { outcome: 'stopped', problems }
  await letOut(tx, deps, [version], act.staffId)
  return { outcome: 'published' }
}

/** Nobody gets it any more; those who have it keep it. False when it is not published (any more). */
export async function withdrawContent(
  tx: Db,
  { now }: Pick<ContentDeps, 'now'>,
  { versionId, staffId }: ContentAct,
): Promise<boolean> {
  const isDone = await moveVersion(tx, versionId, { from: ['published'], to: 'withdrawn' })
  if (isDone)
    await appendAudit(tx, {
      at: now(),
      actor: `staff:${staffId}`,
      action: 'content withdrawn',
      subject: `content-version:${versionId}`,
      detail: {},
    })
  return isDone
}
