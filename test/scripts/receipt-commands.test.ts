import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createProof, proofKey } from '../../src/tips/reporter/receipt-proof.ts'
import { root } from '../guards/source-files.ts'
import { runNode } from '../support/child.ts'
import { copyPrepared } from '../support/prepared.ts'

const folder = mkdtempSync(join(tmpdir(), 'qingfeng-receipt-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
copyPrepared('migrated', join(folder, 'database'))
const masterKey = new Uint8Array(32).fill(9)
writeFileSync(join(folder, 'secret.key'), Buffer.from(masterKey).toString('base64'), {
  mode: 0o600,
})
writeFileSync(join(folder, '.env'), 'DATA_DIR=./database\nSECRET_KEY_FILE=./secret.key\n')
const keyring = createKeyring(masterKey)
const { publicKey, service } = proofKey(keyring)
const proof = createProof(keyring, '2017-03-28')

async function run(command: string, ...args: string[]) {
  const file = join(root, `scripts/${command}.ts`)
  const { code, out, err } = await runNode([file, ...args], { cwd: folder }).ended
  return { code, out, err }
}

describe('the commands for receipts', () => {
  it('give the key that everybody may have, and not the one that nobody may', async () => {
    const { code, out } = await run('receipt-key')
    expect(code).toBe(0)
    expect(out).toContain(publicKey)
    expect(out).toContain(service)
    expect(out).not.toContain(Buffer.from(masterKey).toString('base64'))
  })

  it('tell a genuine receipt from a forged one, with the public key alone', async () => {
    const genuine = await run('receipt-verify', '--key', publicKey, proof)
    expect(genuine).toMatchObject({ code: 0, out: expect.stringContaining('2017-03-28') })
    const forged = await run('receipt-verify', ...proof.replace('03-28', '03-29').split(' '))
    expect(forged).toMatchObject({ code: 1, out: expect.stringContaining('Forged') })
  })

  it('say what is missing', async () => {
    expect(await run('receipt-verify')).toMatchObject({ code: 2 })
  })
})

it('the report on retention reads the settings and an empty database', async () => {
  const { code, out } = await run('retention-report')
  expect(code).toBe(0)
  expect(out).toContain('kept 30 days')
  expect(out).toContain('Nothing is due.')
})
