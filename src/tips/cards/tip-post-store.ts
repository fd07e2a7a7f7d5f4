import type { Db } from '../../db/open-database.ts'

/** A message of ours stands behind this card; it goes with it and leads back to it. */
export async function createPost(tx: Db, post: { cardId: number; messageId: number }) {
  await tx.tipPost.createMany({ data: [post], skipDuplicates: true })
}

/** Message numbers, oldest first. */
export async function listPosts(db: Db, cardId: number): Promise<number[]> {
  const rows = await db.tipPost.findMany({ where: { cardId }, orderBy: { messageId: 'asc' } })
  return rows.map(({ messageId }) => messageId)
}

export async function deletePosts(tx: Db, cardId: number): Promise<void> {
  await tx.tipPost.deleteMany({ where: { cardId } })
}
