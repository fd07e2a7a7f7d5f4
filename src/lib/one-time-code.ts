import { randomInt } from 'node:crypto'

/** Capitals and digits that nobody confuses on a phone screen or over the telephone: no 0 O, 1 I L, 2 Z, 5 S, 8 B. */
const alphabet = 'ACDEFGHJKMNPQRTUVWXY34679'
const codeLength = 8
const validForDays = 7

/** Looks a secret up without storing it: the key is not in the database. */
export type KeyedHash = (text: string) => Uint8Array<ArrayBuffer>

export type OneTimeCode = { code: string; untilAt: Date }

/** 25⁸ ≈ 1.5 × 10¹¹ codes, valid for seven days. Only its keyed hash may be stored. */
export function createOneTimeCode(now: Date): OneTimeCode {
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)])
  return { code: code.join(''), untilAt: new Date(now.getTime() + validForDays * 86_400_000) }
}

/** As people type it: small letters, full-width forms, spaces and hyphens do not matter. */
export function foldCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
}
