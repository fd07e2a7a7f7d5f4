import type { Db } from '../../db/open-database.ts'
import { type Keyring, openJson, sealJson } from '../../lib/keyring.ts'
import type { Language, Translate } from '../../messages/messages.ts'
import type { TipDeps } from '../tip-deps.ts'
import {
  findMuteRow,
  findMuteRowById,
  type MuteRow,
  resealMuteRow,
  saveMuteRow,
} from './mute-store.ts'

/** For how long a supervisor may silence somebody who files nonsense again and again. */
export const muteHours = [24, 72] as const
export type MuteHours = (typeof muteHours)[number]

/** Who may file nothing for now, and because of what. `tipId` is null once the reporter has erased the tip. */
export type MuteContent = {
  chatId: number
  language: Language
  tipId: number | null
  groupId: number
  hours: MuteHours
  hasAppealed: boolean
}
export type Mute = MuteContent & { id: number; untilAt: Date }

type Deps = Pick<TipDeps, 'keyring' | 'now'>

const keyOf = (keyring: Keyring, chatId: number) => keyring.hash('mute', String(chatId))

/** Whether this chat may file nothing now. */
export async function findMute(
  db: Db,
  { keyring, now }: Deps,
  chatId: number,
): Promise<Mute | null> {
  const row = await findMuteRow(db, keyOf(keyring, chatId), now())
  return row && open(keyring, row)
}

export async function findMuteById(db: Db, { keyring, now }: Deps, id: number) {
  const row = await findMuteRowById(db, id, now())
  return row && open(keyring, row)
}

export async function saveMute(
  tx: Db,
  keyring: Keyring,
  content: MuteContent,
  untilAt: Date,
): Promise<void> {
  await saveMuteRow(tx, keyOf(keyring, content.chatId), { sealed: seal(keyring, content), untilAt })
}

export async function changeMute(
  tx: Db,
  keyring: Keyring,
  { id, untilAt: _kept, ...content }: Mute,
): Promise<void> {
  await resealMuteRow(tx, id, seal(keyring, content))
}

/** The reporter erased the tip: what is left of it must not lead to the chat, the mute neither. */
export async function detachMute(
  tx: Db,
  deps: Deps,
  { chatId, tipId }: { chatId: number; tipId: number },
): Promise<void> {
  const mute = await findMute(tx, deps, chatId)
  if (mute?.tipId === tipId) await changeMute(tx, deps.keyring, { ...mute, tipId: null })
}

/**
 * What a reporter is called among those who handle the tip. Of this tip alone: two tips of one person have two names,
 * so that nobody can tell that they belong together.
 */
export function pseudonymOf(keyring: Keyring, t: Translate, tipId: number): string {
  const [first = 0, second = 0, third = 0] = keyring.hash('pseudonym', String(tipId))
  const stems = [...t('identity:stems')]
  const n = String((second * 256 + third) % 100).padStart(2, '0')
  return t('identity:pseudonym', { stem: stems[first % stems.length] ?? '', n })
}

const seal = (keyring: Keyring, content: MuteContent) => sealJson(keyring.sealer('mute'), content)

function open(keyring: Keyring, { id, untilAt, sealed }: MuteRow): Mute {
  return { ...openJson<MuteContent>(keyring.sealer('mute'), sealed), id, untilAt }
}
