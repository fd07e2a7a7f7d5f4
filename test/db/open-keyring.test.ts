import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openKeyring } from '../../src/db/open-keyring.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const newFile = () => join(mkdtempSync(join(tmpdir(), 'qingfeng-key-')), 'secret.key')

beforeEach(() => emptyDatabase(database))

describe('openKeyring', () => {
  it('makes the key at the first start and brings the same one at the next', async () => {
    const file = newFile()
    const first = await openKeyring(db, file)
    const sealed = first.keyring.sealer('tip').seal('kept')

    const second = await openKeyring(db, file)
    expect([first.created, second.created]).toEqual([true, false])
    expect(second.keyring.sealer('tip').open(sealed).toString()).toBe('kept')
  })

  it('notes a fingerprint of the key and nothing else', async () => {
    const { keyring } = await openKeyring(db, newFile())
    expect(await db.setting.findMany()).toEqual([
      { key: 'key.fingerprint', value: keyring.fingerprint },
    ])
  })

  it('refuses a database with sealed data when the key is gone, and makes no new one', async () => {
    const file = newFile()
    await openKeyring(db, file)
    rmSync(file)
    await expect(openKeyring(db, file)).rejects.toThrow(`The key ${file} is missing`)
    await expect(openKeyring(db, file)).rejects.toThrow(`The key ${file} is missing`)
  })

  it('refuses another key than the one that the database was sealed with', async () => {
    await openKeyring(db, newFile())
    const other = newFile()
    writeFileSync(other, Buffer.alloc(32, 9).toString('base64'), { mode: 0o600 })
    await expect(openKeyring(db, other)).rejects.toThrow(
      'not the one this database was sealed with',
    )
  })

  it('takes the key back when it was away for a start', async () => {
    const file = newFile()
    const { keyring } = await openKeyring(db, file)
    await expect(openKeyring(db, newFile())).rejects.toThrow('is missing')
    expect((await openKeyring(db, file)).keyring.fingerprint).toBe(keyring.fingerprint)
  })

  it('refuses a key that others can read', async () => {
    const file = newFile()
    await openKeyring(db, file)
    chmodSync(file, 0o644)
    await expect(openKeyring(db, file)).rejects.toThrow('can be read by others')
  })

  it('lets only one of two keys win that start together on an empty database', async () => {
    const starts = await Promise.allSettled([
      openKeyring(db, newFile()),
      openKeyring(db, newFile()),
    ])
    expect(starts.map((start) => start.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
