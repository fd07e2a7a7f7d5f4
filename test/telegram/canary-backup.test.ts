import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
import { root } from '../guards/source-files.ts'
import { runNode, waitFor } from '../support/child.ts'
import { copyPrepared } from '../support/prepared.ts'
import { startService } from '../support/service-process.ts'
import { startStandIn, testBot } from '../support/stand-in.ts'

/** Whoever copies the folder of the embedded database, or reads what the commands print, learns nothing of a reporter. */

const folder = mkdtempSync(join(tmpdir(), 'qingfeng-backup-'))
const telegram = await startStandIn()
afterAll(async () => {
  await telegram.stop()
  rmSync(folder, { recursive: true, force: true })
})
const dataDir = join(folder, 'database')
copyPrepared('seeded', dataDir)
const env = {
  BOT_TOKEN: testBot.token,
  TELEGRAM_API_ROOT: telegram.url,
  DATA_DIR: dataDir,
  // A backup of the database never lies beside the key.
  SECRET_KEY_FILE: join(folder, 'secret.key'),
  ADMIN_TELEGRAM_IDS: '30001',
}

const person = {
  id: 6_318_004_217_935,
  first_name: 'Zwitscherling',
  last_name: 'Kanarienvogel',
  username: 'urlaubsbild77',
  language_code: 'zh-hans',
}
const given = { name: '钱百灵鸟', phone: '13905701234' }
const told = { who: '戴画眉', details: '藏在竹篮底下的三十六个红包' }
const camera = 'Kameramarke99'

const fromBot = async () =>
  (await telegram.messages(person.id, person.id)).filter(
    ({ from, deleted, service }) => from?.is_bot && !deleted && !service,
  )

/** The newest thing that the bot said, once it holds these words. */
const hears = (words: string) =>
  waitFor(async () => {
    const said = (await fromBot()).findLast(({ text }) => text?.includes(words))
    return said?.text
  }, 20_000).catch(() => {
    throw new Error(`The bot never said “${words}”`)
  })

async function says(text: string, answer: string) {
  await telegram.act('send', { user_id: person.id, text })
  return hears(answer)
}

async function presses(label: string, answer: string) {
  const [button] = await waitFor(async () => {
    const found = (await fromBot()).flatMap(({ message_id, buttons }) =>
      (buttons ?? [])
        .flat()
        .flatMap(({ text, callback_data: data }) =>
          text.includes(label) && data ? [{ message_id, data }] : [],
        ),
    )
    return found.length > 0 ? found.slice(-1) : undefined
  }, 20_000).catch(async () => {
    throw new Error(`There never was a button “${label}”`)
  })
  if (button) await telegram.press({ user_id: person.id, ...button })
  return hears(answer)
}

/** Every file of the folder as one, as a backup holds it. */
function readBackup(): Buffer {
  const names = readdirSync(dataDir, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile())
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))))
}

function needlesOf(secret: string): Buffer[] {
  const bytes = Buffer.from(secret)
  const forms = [secret, bytes.toString('hex'), encodeURIComponent(secret)]
  const inBase64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(before === 0 ? 0 : 4, -4),
  )
  return [...forms, ...inBase64]
    .filter((form) => form.length > 5)
    .map((form) => Buffer.from(form))
    .concat(Buffer.from(secret, 'utf16le'))
}

function needlesOfId(id: number): Buffer[] {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(id))
  return [...needlesOf(String(id)), Buffer.from(bytes), Buffer.from(bytes).reverse()]
}

const secrets: Record<string, Buffer[]> = {
  ...Object.fromEntries(
    [person.first_name, person.last_name, person.username, given.name, given.phone, told.who]
      .concat(told.details, camera)
      .map((secret) => [secret, needlesOf(secret)]),
  ),
  'the chat': needlesOfId(person.id),
}
const found = (where: Buffer) =>
  Object.entries(secrets).flatMap(([secret, needles]) =>
    needles.some((needle) => where.includes(needle)) ? [secret] : [],
  )

it('a reporter appears in no file of the database and in nothing that a command prints', async () => {
  await telegram.createPerson(person)
  const service = await startService(env)
  await says('/start', '请选择')
  await says('龙洲街道 山底', '山底')
  await says('/report', '请先打 110')
  await presses('我明白了', '出了什么事')
  await presses('送钱', '哪个村')
  await says('龙洲街道 山底', '是谁做的')
  await says(told.who, '这个人是做什么的')
  await presses('不清楚', '是什么时候')
  await presses('昨天', '最要紧的')
  await presses('就这些', '写得对不对')
  await presses('改：详细情况', '请把事情说一说')
  await says(told.details, '写完了')
  await presses('写完了', told.details)
  await presses('改：照片', '照片')
  const photo = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#3a6' } })
    .withExif({ IFD0: { Make: camera } })
    .jpeg()
    .toBuffer()
  const file = { kind: 'document', base64: photo.toString('base64'), mime_type: 'image/jpeg' }
  await telegram.act('upload', {
    user_id: person.id,
    files: [{ ...file, file_name: `${camera}.jpg` }],
  })
  await hears('发完了')
  await presses('发完了', '写得对不对')
  const receipt = await presses('交上去', '查询码：')
  await says('/status', '正在安排督导组')
  await presses('QF-000001', '正在安排督导组')
  await presses('实名', '实名举报')
  await presses('我要留名字', '真名发给我')
  await says(given.name, '电话号码')
  await says(given.phone, '单独锁好')
  await service.stop()

  const backup = readBackup()
  expect(backup.length).toBeGreaterThan(1_000_000)
  // As a check of the check: what may be counted stands there, and the key would open the rest.
  expect(backup.includes(Buffer.from('QF-000001'))).toBe(true)
  const code = /\d{4} \d{4} \d{4} \d{4}/.exec(receipt ?? '')?.[0] ?? ''
  expect(code).toHaveLength(19)
  expect(backup.includes(Buffer.from(code.replaceAll(' ', '')))).toBe(false)
  expect(found(backup)).toEqual([])

  for (const script of ['audit-verify', 'retention-report', 'delivery-status']) {
    const path = join(root, `scripts/${script}.ts`)
    const { code: ended, out, err } = await runNode([path], { cwd: folder, env }).ended
    expect({ script, ended, err }).toEqual({ script, ended: 0, err: '' })
    expect(out.length).toBeGreaterThan(10)
    expect({ script, found: found(Buffer.from(out)) }).toEqual({ script, found: [] })
  }
  const log = Buffer.from(`${service.output.out}${service.output.err}`)
  expect(found(log)).toEqual([])
})
