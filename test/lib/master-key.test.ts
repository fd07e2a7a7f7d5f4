import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StartError } from '../../src/errors.ts'
import { readMasterKey } from '../../src/lib/master-key.ts'

const newPath = (...names: string[]) =>
  join(mkdtempSync(join(tmpdir(), 'qingfeng-key-')), ...names, 'secret.key')

function refusalOf(path: string): string {
  try {
    readMasterKey(path)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  throw new Error('It was taken')
}

describe('readMasterKey', () => {
  it('makes a key for its owner alone the first time and reads it the next', () => {
    const path = newPath('a new', 'folder')
    const first = readMasterKey(path)
    expect(first).toMatchObject({ created: true })
    expect(first.key).toHaveLength(32)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readMasterKey(path)).toEqual({ key: first.key, created: false })
  })

  it('leaves nothing but the key behind', () => {
    const path = newPath()
    readMasterKey(path)
    expect(readdirSync(dirname(path))).toEqual(['secret.key'])
  })

  it('makes another key in another place', () => {
    expect(readMasterKey(newPath()).key).not.toEqual(readMasterKey(newPath()).key)
  })

  it('takes a key that a person put back with line ends and spaces', () => {
    const path = newPath()
    const { key } = readMasterKey(path)
    writeFileSync(path, `  ${key.toString('base64')}\r\n\n`)
    expect(readMasterKey(path).key).toEqual(key)
  })

  it('refuses a key that others can read, and says how to mend it', () => {
    const path = newPath()
    readMasterKey(path)
    for (const mode of [0o640, 0o604, 0o644]) {
      chmodSync(path, mode)
      expect(refusalOf(path)).toContain(`chmod 600 ${path}`)
    }
  })

  it.each([
    ['an empty file', ''],
    ['a key that is too short', Buffer.alloc(31, 1).toString('base64')],
    ['a key that is too long', Buffer.alloc(33, 1).toString('base64')],
    ['something else', 'mistyped, not a key at all'],
  ])('refuses %s and does not show it', (_, content) => {
    const path = newPath()
    writeFileSync(path, content, { mode: 0o600 })
    const refusal = refusalOf(path)
    expect(refusal).toContain('holds no key of 32 bytes')
    if (content !== '') expect(refusal).not.toContain(content)
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  it('refuses a folder in the place of the file', () => {
    expect(refusalOf(dirname(newPath()))).toContain('SECRET_KEY_FILE')
  })

  it('refuses a place where no folder can be made', () => {
    const file = newPath()
    writeFileSync(file, '')
    expect(refusalOf(join(file, 'secret.key'))).toMatch(/cannot be read or made \(E[A-Z]+\)/)
  })
})
