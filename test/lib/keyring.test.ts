import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyring, openJson, sealJson } from '../../src/lib/keyring.ts'

const keyring = createKeyring(new Uint8Array(32).fill(1))
const other = createKeyring(new Uint8Array(32).fill(2))
const sealer = keyring.sealer('tip')

describe('a sealer', () => {
  it('gives back what it sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(new Uint8Array(sealer.open(sealer.seal(bytes)))).toEqual(bytes)
      }),
    )
  })

  it('gives back text and values in any script', () => {
    expect(sealer.open(sealer.seal('王秀英 😀')).toString()).toBe('王秀英 😀')
    expect(openJson(sealer, sealJson(sealer, { 村: ['山底', 1, null] }))).toEqual({
      村: ['山底', 1, null],
    })
  })

  it('shows nothing of what it sealed, not even that two values are the same', () => {
    const sealed = sealer.seal('一家五百元')
    expect(Buffer.from(sealed).includes('一家五百元')).toBe(false)
    expect(sealer.seal('一家五百元')).not.toEqual(sealed)
  })

  it('refuses a value with any changed byte', () => {
    const sealed = sealer.seal('short')
    for (const at of sealed.keys()) {
      const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte))
      expect(() => sealer.open(changed), `byte ${at}`).toThrow()
    }
  })

  it('refuses a value that was cut, and one that is none', () => {
    const sealed = sealer.seal('short')
    for (const length of sealed.keys()) expect(() => sealer.open(sealed.slice(0, length))).toThrow()
    expect(() => sealer.open(new TextEncoder().encode('plain text of some length'))).toThrow()
  })

  it('refuses what another purpose or another master key sealed', () => {
    const sealed = sealer.seal('secret')
    expect(() => keyring.sealer('draft').open(sealed)).toThrow()
    expect(() => other.sealer('tip').open(sealed)).toThrow()
  })

  it('opens what a later start with the same master key gets', () => {
    const later = createKeyring(new Uint8Array(32).fill(1))
    expect(later.sealer('tip').open(sealer.seal('kept')).toString()).toBe('kept')
  })
})

describe('a data key', () => {
  it('opens what it sealed after being unwrapped, and nothing else does', () => {
    const { wrapped, sealer: fresh } = keyring.createDataKey()
    const sealed = fresh.seal('the tip')
    expect(keyring.openDataKey(wrapped).open(sealed).toString()).toBe('the tip')
    expect(() => keyring.createDataKey().sealer.open(sealed)).toThrow()
    expect(() => other.openDataKey(wrapped)).toThrow()
  })
})

describe('a keyed hash', () => {
  it('is the same for the same text and purpose, so that it can be looked up', () => {
    expect(keyring.hash('subscriber', '4711')).toEqual(keyring.hash('subscriber', '4711'))
    expect(keyring.hash('subscriber', '4711')).toHaveLength(32)
  })

  it('differs by purpose and by key, so that tables cannot be joined by it', () => {
    expect(keyring.hash('draft', '4711')).not.toEqual(keyring.hash('subscriber', '4711'))
    expect(other.hash('subscriber', '4711')).not.toEqual(keyring.hash('subscriber', '4711'))
  })

  it('is no sealing key: hash and sealer of one purpose have nothing in common', () => {
    const sealedWithHash = createKeyring(keyring.hash('tip', '')).sealer('tip')
    expect(() => sealedWithHash.open(sealer.seal('secret'))).toThrow()
  })
})

it('the fingerprint tells two master keys apart and holds neither', () => {
  expect(keyring.fingerprint).toMatch(/^[0-9a-f]{16}$/)
  expect(keyring.fingerprint).not.toBe(other.fingerprint)
  expect(keyring.fingerprint).not.toContain('0101')
})
