import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/open-database.ts'
import { appendAudit } from '../../src/staff/audit.ts'
import { root } from '../guards/source-files.ts'
import { runNode } from '../support/child.ts'
import { copyPrepared } from '../support/prepared.ts'

const folder = mkdtempSync(join(tmpdir(), 'qingfeng-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const dataDir = join(folder, 'database')
copyPrepared('migrated', dataDir)
writeFileSync(join(folder, '.env'), 'DATA_DIR=./database\n')

async function change(
  work: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<unknown>,
) {
  const database = await openDatabase({ dataDir })
  await work(database.db)
  await database.close()
}

async function verify(...args: string[]) {
  const script = join(root, 'scripts/audit-verify.ts')
  const { code, out, err } = await runNode([script, ...args], { cwd: folder }).ended
  return { code, out, err }
}

describe('the command that verifies the audit', () => {
  it('prints an end to note, and names a line that was changed or cut off', async () => {
    await change(async (db) => {
      for (const n of [1, 2, 3])
        await db.$transaction((tx) =>
          appendAudit(tx, {
            at: new Date(Date.UTC(2017, 2, 28, n)),
            actor: 'supervisor:1',
            action: 'tip acknowledged',
            subject: `tip:${n}`,
            detail: {},
          }),
        )
    })
    const whole = await verify()
    expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('All 3 lines') })
    const noted = /3:[0-9a-f]{64}/.exec(whole.out)?.[0] ?? ''
    expect(await verify(noted)).toMatchObject({ code: 0 })

    await change((db) => db.auditLine.delete({ where: { id: 3 } }))
    expect(await verify(noted)).toMatchObject({
      code: 1,
      out: expect.stringContaining('Line 3 is missing'),
    })
    await change((db) => db.auditLine.update({ where: { id: 2 }, data: { actor: 'supervisor:9' } }))
    expect(await verify()).toMatchObject({
      code: 1,
      out: expect.stringContaining('Line 2 was changed'),
    })
    expect(await verify('nonsense')).toMatchObject({ code: 2 })
  })
})
