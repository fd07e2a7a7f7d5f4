import type { Db } from '../db/open-database.ts'
import type { ContentKind, ContentVersion, VersionFields } from './content.ts'
import type { ContentAct, ContentDeps } from './content-deps.ts'
import {
  createDraft,
  createVersion,
  deleteDraft,
  findVersion,
  lockContent,
  moveVersion,
  saveDraft,
  takeDrafts,
} from './content-store.ts'

type Deps = Pick<ContentDeps, 'now'>

/** New content of one kind, with nothing in it yet. */
export function beginContent(
  tx: Db,
  { now }: Deps,
  { kind, staffId }: { kind: ContentKind; staffId: number },
): Promise<ContentVersion> {
  return createDraft(tx, { kind, authorId: staffId, now: now() })
}

export type ChangeOutcome =
  | { outcome: 'changed'; version: ContentVersion }
  /** Somebody else is writing it. */
  | { outcome: 'others' }
  | { outcome: 'gone' }

/** Null: an import from the server. */
type ImportAct = { versionId: number; staffId: number | null }

/**
 * Changes a version. One that was handed in becomes a draft again; beside one that is published or over the next version
 * begins, with its words, so that what villagers get stays until that is published.
 * An imported draft that nobody wrote belongs to whoever changes it first.
 */
export async function changeContent(
  tx: Db,
  { now }: Deps,
  { versionId, staffId }: ImportAct,
  change: (version: ContentVersion) => Partial<VersionFields>,
): Promise<ChangeOutcome> {
  const found = await findVersion(tx, versionId)
  if (!found) return { outcome: 'gone' }
  await lockContent(tx, found.contentId)
  const version = await findVersion(tx, versionId)
  if (!version) return { outcome: 'gone' }
  const isOpen = version.state === 'draft' || version.state === 'checked'
  const mayWrite = version.authorId === null || version.authorId === staffId
  if (isOpen && !mayWrite) return { outcome: 'others' }
  const fields = { ...change(version), isSample: false }
  if (!isOpen) {
    const { texts, source, sourceUrl, issuedOn, validFrom, validUntil } = version
    const kept = { texts, source, sourceUrl, issuedOn, validFrom, validUntil }
    const next = { authorId: staffId, now: now(), fields: { ...kept, ...fields } }
    return { outcome: 'changed', version: await createVersion(tx, version.contentId, next) }
  }
  if (version.state === 'checked')
    await moveVersion(tx, version.id, { from: ['checked'], to: 'draft', checkedAt: null })
  await saveDraft(tx, version.id, fields)
  const authorId = version.authorId ?? staffId
  if (authorId !== null) await takeDrafts(tx, [version.id], authorId)
  return { outcome: 'changed', version: { ...version, ...fields, authorId, state: 'draft' } }
}

/** False when it is no draft, or somebody else's. */
export async function dropDraft(tx: Db, { versionId, staffId }: ContentAct): Promise<boolean> {
  const version = await findVersion(tx, versionId)
  if (!version || (version.authorId !== null && version.authorId !== staffId)) return false
  return deleteDraft(tx, version)
}
