import type { Keyring } from '../lib/keyring.ts'
import type { KeyedHash } from '../lib/one-time-code.ts'

/** Hashes of the three kinds of one-time codes; each kind has its own, so that one never passes for the other. */
export const bindHash =
  (keyring: Keyring): KeyedHash =>
  (text) =>
    keyring.hash('bind-code', text)

export const enrolHash =
  (keyring: Keyring): KeyedHash =>
  (text) =>
    keyring.hash('enrol-code', text)

export const inviteHash =
  (keyring: Keyring): KeyedHash =>
  (text) =>
    keyring.hash('invite-code', text)
