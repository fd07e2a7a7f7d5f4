import type { Keyring } from '../../lib/keyring.ts'

/** How long a chat that showed the receipt or the password may use the buttons below the answer. */
const freshForMinutes = 30
const macLength = 16

/** `hasPin`: the tip had a password, which was typed. */
export type Ticket = { tipId: number; hasPin: boolean }

/**
 * Stands in the reporter's buttons: which tip, and that this chat showed its right to it. Anybody can send any button
 * data to a bot, so it is signed, for this chat alone. Names nobody.
 */
export function createTicket(
  keyring: Keyring,
  { tipId, hasPin }: Ticket,
  { chatId, now }: { chatId: number; now: Date },
): string {
  const until = Math.floor(now.getTime() / 60_000) + freshForMinutes
  const said = [tipId.toString(36), until.toString(36), hasPin ? '1' : '0'].join('.')
  return `${said}.${macOf(keyring, said, chatId)}`
}

/** Null when it is not ours or another chat's. An old one still tells which tip is meant. */
export function readTicket(
  keyring: Keyring,
  text: string,
  { chatId, now }: { chatId: number; now: Date },
): (Ticket & { isFresh: boolean }) | null {
  const [id = '', minutes = '', pin = '', mac = ''] = text.split('.')
  if (mac !== macOf(keyring, [id, minutes, pin].join('.'), chatId)) return null
  const isFresh = now.getTime() < Number.parseInt(minutes, 36) * 60_000
  return { tipId: Number.parseInt(id, 36), hasPin: pin === '1', isFresh }
}

function macOf(keyring: Keyring, said: string, chatId: number): string {
  const mac = keyring.hash('status-ticket', `${said}:${chatId}`)
  return Buffer.from(mac).toString('base64url').slice(0, macLength)
}
