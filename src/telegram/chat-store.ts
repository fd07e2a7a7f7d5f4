import type { Db } from '../db/open-database.ts'
import type { Staff } from '../staff/staff-store.ts'
import type { Subscriber } from '../subscribers/subscriber.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type ChatRow = {
  subscriber: Subscriber | null
  staff: Staff | null
  /** Sealed: what the bot asked this chat to type, while it waits for it. */
  prompt: Uint8Array | null
}

/**
 * All that every update asks for, in one statement: three cost a villager's answer a tenth of its time. The keys are of
 * three kinds, and null for what cannot be, such as a group's subscriber; nothing that is kept joins them.
 */
export async function readChat(
  db: Db,
  keys: { subscriber: Bytes | null; prompt: Bytes | null; telegramId: number | null },
  now: Date,
): Promise<ChatRow> {
  const [row] = await db.$queryRaw<ChatRow[]>`
    SELECT
      (SELECT to_json(s) FROM (
        SELECT id, state, language, "areaId", role, coalesce("mutedTopics", '{}') AS "mutedTopics", hour,
          "pausedUntil"::text
        FROM subscriber WHERE "chatKey" = ${keys.subscriber}) s) AS subscriber,
      (SELECT to_json(s) FROM (
        SELECT id, "telegramId", name, role, language FROM staff
        WHERE "telegramId" = ${keys.telegramId}::bigint AND "retiredAt" IS NULL) s) AS staff,
      (SELECT sealed FROM prompt WHERE "chatKey" = ${keys.prompt} AND "untilAt" > ${now}) AS prompt`
  return row ?? { subscriber: null, staff: null, prompt: null }
}
