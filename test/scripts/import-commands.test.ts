import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { csv, header } from '../areas/editions.ts'
import { root } from '../guards/source-files.ts'
import { workbookOf } from '../lib/workbook.ts'
import { runNode } from '../support/child.ts'
import { copyPrepared } from '../support/prepared.ts'

const folder = mkdtempSync(join(tmpdir(), 'qingfeng-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
copyPrepared('migrated', join(folder, 'database'))
// The commands must find the database as the service does.
writeFileSync(join(folder, '.env'), 'DATA_DIR=./database\n')

async function run(command: string, ...args: string[]) {
  const file = join(root, `scripts/${command}.ts`)
  const { code, out, err } = await runNode([file, ...args], { cwd: folder }).ended
  return { code, out, err }
}

function write(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes)
  return name
}

describe('the import commands', () => {
  const areas = write('areas.csv', csv(header, '330800000000,衢州市,city,'))
  const groups = write(
    'groups.csv',
    csv('code,name,kind,level,territory,roster', 'QZ,市组,supervision,city,330800000000,甲:组长'),
  )

  it('say which comes first', async () => {
    const { code, err } = await run('groups-import', groups)
    expect(code).toBe(2)
    expect(err).toMatch(
      /^Nothing was imported: there are no places .*npm run directory:import.*\n$/,
    )
  })

  it('say in plain words what they changed', async () => {
    expect(await run('directory-import', areas)).toEqual({
      code: 0,
      out: 'The directory is imported. 0 places are as they were.\n1 created:\n  330800000000 衢州市\n',
      err: '',
    })
    const { out } = await run('groups-import', groups)
    expect(out).toContain('1 created, 0 changed, 0 retired')
    expect(out).toContain('Every village and community has a supervision group.')
  })

  it('work on the database that .env names', () => {
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('name each problem with its line and what to do, and fail', async () => {
    const bad = write(
      'bad.csv',
      csv(header, '330800000000,衢州市,city,', '330825001214,山底村,village,330800000000'),
    )
    const { code, err } = await run('directory-import', bad)
    expect(code).toBe(1)
    expect(err).toContain('Nothing was imported')
    expect(err).toContain(
      'Line 3: 山底村 is a village and belongs to a township, but parentCode names a city.',
    )
  })

  it('show what a calendar would change, and change it when told to', async () => {
    const day = Temporal.Now.plainDateISO('Asia/Shanghai').add({ days: 40 }).toString()
    const calendar = write('calendar.csv', csv('place,day', `衢州市,${day}`))
    const looked = await run('calendar-import', calendar)
    expect(looked).toMatchObject({ code: 0, err: '' })
    expect(looked.out).toContain(`330800000000 衢州市: no day → ${day}`)
    expect(looked.out).toContain('npm run calendar:import -- calendar.csv --apply')
    expect((await run('calendar-import', calendar, '--apply')).out).toContain(
      'The calendar is changed.',
    )
  })

  it('take content into the library as drafts, or say by line what is wrong with it', async () => {
    const columns = 'code,kind,title,body,source'
    const bad = write('bad-content.csv', csv(columns, 'a,新闻,不收礼,不收。,某县'))
    expect(await run('content-import', bad)).toMatchObject({
      code: 1,
      err: 'Nothing was imported. Please mend these lines and import it again:\nLine 2: “新闻” is no kind. Kinds are reminder, case, policy and notice.\n',
    })
    const good = write('content.csv', csv(columns, 'a,纪律,不收礼,不收。,某县'))
    expect(await run('content-import', good)).toMatchObject({ code: 0, err: '' })
    expect((await run('content-import', good)).out).toContain('0 new, 0 new versions, 1 unchanged')
    expect((await run('content-import')).err).toContain('<file.csv|file.xlsx>\n')
  })

  it('take an Excel workbook by its name, and report one that is called .csv', async () => {
    const rows = [header, '330800000000,衢州市,city,'].map((line) => line.split(','))
    const named = write('areas.xlsx', workbookOf(rows))
    expect(await run('directory-import', named)).toMatchObject({
      code: 0,
      out: 'The directory is imported. 1 places are as they were.\n',
    })
    const { code, err } = await run('directory-import', write('book.csv', workbookOf(rows)))
    expect(code).toBe(1)
    expect(err).toContain('Nothing was imported')
    expect(err).toContain('Line 1: This is an Excel workbook that is called .csv')
  })

  it('show how they are used when the file is missing', async () => {
    expect(await run('groups-import')).toMatchObject({
      code: 2,
      err: 'Usage: npm run groups:import -- <file.csv|file.xlsx> [--retire-many]\n',
    })
    expect((await run('directory-import', 'none.csv')).err).toContain('cannot be read')
  })
})
