import { type Keyring, openJson, sealJson } from '../../lib/keyring.ts'

/** What a reporter chose to give. */
export type Identity = { name: string; phone: string }

const nameMaxLength = 40
/** Chinese mobile numbers have 11 digits, others with their country up to 15. */
const phoneDigits = { min: 7, max: 15 }

const vault = (keyring: Keyring) => keyring.sealer('identity')
const reasons = (keyring: Keyring) => keyring.sealer('identity-reason')

export const sealIdentity = (keyring: Keyring, identity: Identity) =>
  sealJson(vault(keyring), identity)
export const openIdentity = (keyring: Keyring, sealed: Uint8Array) =>
  openJson<Identity>(vault(keyring), sealed)

/** Why a custodian wants to see it, or agrees: may name somebody, so it is sealed. */
export const sealReason = (keyring: Keyring, reason: string) =>
  sealJson(reasons(keyring), { reason })
export const openReason = (keyring: Keyring, sealed: Uint8Array) =>
  openJson<{ reason: string }>(reasons(keyring), sealed).reason

/** A name as it was typed; null when it cannot be one. */
export function parseName(text: string): string | null {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  const isName = /\p{L}/u.test(name) && !/\d/.test(name) && [...name].length <= nameMaxLength
  return isName ? name : null
}

/** The digits of a phone number, with a plus in front if there was one; null when it cannot be one. */
export function parsePhone(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s\p{Pd}()]/gu, '')
  const isPhone =
    /^\+?\d+$/.test(plain) &&
    plain.replace('+', '').length >= phoneDigits.min &&
    plain.replace('+', '').length <= phoneDigits.max
  return isPhone ? plain : null
}
