import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

const algorithm = 'aes-256-gcm'
const formatVersion = 1
const nonceBytes = 12
const tagBytes = 16
const headerBytes = 1 + nonceBytes + tagBytes

/** Encrypts and decrypts for one purpose. `open` throws on a wrong key, another purpose or a changed byte. */
export type Sealer = {
  seal: (plain: string | Uint8Array) => Uint8Array<ArrayBuffer>
  open: (sealed: Uint8Array) => Buffer
}

/** Signs for one purpose (Ed25519). Everybody who has `publicKey` (base64url) can check it with `isSignature`. */
export type Signer = { sign: (text: string) => Uint8Array<ArrayBuffer>; publicKey: string }

/** What the master key gives: sealers and keyed hashes, each purpose with a key of its own. */
export type Keyring = {
  sealer: (purpose: string) => Sealer
  /** Keyed hash (HMAC-SHA-256) for looking a secret up without storing it. Differs by purpose, so tables cannot be joined by it. */
  hash: (purpose: string, text: string) => Uint8Array<ArrayBuffer>
  signer: (purpose: string) => Signer
  /** A new data key: `wrapped` is stored, `sealer` used. Destroying `wrapped` destroys what it sealed. */
  createDataKey: () => { wrapped: Uint8Array<ArrayBuffer>; sealer: Sealer }
  openDataKey: (wrapped: Uint8Array) => Sealer
  /** Tells two master keys apart and gives nothing else away. */
  fingerprint: string
}

/** Derives everything from the 32-byte master key (HKDF-SHA-256, RFC 5869). */
export function createKeyring(masterKey: Uint8Array): Keyring {
  const derived = new Map<string, Buffer>()
  const derive = (info: string) => {
    const known = derived.get(info)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', masterKey, 'qingfeng', info, 32))
    derived.set(info, key)
    return key
  }
  const sealer = (purpose: string) => createSealer(derive(`seal:${purpose}`), purpose)
  const hash = (purpose: string, text: string) =>
    new Uint8Array(
      createHmac('sha256', derive(`hash:${purpose}`))
        .update(text)
        .digest(),
    )
  const wrapper = sealer('data-key')
  return {
    sealer,
    hash,
    signer: (purpose) => createSigner(derive(`sign:${purpose}`)),
    createDataKey: () => {
      const key = randomBytes(32)
      return { wrapped: wrapper.seal(key), sealer: createSealer(key, 'data') }
    },
    openDataKey: (wrapped) => createSealer(wrapper.open(wrapped), 'data'),
    fingerprint: Buffer.from(hash('fingerprint', 'qingfeng')).toString('hex').slice(0, 16),
  }
}

/** An Ed25519 key is any 32 bytes, and this is how PKCS #8 and SPKI wrap them (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

function createSigner(seed: Buffer): Signer {
  const der = Buffer.concat([privatePrefix, seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    sign: (text) => new Uint8Array(sign(null, Buffer.from(text), key)),
    publicKey: spki.subarray(publicPrefix.length).toString('base64url'),
  }
}

/** False for whatever is wrong with any of the three, a key that is none included. */
export function isSignature(publicKey: string, text: string, signature: Uint8Array): boolean {
  const raw = Buffer.from(publicKey, 'base64url')
  if (raw.length !== 32) return false
  const der = Buffer.concat([publicPrefix, raw])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), key, signature)
}

/** version byte, nonce, tag, ciphertext; the purpose is authenticated, so a value moved to another column does not open. */
function createSealer(key: Buffer, purpose: string): Sealer {
  const header = Buffer.from([formatVersion])
  const authenticated = Buffer.concat([header, Buffer.from(purpose)])
  return {
    seal: (plain) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(
        authenticated,
      )
      const body = Buffer.concat([
        typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain),
        cipher.final(),
      ])
      return new Uint8Array(Buffer.concat([header, nonce, cipher.getAuthTag(), body]))
    },
    open: (sealed) => {
      if (sealed[0] !== formatVersion || sealed.length < headerBytes)
        throw new Error('Not a sealed value')
      const nonce = sealed.subarray(1, 1 + nonceBytes)
      const tag = sealed.subarray(1 + nonceBytes, headerBytes)
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
      decipher.setAAD(authenticated).setAuthTag(tag)
      return Buffer.concat([decipher.update(sealed.subarray(headerBytes)), decipher.final()])
    },
  }
}

/** A JSON value under a sealer. What comes back was written by us, so its type is trusted. */
export const sealJson = (sealer: Sealer, value: unknown) => sealer.seal(JSON.stringify(value))
export const openJson = <T>(sealer: Sealer, sealed: Uint8Array) =>
  JSON.parse(sealer.open(sealed).toString('utf8')) as T
