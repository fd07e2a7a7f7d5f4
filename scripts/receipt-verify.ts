/**
 * Checks the text of a receipt. `npm run receipt:verify -- [--key <public key>] "<text>"`; without a key the one that
 * belongs to the master key of the settings. Ends with code 1 when the text proves nothing.
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadEnvironment, readConfig } from '../src/config.ts'
import { explainEnd, StartError } from '../src/errors.ts'
import { createKeyring } from '../src/lib/keyring.ts'
import { readMasterKey } from '../src/lib/master-key.ts'
import { type ProofVerdict, proofKey, verifyProof } from '../src/tips/reporter/receipt-proof.ts'

try {
  const { key, text } = readArguments()
  const verdict = verifyProof(key ?? ownKey(), text)
  console.log(describe(verdict))
  if (verdict.outcome !== 'genuine') process.exitCode = 1
} catch (error) {
  console.error(explainEnd(error, { withStack: false }))
  process.exitCode = error instanceof StartError ? 2 : 1
}

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { key: { type: 'string' } },
    allowPositionals: true,
  })
  if (positionals.length === 0)
    throw new StartError(
      'Give the text of the receipt: npm run receipt:verify -- "QINGFENG-RECEIPT-1 …"',
    )
  // Without quotation marks the shell hands the words on one by one.
  return { key: values.key, text: positionals.join(' ') }
}

function ownKey(): string {
  const { secretKeyFile } = readConfig(loadEnvironment())
  if (!existsSync(secretKeyFile))
    throw new StartError(
      `There is no master key at ${resolve(secretKeyFile)}. Give the public key of the service: --key …`,
    )
  return proofKey(createKeyring(readMasterKey(secretKeyFile).key)).publicKey
}

function describe(verdict: ProofVerdict): string {
  switch (verdict.outcome) {
    case 'genuine':
      return `Genuine: the service ${verdict.service} took a tip on ${verdict.day}. It proves nothing else.`
    case 'unreadable':
      return 'This is not the text of a receipt, or not the whole of it. It begins with QINGFENG-RECEIPT-1.'
    case 'other-service':
      return `This receipt is of another service (${verdict.service}). Check it with the key of that one.`
    case 'forged':
      return 'Forged or copied wrongly: the text is not as it was signed.'
  }
}
