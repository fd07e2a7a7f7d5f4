import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { StartError } from '../errors.ts'
import { createKeyring, type Keyring } from '../lib/keyring.ts'
import { readMasterKey } from '../lib/master-key.ts'
import type { Db } from './open-database.ts'
import { createSetting, findSetting } from './setting-store.ts'

const fingerprintKey = 'key.fingerprint'

/**
 * The keyring that belongs to this database. The first start makes the key and notes its fingerprint; later ones
 * must bring the same key, because what was sealed with it cannot be read with another.
 * @throws StartError when the key is missing or is not the one.
 */
export async function openKeyring(
  db: Db,
  file: string,
): Promise<{ keyring: Keyring; created: boolean }> {
  const expected = await findSetting(db, fingerprintKey)
  // Checked before reading: otherwise a mistyped path would quietly make a new key.
  if (expected !== null && !existsSync(file))
    throw new StartError(
      `The key ${resolve(file)} is missing, but the database holds data sealed with it. Put your copy of the key back, or point SECRET_KEY_FILE to it.`,
    )
  const { key, created } = readMasterKey(file)
  const keyring = createKeyring(key)
  await createSetting(db, fingerprintKey, keyring.fingerprint)
  if ((await findSetting(db, fingerprintKey)) !== keyring.fingerprint)
    throw new StartError(
      `The key in ${resolve(file)} is not the one this database was sealed with. Point SECRET_KEY_FILE to the right key, or DATA_DIR or DATABASE_URL to the right database.`,
    )
  return { keyring, created }
}
