import type { Db } from '../../db/open-database.ts'
import { type Keyring, openJson, sealJson } from '../../lib/keyring.ts'

const keyOf = (keyring: Keyring, chatId: number) => keyring.hash('invite-note', String(chatId))
const sealerOf = (keyring: Keyring) => keyring.sealer('invite-note')

/** Through which link a chat came, until it has chosen its village; `code` is "" for the code of a village alone. */
export async function saveInviteNote(
  tx: Db,
  keyring: Keyring,
  chatId: number,
  { code, untilOn }: { code: string; untilOn: string },
): Promise<void> {
  const row = { sealed: sealJson(sealerOf(keyring), { code }), untilOn: new Date(untilOn) }
  const chatKey = keyOf(keyring, chatId)
  await tx.inviteNote.upsert({ where: { chatKey }, create: { chatKey, ...row }, update: row })
}

/** Removes the note, and gives the code that stood on it; null when there is none, or it is too old. */
export async function takeInviteNote(
  tx: Db,
  keyring: Keyring,
  chatId: number,
  today: string,
): Promise<string | null> {
  const chatKey = keyOf(keyring, chatId)
  const row = await tx.inviteNote.findUnique({ where: { chatKey } })
  if (!row) return null
  await tx.inviteNote.delete({ where: { chatKey } })
  if (row.untilOn < new Date(today)) return null
  return openJson<{ code: string }>(sealerOf(keyring), row.sealed).code
}

export async function dropInviteNote(tx: Db, keyring: Keyring, chatId: number): Promise<void> {
  await tx.inviteNote.deleteMany({ where: { chatKey: keyOf(keyring, chatId) } })
}

/** Removes those that are too old by this day (YYYY-MM-DD). */
export async function pruneInviteNotes(tx: Db, today: string): Promise<number> {
  const { count } = await tx.inviteNote.deleteMany({ where: { untilOn: { lt: new Date(today) } } })
  return count
}

/** One more subscribed to this village through this code on this day. */
export async function addJoined(
  tx: Db,
  { code, areaId, today }: { code: string; areaId: number; today: string },
): Promise<void> {
  const key = { code, areaId, day: new Date(today) }
  await tx.inviteCount.upsert({
    where: { code_areaId_day: key },
    create: { ...key, joined: 1 },
    update: { joined: { increment: 1 } },
  })
}

/** By code, then by village. Null: of every code that a distributor has. */
export async function countJoined(
  db: Db,
  code: string | null,
): Promise<{ code: string; areaId: number; joined: number }[]> {
  const rows = await db.inviteCount.groupBy({
    by: ['code', 'areaId'],
    where: { code: code ?? { not: '' } },
    _sum: { joined: true },
    orderBy: [{ code: 'asc' }, { areaId: 'asc' }],
  })
  return rows.map(({ _sum, ...row }) => ({ ...row, joined: _sum.joined ?? 0 }))
}
