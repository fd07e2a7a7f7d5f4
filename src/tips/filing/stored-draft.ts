import type { Db } from '../../db/open-database.ts'
import { type Keyring, openJson, type Sealer, sealJson } from '../../lib/keyring.ts'
import type { Language } from '../../messages/messages.ts'
import type { Draft } from '../interview/draft.ts'
import {
  createDraftRow,
  type DraftRow,
  deleteDraftRow,
  findDraftRow,
  findDraftRowById,
  saveDraftRow,
} from './draft-store.ts'

/** How long an unfinished tip waits for its reporter, from the last answer on. */
const keptForDays = 30

/** Everything that is known of an unfinished tip, its reporter's chat and language included. All of it is sealed. */
export type DraftContent = { chatId: number; language: Language; draft: Draft }

export type StoredDraft = {
  id: number
  version: number
  dataKey: Uint8Array<ArrayBuffer>
  sealer: Sealer
  content: DraftContent
}

const keyOf = (keyring: Keyring, chatId: number) => keyring.hash('draft', String(chatId))

/** The unfinished tip of this chat. One whose time is over is removed. */
export async function findStoredDraft(
  tx: Db,
  keyring: Keyring,
  { chatId, today }: { chatId: number; today: string },
): Promise<StoredDraft | null> {
  const row = await findDraftRow(tx, keyOf(keyring, chatId))
  if (!row) return null
  if (row.expiresOn >= new Date(today)) return openDraft(keyring, row)
  await deleteDraftRow(tx, row.id)
  return null
}

export async function findStoredDraftById(
  db: Db,
  keyring: Keyring,
  id: number,
): Promise<StoredDraft | null> {
  const row = await findDraftRowById(db, id)
  return row && openDraft(keyring, row)
}

/** False when the chat has one already. */
export async function createStoredDraft(
  tx: Db,
  keyring: Keyring,
  content: DraftContent,
  today: string,
): Promise<boolean> {
  const { wrapped, sealer } = keyring.createDataKey()
  return createDraftRow(tx, {
    reporterKey: keyOf(keyring, content.chatId),
    dataKey: wrapped,
    sealed: sealJson(sealer, content),
    expiresOn: expiryFrom(today),
  })
}

/** False when somebody else saved it in the meantime: what was read is no longer so. */
export async function saveStoredDraft(
  tx: Db,
  stored: StoredDraft,
  content: DraftContent,
  today: string,
): Promise<boolean> {
  const sealed = sealJson(stored.sealer, content)
  return saveDraftRow(tx, stored, { sealed, expiresOn: expiryFrom(today) })
}

function openDraft(keyring: Keyring, row: DraftRow): StoredDraft {
  const sealer = keyring.openDataKey(row.dataKey)
  const dataKey = new Uint8Array(row.dataKey)
  const { id, version } = row
  return { id, version, dataKey, sealer, content: openJson<DraftContent>(sealer, row.sealed) }
}

function expiryFrom(today: string): Date {
  return new Date(Temporal.PlainDate.from(today).add({ days: keptForDays }).toString())
}
