import { describe, expect, it } from 'vitest'
import { createKeyring } from '../../../src/lib/keyring.ts'
import { createProof, proofKey, verifyProof } from '../../../src/tips/reporter/receipt-proof.ts'

const keyring = createKeyring(new Uint8Array(32).fill(7))
const stranger = createKeyring(new Uint8Array(32).fill(8))
const { publicKey, service } = proofKey(keyring)
const proof = createProof(keyring, '2017-03-28')

describe('a proof', () => {
  it('holds the service, the day and a random word, and nothing else that could tell one tip from another', () => {
    const [mark, said, day, nonce, signature, ...rest] = proof.split(' ')
    expect([mark, said, day, rest]).toEqual(['QINGFENG-RECEIPT-1', service, '2017-03-28', []])
    expect([nonce?.length, signature?.length]).toEqual([16, 86])
    expect(createProof(keyring, '2017-03-28')).not.toBe(proof)
  })

  it('is checked with the public key alone', () => {
    const genuine = { outcome: 'genuine', day: '2017-03-28', service }
    expect(verifyProof(publicKey, proof)).toEqual(genuine)
    expect(verifyProof(publicKey, `收据：\n${proof.replaceAll(' ', '\n')}\n（完）`)).toEqual(
      genuine,
    )
  })

  it('is refused when a single character of it was changed', () => {
    for (let at = 0; at < proof.length; at++) {
      const other = proof[at] === 'A' ? 'B' : 'A'
      const changed = proof.slice(0, at) + other + proof.slice(at + 1)
      // The last character of a signature has two bits that do not count.
      if (at === proof.length - 1 || proof[at] === ' ') continue
      expect(verifyProof(publicKey, changed).outcome, `at ${at}`).not.toBe('genuine')
    }
  })

  it('is refused for another day', () => {
    expect(verifyProof(publicKey, proof.replace('03-28', '03-27'))).toEqual({ outcome: 'forged' })
  })

  it('of another service is told from a forged one', () => {
    const theirs = createProof(stranger, '2017-03-28')
    expect(verifyProof(publicKey, theirs)).toMatchObject({ outcome: 'other-service' })
    const posing = theirs.replace(proofKey(stranger).service, service)
    expect(verifyProof(publicKey, posing)).toEqual({ outcome: 'forged' })
  })

  it('is not made of a part, of nothing, or with a key that is none', () => {
    for (const text of ['', 'QF-000123', proof.slice(0, -2)])
      expect(verifyProof(publicKey, text)).toEqual({ outcome: 'unreadable' })
    expect(verifyProof('abc', proof)).toMatchObject({ outcome: 'other-service' })
  })
})

it('the key for proofs is always the same and tells nothing of the master key', () => {
  expect(proofKey(createKeyring(new Uint8Array(32).fill(7)))).toEqual({ publicKey, service })
  expect(publicKey).not.toBe(keyring.signer('something-else').publicKey)
})
