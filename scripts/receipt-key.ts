/** The public key with which anybody can check receipts. `npm run receipt:key`; reads the master key of the settings. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { loadEnvironment, readConfig } from '../src/config.ts'
import { explainEnd, StartError } from '../src/errors.ts'
import { createKeyring } from '../src/lib/keyring.ts'
import { readMasterKey } from '../src/lib/master-key.ts'
import { proofKey } from '../src/tips/reporter/receipt-proof.ts'

try {
  const { secretKeyFile } = readConfig(loadEnvironment())
  // Reading would make one, and receipts checked with a new key would all look forged.
  if (!existsSync(secretKeyFile))
    throw new StartError(
      `There is no master key at ${resolve(secretKeyFile)}. Point SECRET_KEY_FILE to that of the service.`,
    )
  const { publicKey, service } = proofKey(createKeyring(readMasterKey(secretKeyFile).key))
  console.log(`Service ${service}. Its key for checking receipts, which everybody may have:`)
  console.log(publicKey)
  console.log(`Check one with: npm run receipt:verify -- --key ${publicKey} "<text>"`)
} catch (error) {
  console.error(explainEnd(error, { withStack: false }))
  process.exitCode = error instanceof StartError ? 2 : 1
}
