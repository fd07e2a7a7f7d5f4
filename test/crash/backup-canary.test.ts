import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../guards/source-files.ts'
import { runNode } from '../support/child.ts'
import { startService } from '../support/service-process.ts'
import { createCrashWorld } from './crash-world.ts'

/** Who holds a copy of the data, or the paper that a command prints, and not the key. */

const reporter = {
  id: 7_310_987_654_321,
  first_name: 'Kanarienvogel',
  last_name: 'Zwitscherling',
  username: 'piepmatz_8842',
  language_code: 'zh-hans',
}
/** Only the tip, its photo, an answer, a name that was given, and a draft say these. */
const said = [
  'Heckenrosenweg',
  'Kameramarke99',
  'Apfelkuchenrezept',
  'Wolkenschieber',
  'Halbfertig',
]
const phone = '13377788899'

const world = await createCrashWorld()
afterAll(() => world.close())
const { telegram, env } = world
const { id } = reporter

const bytesOf = (value: bigint, isLittle: boolean) => {
  const bytes = Buffer.alloc(8)
  if (isLittle) bytes.writeBigInt64LE(value)
  else bytes.writeBigInt64BE(value)
  return isLittle ? bytes.subarray(0, 6) : bytes.subarray(2)
}
const words = [
  reporter.first_name,
  reporter.last_name,
  reporter.username,
  ...said,
  phone,
  String(id),
]
const needles = [
  ...words.flatMap((word) => [
    Buffer.from(word),
    Buffer.from(word, 'utf16le'),
    Buffer.from(Buffer.from(word).toString('base64').slice(0, -4)),
    Buffer.from(Buffer.from(word).toString('hex')),
  ]),
  // As the database would keep the number itself.
  bytesOf(BigInt(id), true),
  bytesOf(BigInt(id), false),
]

function found(bytes: Buffer): string[] {
  return needles
    .filter((needle) => bytes.includes(needle))
    .map((needle) => needle.toString('latin1'))
}

/** Every file below a folder, as whoever copies the disk reads it. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

const say = (text: string) => telegram.act('send', { user_id: id, text })
async function press(when: string, label: string): Promise<void> {
  const { message_id, buttons } = await world.find(id, when)
  const data = buttons?.flat().find(({ text }) => text.includes(label))?.callback_data
  await telegram.act('press', { user_id: id, message_id, data, wait_ms: 0 })
}

describe.skipIf(world.isOnServer)('a copy of the data', () => {
  it('and what the commands print tell nobody who reported, or what', async () => {
    const service = await startService({ ...env, LOG_LEVEL: 'trace' })
    await world.write(id, '请把事情说一说', reporter)
    await say(`事情是这样 ${said[0]}`)
    await press('记下了，一共', '写完了')
    await world.find(id, '有照片、录像、录音吗')
    const photo = await sharp({
      create: { width: 90, height: 60, channels: 3, background: '#3a6' },
    })
      .withExif({ IFD0: { Make: said[1] ?? '', Artist: reporter.last_name } })
      .jpeg()
      .toBuffer()
    const file = { kind: 'document', base64: photo.toString('base64'), file_name: `${said[1]}.jpg` }
    await telegram.act('upload', { user_id: id, files: [file] })
    await press('收下了', '发完了')
    await world.submit(id)
    await world.receipt(id)

    await say('/status')
    await press('您在这里交过的举报', 'QF-000001')
    await press('已经交到督导组', '补充材料')
    await world.find(id, '您现在说的是')
    await say(`还有 ${said[2]}`)
    await world.find(id, '收到了，转给办')
    await say('/status')
    await press('已经交到督导组', '实名')
    await press('可以不留名字', '我要留名字')
    await world.find(id, '请把您的真名发给我')
    await say(said[3] ?? '')
    await world.find(id, '再把您的电话号码')
    await say(phone)
    await world.find(id, '单独锁好')
    await say('/report')
    await press('我们保密', '我明白了')
    await say(`${said[4]} 没写完`)
    await world.find(id, '您写的话没有丢')
    // As a check of the check: Telegram told the service all of it.
    const told = JSON.stringify(await telegram.call('GET', '/log?limit=100000&method=getUpdates'))
    const sent = [...said, phone, reporter.username]
    expect(sent.filter((word) => !told.includes(word))).toEqual([])

    // In the middle of its work, as a copy of a disk is made.
    const ended = await service.kill()
    expect({ where: 'log', found: found(Buffer.from(`${ended.out}${ended.err}`)) }).toEqual({
      where: 'log',
      found: [],
    })
    const files = filesBelow(env.DATA_DIR)
    expect(files.length).toBeGreaterThan(100)
    const telling = files
      .map((path) => ({ path, found: found(readFileSync(path)) }))
      .filter((one) => one.found.length > 0)
    expect(telling).toEqual([])

    for (const command of ['retention-report', 'delivery-status', 'audit-verify', 'receipt-key']) {
      const { code, out, err } = await runNode([join(root, `scripts/${command}.ts`)], { env }).ended
      expect({ command, code, err }).toEqual({ command, code: 0, err: '' })
      expect({ command, found: found(Buffer.from(out)) }).toEqual({ command, found: [] })
    }
  })
})
