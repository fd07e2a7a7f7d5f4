import type { Db } from '../../db/open-database.ts'
import type { Keyring } from '../../lib/keyring.ts'
import type { Invite } from './deep-link.ts'
import { findDistributorByCode } from './distributor-store.ts'
import { addJoined, saveInviteNote, takeInviteNote } from './invite-store.ts'

/** Long enough to ask at home which village to choose. */
const keepNoteDays = 3

/**
 * Somebody without a village opened a link. Noted, sealed, so that they count when they choose one, and once. A code
 * that no distributor has, or whose distributor was retired, counts for the village alone, or not at all.
 */
export async function noteInvite(
  tx: Db,
  { keyring, today }: { keyring: Keyring; today: string },
  chatId: number,
  { areaCode, distributorCode }: Invite,
): Promise<void> {
  const distributor =
    distributorCode === null ? null : await findDistributorByCode(tx, distributorCode)
  const code = distributor && !distributor.retiredAt ? distributor.code : ''
  if (code === '' && areaCode === null) return
  const untilOn = Temporal.PlainDate.from(today).add({ days: keepNoteDays }).toString()
  await saveInviteNote(tx, keyring, chatId, { code, untilOn })
}

/** Somebody chose a village for the first time. The note goes; a number in a table is all that stays of it. */
export async function countInvite(
  tx: Db,
  { keyring, today }: { keyring: Keyring; today: string },
  chatId: number,
  areaId: number,
): Promise<void> {
  const code = await takeInviteNote(tx, keyring, chatId, today)
  if (code !== null) await addJoined(tx, { code, areaId, today })
}
