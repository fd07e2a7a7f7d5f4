import { createHash, randomBytes } from 'node:crypto'
import { isSignature, type Keyring } from '../../lib/keyring.ts'

/**
 * A receipt that may be shown to anybody: this service took a tip on this day. It has neither number nor place nor
 * what the tip is about, and no two are alike, so that nobody can tell which tip it is of, or whose.
 *
 *   QINGFENG-RECEIPT-1 <service> <day> <nonce> <signature>
 */
const mark = 'QINGFENG-RECEIPT-1'
const purpose = 'receipt-proof'
const pattern = new RegExp(
  `${mark}\\s+([0-9a-f]{16})\\s+(\\d{4}-\\d{2}-\\d{2})\\s+([\\w-]{16})\\s+([\\w-]{86})`,
)

export function createProof(keyring: Keyring, day: string): string {
  const { sign, publicKey } = keyring.signer(purpose)
  const said = `${mark} ${serviceOf(publicKey)} ${day} ${randomBytes(12).toString('base64url')}`
  return `${said} ${Buffer.from(sign(said)).toString('base64url')}`
}

/** What everybody may have who is to check proofs; the same for as long as the master key is. */
export function proofKey(keyring: Keyring): { publicKey: string; service: string } {
  const { publicKey } = keyring.signer(purpose)
  return { publicKey, service: serviceOf(publicKey) }
}

export type ProofVerdict =
  | { outcome: 'genuine'; day: string; service: string }
  /** Not the text of a proof, or not the whole of it. */
  | { outcome: 'unreadable' }
  /** Signed with another key: another service, or another master key. */
  | { outcome: 'other-service'; service: string }
  /** Not as it was signed. */
  | { outcome: 'forged' }

/** Reads a proof as it was copied, with line breaks and words around it. */
export function verifyProof(publicKey: string, text: string): ProofVerdict {
  const [, service = '', day = '', nonce = '', signature] = pattern.exec(text) ?? []
  if (signature === undefined) return { outcome: 'unreadable' }
  if (service !== serviceOf(publicKey)) return { outcome: 'other-service', service }
  const said = `${mark} ${service} ${day} ${nonce}`
  const isGenuine = isSignature(publicKey, said, Buffer.from(signature, 'base64url'))
  return isGenuine ? { outcome: 'genuine', day, service } : { outcome: 'forged' }
}

/** Short enough to be read out: the beginning of the hash of the key. */
function serviceOf(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16)
}
