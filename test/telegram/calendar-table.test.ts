import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { changeDirectoryVersion } from '../../src/areas/area-store.ts'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { findPlaces } from '../../src/calendar/find-place.ts'
import { meetAdmin } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

let clock = new Date('2026-11-24T10:00:00+08:00')
const stage = await createStage({ now: () => clock, logLevel: 'warn' })
const admin = await meetAdmin(stage)
const directory = createDirectoryCache()
const dayIn = async (place: string) => {
  const { tree } = await directory.current(stage.db)
  return tree.electionDay(findPlaces(tree, place)[0]?.id ?? 0)
}

/** Sends a table and waits for what is said about it. */
async function send(name: string, ...lines: string[]): Promise<string> {
  const base64 = Buffer.from(lines.join('\n')).toString('base64')
  const said = (await admin.fromBot()).length
  const file = { kind: 'document', base64, file_name: name, mime_type: 'text/csv' }
  await admin.act('upload', { files: [file] })
  // “Reading” comes first, where the file may be a table at all.
  while ((await admin.fromBot()).length < said + (name.endsWith('.csv') ? 2 : 1))
    await setTimeout(10)
  await stage.settled()
  return (await admin.fromBot()).at(-1)?.text ?? ''
}

it('says by line what to mend, and waits for the table again', async () => {
  await admin.says('/calendar')
  await admin.presses('导入表格')
  expect(await send('days.docx', '信')).toContain('请发表格文件')
  const said = await send(
    'days.csv',
    'place,day',
    '没有镇,2026-12-19',
    '贺村镇,昨天',
    '石门镇,2026-11-01',
  )
  expect(said).toBe(
    [
      '什么也没有改。请改好下面这些行，再发一次：',
      '第2行：没有找到“没有镇”。请写名字、路径，或者十二位编码。',
      '第3行：“昨天”看不出是哪一天。请写成 2026-12-05。',
      '第4行：2026-11-01 已经过去了。',
    ].join('\n'),
  )
})

it('shows which villages and reminders move, and changes them when that is confirmed', async () => {
  const table = [
    'place,day',
    '贺村镇,2026-12-19',
    '石门镇,2026年12月20日',
    '石门镇 清漾村,2026-12-21',
  ]
  const said = await send('days.csv', ...table)
  expect(said).toMatch(/^表格里要改日子的地方：3 个。\n\n日子会变的村（社区）：\d+ 个\n/)
  expect(said).toMatch(/· 没有日子 → 12月21日（星期一）：1 个（清漾村）/)
  expect(said).toMatch(/定时提醒：\n· 登记选民：就是今天，改好就发（47 个村）/)
  expect(await dayIn('贺村镇')).toBe(null)
  await admin.presses('确定改')
  expect((await admin.last()).text).toBe('改好了：3 个地方。')
  expect(await dayIn('贺村镇')).toBe('2026-12-19')
  expect(await dayIn('石门镇 清漾村')).toBe('2026-12-21')
  await admin.says('/calendar')
  await admin.presses('导入表格')
  expect(await send('days.csv', ...table)).toContain('和现在一样')
})

it('is shown anew when somebody was faster, and forgotten when it is not wanted', async () => {
  await send('days.csv', 'place,day', '贺村镇,2026-12-26')
  await stage.db.area.updateMany({
    where: { code: '330881120000' },
    data: { electionDay: new Date('2026-12-22') },
  })
  await changeDirectoryVersion(stage.db)
  await admin.presses('确定改')
  expect((await admin.last()).text).toMatch(
    /^刚才有别人改过日历，请再看一遍：\n\n表格里要改日子的地方：1 个/,
  )
  await admin.presses('不改')
  expect((await admin.last()).text).toBe('好，什么也没有改。')
  expect(await dayIn('贺村镇')).toBe('2026-12-19')
})

it('confirms the newest table only, and only as long as its days are to come', async () => {
  await admin.says('/calendar')
  await admin.presses('导入表格')
  await send('days.csv', 'place,day', '贺村镇,2026-12-26')
  const older = (await admin.fromBot()).at(-1)
  await send('days.csv', 'place,day', '贺村镇,2026-11-25')
  const [[yes] = []] = older?.buttons ?? []
  await admin.act('press', { message_id: older?.message_id, data: yes?.callback_data })
  const pressed = (await admin.fromBot()).find(({ message_id }) => message_id === older?.message_id)
  expect(pressed?.text).toContain('这张表格已经过去了')
  clock = new Date('2026-11-26T00:01:00+08:00')
  await admin.presses('确定改')
  expect((await admin.last()).text).toContain('这张表格已经过去了')
  expect(await dayIn('贺村镇')).toBe('2026-12-19')
})
