import type { Db } from '../../db/open-database.ts'
import { type Keyring, openJson, sealJson } from '../../lib/keyring.ts'
import { deleteChatRow, findChatRow, lockChatRow, saveChatRow } from './reporter-chat-store.ts'

/** The length of what is sealed must not tell how many tips a chat has filed. */
const paddedTo = 256

type Own = { tipIds: number[]; padding: string }

const keyOf = (keyring: Keyring, chatId: number) => keyring.hash('reporter-chat', String(chatId))

/** Tips that this chat filed and has not erased, oldest first. */
export async function listOwnTips(db: Db, keyring: Keyring, chatId: number): Promise<number[]> {
  const sealed = await findChatRow(db, keyOf(keyring, chatId))
  return sealed ? open(keyring, sealed) : []
}

/** So that the chat may ask for this tip without the receipt. */
export async function rememberOwnTip(
  tx: Db,
  keyring: Keyring,
  { chatId, tipId }: { chatId: number; tipId: number },
): Promise<void> {
  await change(tx, keyring, chatId, (ids) => [...ids.filter((id) => id !== tipId), tipId])
}

export async function forgetOwnTip(
  tx: Db,
  keyring: Keyring,
  { chatId, tipId }: { chatId: number; tipId: number },
): Promise<void> {
  await change(tx, keyring, chatId, (ids) => ids.filter((id) => id !== tipId))
}

async function change(
  tx: Db,
  keyring: Keyring,
  chatId: number,
  next: (tipIds: number[]) => number[],
): Promise<void> {
  const chatKey = keyOf(keyring, chatId)
  const tipIds = next(open(keyring, await lockChatRow(tx, chatKey, seal(keyring, []))))
  if (tipIds.length === 0) return deleteChatRow(tx, chatKey)
  await saveChatRow(tx, chatKey, seal(keyring, tipIds))
}

function open(keyring: Keyring, sealed: Uint8Array): number[] {
  return openJson<Own>(keyring.sealer('reporter-chat'), sealed).tipIds
}

function seal(keyring: Keyring, tipIds: number[]) {
  const bare = JSON.stringify({ tipIds, padding: '' } satisfies Own).length
  const padding = ' '.repeat((paddedTo - (bare % paddedTo)) % paddedTo)
  return sealJson(keyring.sealer('reporter-chat'), { tipIds, padding } satisfies Own)
}
