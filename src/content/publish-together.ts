import type { Db } from '../db/open-database.ts'
import { listEditors } from '../staff/staff-store.ts'
import { mayPublish } from './check-content.ts'
import type { ContentVersion } from './content.ts'
import type { ContentDeps } from './content-deps.ts'
import { moveVersions, takeDrafts } from './content-store.ts'
import { letOut } from './let-out.ts'
import { createLibraryCheck } from './list-problems.ts'
import { tellReaders } from './tell-readers.ts'
import { type Stopped, signOf, type WaitingList } from './waiting.ts'
import { listWaiting, lockContents, type WaitingQuery } from './waiting-store.ts'

/** `seen`: the sign of the list that this person was shown. */
export type TogetherAct = { staffId: number; seen: string }

/** It is not what was shown any more: somebody changed, handed in or published one of them. Nothing was done. */
type Changed = { outcome: 'changed' }

export type HandInAllOutcome =
  | { outcome: 'handed-in'; count: number; others: number; stopped: Stopped[] }
  /** Nobody need be asked. */
  | { outcome: 'published'; count: number; stopped: Stopped[] }
  /** Nobody else could publish them. */
  | { outcome: 'no-second' }
  | Changed

/** Hands in every draft of this person's list that nothing forbids; the others stay drafts. One message to whoever may publish. */
export async function handInAll(
  tx: Db,
  deps: ContentDeps,
  act: TogetherAct,
): Promise<HandInAllOutcome> {
  const drafts = await takeList(tx, deps, act, 'drafts')
  if (!drafts) return { outcome: 'changed' }
  const others = (await listEditors(tx)).filter(({ id }) => id !== act.staffId)
  if (deps.approval === 'second-person' && others.length === 0) return { outcome: 'no-second' }
  const { fit, stopped } = await sortOut(tx, deps, drafts)
  const ids = fit.map(({ id }) => id)
  await takeDrafts(tx, ids, act.staffId)
  await moveVersions(tx, ids, { from: ['draft'], to: 'checked', checkedAt: deps.now() })
  const count = fit.length
  if (deps.approval === 'off') {
    await letOut(tx, deps, fit, act.staffId)
    return { outcome: 'published', count, stopped }
  }
  if (count > 0)
    await tellReaders(tx, deps, others, (t) => ({
      text: t('content:told.review-all', { count }),
      data: 'ct:wait:checked:0',
    }))
  return { outcome: 'handed-in', count, others: others.length, stopped }
}

/** `ids`: those of the list that this person was shown whole; `seen` is the sign of them alone. */
export type PublishTogetherAct = TogetherAct & { ids: readonly number[] }

export type PublishTogetherOutcome =
  | { outcome: 'published'; count: number; stopped: Stopped[] }
  | Changed

/** Publishes what others have handed in and this person has read, as far as nothing forbids it by now. */
export async function publishTogether(
  tx: Db,
  deps: ContentDeps,
  act: PublishTogetherAct,
): Promise<PublishTogetherOutcome> {
  const checked = await takeList(tx, deps, act, 'checked')
  if (!checked) return { outcome: 'changed' }
  const { fit, stopped } = await sortOut(tx, deps, checked)
  await letOut(tx, deps, fit, act.staffId)
  return { outcome: 'published', count: fit.length, stopped }
}

/** Whose list of what it is, as the stores want it. */
export function queryOf(
  { approval }: Pick<ContentDeps, 'approval'>,
  staffId: number,
  list: WaitingList,
): WaitingQuery {
  return { list, staffId, mayPublishOwn: approval === 'off' }
}

/** Null when it is not the list that was seen. Read again behind the lock: what is checked here is what moves. */
async function takeList(
  tx: Db,
  deps: ContentDeps,
  { staffId, seen, ids }: TogetherAct & { ids?: readonly number[] },
  list: WaitingList,
): Promise<ContentVersion[] | null> {
  const query = queryOf(deps, staffId, list)
  const read = async () =>
    (await listWaiting(tx, query)).filter(({ id }) => !ids || ids.includes(id))
  const before = await read()
  await lockContents(
    tx,
    before.map(({ contentId }) => contentId),
  )
  const versions = await read()
  return signOf(versions) === seen ? versions : null
}

async function sortOut(tx: Db, deps: ContentDeps, versions: readonly ContentVersion[]) {
  const check = await createLibraryCheck(tx, deps)
  const checked = versions.map((version) => ({ version, problems: check(version) }))
  const stopped: Stopped[] = checked.filter(({ problems }) => !mayPublish(problems))
  const fit = checked.filter(({ problems }) => mayPublish(problems))
  return { fit: fit.map(({ version }) => version), stopped }
}
