import type { Db } from '../db/open-database.ts'
import { appendAudit } from '../staff/audit.ts'
import type { ContentVersion } from './content.ts'
import type { ContentDeps } from './content-deps.ts'
import { moveVersions, replaceOthers } from './content-store.ts'

/**
 * checked → published, and what was published of the same contents before is replaced. To be called with the contents locked.
 * One line in the audit for what was one decision.
 */
export async function letOut(
  tx: Db,
  { now }: Pick<ContentDeps, 'now'>,
  versions: readonly ContentVersion[],
  publishedById: number,
): Promise<void> {
  const at = now()
  const ids = versions.map(({ id }) => id)
  const [id] = ids
  if (id === undefined) return
  await moveVersions(tx, ids, {
    ...{ from: ['checked'], to: 'published', publishedAt: at, publishedById },
  })
  await replaceOthers(tx, versions)
  await appendAudit(tx, {
    at,
    actor: `staff:${publishedById}`,
    action: 'content published',
    subject: ids.length === 1 ? `content-version:${id}` : 'content',
    detail: ids.length === 1 ? {} : { versions: ids.join(' ') },
  })
}
