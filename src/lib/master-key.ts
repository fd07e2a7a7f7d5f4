import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { StartError } from '../errors.ts'

const keyBytes = 32

/**
 * Reads the master key (32 bytes, written as base64) or makes it, with mode 0600, when there is no file.
 * `created` is true for the one start that made it: the operator must then be told to keep a copy.
 * @throws StartError when the file is unreadable, readable by others, or no key.
 */
export function readMasterKey(path: string): { key: Buffer; created: boolean } {
  const file = resolve(path)
  try {
    const created = createIfMissing(file)
    // Windows has no such bits: everything reads as 0666 there.
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new StartError(`SECRET_KEY_FILE ${file} can be read by others. Run: chmod 600 ${file}`)
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
    if (key.length !== keyBytes)
      throw new StartError(
        `SECRET_KEY_FILE ${file} holds no key of ${keyBytes} bytes in base64. Restore your copy of it.`,
      )
    return { key, created }
  } catch (error) {
    if (error instanceof StartError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new StartError(
      `SECRET_KEY_FILE ${file} cannot be read or made (${code}). Check the folder and its owner.`,
    )
  }
}

/** A link appears whole or not at all: two processes that start together end up with one key. */
function createIfMissing(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })) return false
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}
