import type { Db } from '../db/open-database.ts'
import { type MediaKind, mediaKinds, type SentFile } from './outgoing.ts'

/** A photo's key is its bare reference, as it was when there was nothing but photos. */
const keyOf = ({ fileRef, kind }: { fileRef: string; kind: MediaKind }) =>
  kind === 'photo' ? fileRef : `${kind}:${fileRef}`

/** The id under which Telegram has a file of ours, to be sent as this kind; null when it never got it. */
export async function findSentFile(
  db: Db,
  fileRef: string,
  kind: MediaKind,
): Promise<string | null> {
  const row = await db.sentFile.findUnique({ where: { fileRef: keyOf({ fileRef, kind }) } })
  return row?.fileId ?? null
}

/** The next time these are uploaded anew: Telegram does not know them any more by the ids that it gave. */
export async function forgetSentFiles(
  db: Db,
  files: { fileRef: string; kind: MediaKind }[],
): Promise<void> {
  await db.sentFile.deleteMany({ where: { fileRef: { in: files.map(keyOf) } } })
}

/** Files of ours that Telegram has are not found under these names any more, whatever they were sent as. */
export async function forgetSentFileRefs(tx: Db, fileRefs: string[]): Promise<void> {
  if (fileRefs.length === 0) return
  const files = fileRefs.flatMap((fileRef) => mediaKinds.map((kind) => ({ fileRef, kind })))
  await forgetSentFiles(tx, files)
}

/** Remembers the first id that Telegram gave each file of ours. */
export async function saveSentFiles(db: Db, files: SentFile[], sentAt: Date): Promise<void> {
  await db.sentFile.createMany({
    data: files.map((file) => ({ fileRef: keyOf(file), fileId: file.fileId, sentAt })),
    skipDuplicates: true,
  })
}
