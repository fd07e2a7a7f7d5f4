import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { type Keyring, openJson, sealJson } from '../../lib/keyring.ts'

/** About a tenth of a second and 32 MB for each try (RFC 7914). */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 }
const hashBytes = 32

type Hashed = { salt: string; hash: string }

const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt)
const vault = (keyring: Keyring) => keyring.sealer('receipt-pin')

/** Four to six digits as people type them, with spaces or full-width; null for anything else. */
export function parsePin(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '')
  return /^\d{4,6}$/.test(digits) ? digits : null
}

/**
 * Slow to guess for who has the master key, and sealed, so that nobody else can even try: a million passwords would
 * not last long otherwise.
 */
export async function sealPin(keyring: Keyring, pin: string) {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, hashBytes, cost)
  const hashed: Hashed = { salt: salt.toString('base64'), hash: hash.toString('base64') }
  return sealJson(vault(keyring), hashed)
}

export async function isPin(keyring: Keyring, sealed: Uint8Array, pin: string): Promise<boolean> {
  const { salt, hash } = openJson<Hashed>(vault(keyring), sealed)
  const tried = await derive(pin, Buffer.from(salt, 'base64'), hashBytes, cost)
  return timingSafeEqual(tried, Buffer.from(hash, 'base64'))
}
