import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/open-database.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { seedReminders } from '../../src/reminders/seed-reminders.ts'
import { csv } from '../areas/editions.ts'
import { root } from '../guards/source-files.ts'
import { runNode } from '../support/child.ts'
import { copyPrepared } from '../support/prepared.ts'

const folder = mkdtempSync(join(tmpdir(), 'qingfeng-calendar-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('the calendar’s import says which reminders come when the day is set', async () => {
  const dataDir = join(folder, 'database')
  copyPrepared('seeded', dataDir)
  const { db, close } = await openDatabase({ url: undefined, dataDir })
  await seedReminders(db, { t: (await createMessages()).in('zh-CN'), now: new Date() })
  await close()
  writeFileSync(join(folder, '.env'), 'DATA_DIR=./database\n')
  const day = Temporal.Now.plainDateISO('Asia/Shanghai').add({ days: 40 })
  writeFileSync(join(folder, 'days.csv'), csv('place,day', `330825001214,${day}`))

  const file = join(root, 'scripts/calendar-import.ts')
  const { code, out, err } = await runNode([file, 'days.csv'], { cwd: folder }).ended
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain(`选举日: not due → ${day} (1 villages)`)
})
