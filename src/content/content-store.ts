import { randomBytes } from 'node:crypto'
import type { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type {
  ContentKind,
  ContentState,
  ContentTexts,
  ContentVersion,
  VersionFields,
} from './content.ts'

export type NewContent = Partial<VersionFields> & {
  kind: ContentKind
  /** Left out: one is made up. */
  code?: string
  seriesId?: number
  place?: number
  /** Written for one campaign: it never shows in the library. */
  isOneOff?: boolean
  /** Of staff; null: shipped. */
  authorId: number | null
  now: Date
}

export async function findVersion(db: Db, id: number): Promise<ContentVersion | null> {
  const row = await db.contentVersion.findUnique({ where: { id }, include: { content: true } })
  return row && toVersion(row)
}

/** What subscribers get of it on this day (YYYY-MM-DD); null when nothing is published, or not valid on this day. */
export async function findPublished(
  db: Db,
  contentId: number,
  today: string,
): Promise<ContentVersion | null> {
  const row = await db.contentVersion.findFirst({
    where: { contentId, ...publishedOn(today) },
    include: { content: true },
  })
  return row && toVersion(row)
}

/** Every version of one content, the newest first. */
export async function listVersions(db: Db, contentId: number): Promise<ContentVersion[]> {
  const rows = await db.contentVersion.findMany({
    where: { contentId },
    orderBy: { number: 'desc' },
    include: { content: true },
  })
  return rows.map(toVersion)
}

/** New content with its first version, as a draft. @throws when the code or the place is taken. */
export async function createDraft(tx: Db, draft: NewContent): Promise<ContentVersion> {
  const { kind, seriesId = null, place = null, isOneOff = false, authorId, now, ...rest } = draft
  const { code = `${kind}-${randomBytes(4).toString('hex')}`, ...fields } = rest
  const content = await tx.content.create({ data: { code, kind, seriesId, place, isOneOff } })
  return createVersion(tx, content.id, { authorId, now, fields })
}

/** One more version of known content, as a draft. See `lockContent`. */
export async function createVersion(
  tx: Db,
  contentId: number,
  { authorId, now, fields }: { authorId: number | null; now: Date; fields: Partial<VersionFields> },
): Promise<ContentVersion> {
  const last = await tx.contentVersion.aggregate({ where: { contentId }, _max: { number: true } })
  const row = await tx.contentVersion.create({
    data: {
      texts: {},
      ...toColumns(fields),
      ...{ contentId, authorId, state: 'draft', createdAt: now },
      number: (last._max.number ?? 0) + 1,
    },
    include: { content: true },
  })
  return toVersion(row)
}

/** False when it is no draft (any more): what was handed in is not changed behind the back of who reads it. */
export async function saveDraft(
  tx: Db,
  id: number,
  fields: Partial<VersionFields>,
): Promise<boolean> {
  const { count } = await tx.contentVersion.updateMany({
    where: { id, state: 'draft' },
    data: toColumns(fields),
  })
  return count === 1
}

/** Makes somebody the author of imported drafts, which have none. */
export async function takeDrafts(tx: Db, ids: readonly number[], authorId: number): Promise<void> {
  await tx.contentVersion.updateMany({
    where: { id: { in: [...ids] }, state: 'draft', authorId: null },
    data: { authorId },
  })
}

/** Another author for a draft that still has this one. */
export async function moveDraft(
  tx: Db,
  id: number,
  { from, to }: { from: number; to: number },
): Promise<boolean> {
  const { count } = await tx.contentVersion.updateMany({
    where: { id, state: 'draft', authorId: from },
    data: { authorId: to },
  })
  return count === 1
}

/** Changes its state if it still has one of these. */
export async function moveVersion(tx: Db, id: number, move: VersionMove): Promise<boolean> {
  return (await moveVersions(tx, [id], move)) === 1
}

/** Changes the state of those that still have one of these, and says how many had. */
export async function moveVersions(
  tx: Db,
  ids: readonly number[],
  { from, to, ...change }: VersionMove,
): Promise<number> {
  const where = { id: { in: [...ids] }, state: { in: [...from] } }
  const { count } = await tx.contentVersion.updateMany({ where, data: { state: to, ...change } })
  return count
}
export type VersionMove = {
  from: readonly ContentState[]
  to: ContentState
  checkedAt?: Date | null
  publishedAt?: Date
  publishedById?: number
}

/** What was published of the same contents before is replaced by these; of two of one content the later stays. */
export async function replaceOthers(tx: Db, versions: readonly ContentVersion[]): Promise<void> {
  const latest = new Map<number, number>()
  for (const { contentId, id } of versions)
    latest.set(contentId, Math.max(id, latest.get(contentId) ?? 0))
  await tx.contentVersion.updateMany({
    where: {
      ...{ contentId: { in: [...latest.keys()] }, state: 'published' },
      id: { notIn: [...latest.values()] },
    },
    data: { state: 'replaced' },
  })
}

/** A draft that nobody wants, with its content where it is the only version. Campaigns may still name others. */
export async function deleteDraft(tx: Db, { id, contentId }: ContentVersion): Promise<boolean> {
  const { count } = await tx.contentVersion.deleteMany({ where: { id, state: 'draft' } })
  if (count === 0) return false
  await tx.content.deleteMany({ where: { id: contentId, versions: { none: {} } } })
  return true
}

/** Nobody else makes or publishes a version of it until the transaction ends. */
export async function lockContent(tx: Db, contentId: number): Promise<void> {
  await tx.$queryRaw`SELECT id FROM content WHERE id = ${contentId} FOR UPDATE`
}

/** A version as it stands once nobody else can change it. See `lockContent`. */
export async function lockVersion(tx: Db, id: number): Promise<ContentVersion | null> {
  const found = await findVersion(tx, id)
  if (!found) return null
  await lockContent(tx, found.contentId)
  return findVersion(tx, id)
}

export function publishedOn(today: string) {
  const day = new Date(today)
  return {
    state: 'published',
    AND: [
      { OR: [{ validFrom: null }, { validFrom: { lte: day } }] },
      { OR: [{ validUntil: null }, { validUntil: { gte: day } }] },
    ],
  } satisfies Prisma.ContentVersionWhereInput
}

type VersionRow = Prisma.ContentVersionGetPayload<{ include: { content: true } }>

export function toVersion({ content, ...row }: VersionRow): ContentVersion {
  return {
    id: row.id,
    contentId: row.contentId,
    code: content.code,
    kind: content.kind as ContentKind,
    number: row.number,
    state: row.state as ContentState,
    texts: row.texts as ContentTexts,
    source: row.source,
    sourceUrl: row.sourceUrl,
    issuedOn: toDay(row.issuedOn),
    validFrom: toDay(row.validFrom),
    validUntil: toDay(row.validUntil),
    isSample: row.isSample,
    authorId: row.authorId,
    publishedById: row.publishedById,
  }
}

const toDay = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null

function toColumns({ issuedOn, validFrom, validUntil, ...rest }: Partial<VersionFields>) {
  return {
    ...rest,
    ...(issuedOn === undefined ? {} : { issuedOn: toDate(issuedOn) }),
    ...(validFrom === undefined ? {} : { validFrom: toDate(validFrom) }),
    ...(validUntil === undefined ? {} : { validUntil: toDate(validUntil) }),
  }
}

const toDate = (day: string | null) => (day === null ? null : new Date(day))
