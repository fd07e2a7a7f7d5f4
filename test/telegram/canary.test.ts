import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { castGroup, writeTip } from '../support/cast.ts'
import { waitFor } from '../support/child.ts'
import { createStage } from '../support/stage.ts'
import { testBot } from '../support/stand-in.ts'
import { docxParts, pack, pptxParts, xlsxParts } from '../tips/evidence/cleaning/office-files.ts'
import { tellingPdf } from '../tips/evidence/cleaning/pdf-files.ts'

const person = {
  first_name: 'Kanarienvogel',
  last_name: 'Zwitscherling',
  username: 'piepmatz_8842',
  phone: '+8613377788899',
  language_code: 'qaa-x-tirili',
}
const id = 7_310_987_654_321
const friend = { id: 7_420_111_222_333, first_name: 'Quellwasser', last_name: 'Fortgeschickt' }
const camera = { Artist: 'Zwitscherling', Make: 'Kameramarke99', Copyright: 'Kanarienvogel' }
const secrets = [
  ...Object.values(person),
  person.phone.slice(1),
  friend.first_name,
  friend.last_name,
  camera.Make,
  testBot.token.split(':')[1] ?? '',
  'Urlaubsbild',
  // What stands in the office files and in the PDF.
  'CANARY-',
]

const stage = await createStage({ logLevel: 'trace' })
const group = await castGroup(stage, { name: '龙游县第一督导组', kind: 'forum' })
const reporter = await stage.villager(id, person)
const { call, act } = stage.telegram

const photo = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#3a6' } })
  .withExif({ IFD0: camera, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '28/1 58/1 0/1' } })
  .jpeg()
  .toBuffer()
const base64 = photo.toString('base64')
const papers = await Promise.all([docxParts(), xlsxParts(), pptxParts()])
const documents = [
  ...papers.map((parts, n) => ({
    base64: pack(parts).toString('base64'),
    file_name: `Zwitscherling_${n}.${['docx', 'xlsx', 'pptx'][n]}`,
  })),
  { base64: (await tellingPdf()).toString('base64'), file_name: 'Zwitscherling.pdf' },
  { base64: Buffer.from('一户两百').toString('base64'), file_name: 'Kanarienvogel.csv' },
]

/** A file as somebody finds it who takes it apart. */
const unpacked = (bytes: Buffer) =>
  bytes.subarray(0, 2).toString() === 'PK' ? Buffer.concat(Object.values(unzipSync(bytes))) : bytes

/** Whatever one could have written down instead of the plain value. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  // Base64 depends on where the value begins within what was encoded; the edges are left out.
  const inBase64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(before === 0 ? 0 : 4, -4),
  )
  const urlSafe = inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const hex = [bytes.toString('hex'), Buffer.from(secret, 'utf16le').toString('hex')]
  return [secret, ...hex, ...inBase64, ...urlSafe, encodeURIComponent(secret)]
}

function formsOfId(number: number): string[] {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(number))
  const bare = bytes.subarray(bytes.findIndex((byte) => byte !== 0))
  return [
    ...formsOf(String(number)),
    number.toString(16),
    Buffer.from(bare).reverse().toString('hex'),
    number.toString(36),
  ]
}

const needles = [...secrets.flatMap(formsOf), ...formsOfId(id), ...formsOfId(friend.id)]
  .map((form) => form.toLowerCase())
  .filter((form) => form.length > 5)

function expectClean(where: string, text: string): void {
  const folded = text.toLowerCase()
  expect(text.length, where).toBeGreaterThan(0)
  expect({ where, found: needles.filter((needle) => folded.includes(needle)) }).toEqual({
    where,
    found: [],
  })
}

/** Every row of every table as one text each; bytes stand in it in hexadecimal. */
async function rowsOf(...tables: string[]): Promise<string[]> {
  const known = await stage.db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
  const rows: string[] = []
  for (const { name } of known) {
    if (tables.length > 0 && !tables.includes(name)) continue
    const found = await stage.db.$queryRawUnsafe<{ row: string }[]>(
      `SELECT row_to_json(t)::text AS row FROM "${name}" t`,
    )
    rows.push(...found.map(({ row }) => `${name} ${row}`))
  }
  return rows
}

/** Everything that somebody other than the reporter and Telegram can ever see. */
async function expectNobodyKnows(): Promise<void> {
  const actors = [group.supervisor, group.admin]
  for (const { chatId, seen } of actors) expectClean(`chat ${chatId}`, JSON.stringify(await seen()))
  expectClean('topics', JSON.stringify(await call('GET', `/chats/${group.chatId}/topics`)))
  for (const { media } of await group.supervisor.fromBot()) {
    if (!media) continue
    const answer = await fetch(`${stage.telegram.url}/control/files/${media.file_id}`)
    const bytes = unpacked(Buffer.from(await answer.arrayBuffer()))
    expect(bytes.length).toBeGreaterThan(10)
    expectClean('a file', `${bytes.toString('latin1')} ${bytes.toString('hex')}`)
  }
  // What Telegram tells us, and what we answer the reporter, is theirs.
  const { entries } = await call<LogPage>('GET', '/log?limit=100000')
  const toOthers = entries.filter(
    ({ method, chat_id }) => method !== 'getUpdates' && chat_id !== id && chat_id !== String(id),
  )
  expect(toOthers.some(({ method }) => method === 'sendPhoto')).toBe(true)
  expectClean('calls', JSON.stringify(toOthers))
  expectClean('log', stage.logLines.join('\n'))
  expectClean('database', (await rowsOf()).join('\n'))
  for (const path of ['/health', '/', `/${person.username}?${id}`])
    expectClean(path, await (await fetch(`${stage.url()}${path}`)).text())
}

/** Starts the service anew until all that failed is sent: a fresh one waits for nothing but what the ledger says. */
async function allSent(): Promise<void> {
  while ((await stage.db.delivery.count({ where: { state: 'pending' } })) > 0) {
    await stage.stop()
    await stage.db.delivery.updateMany({
      where: { state: 'pending' },
      data: { nextTryAt: new Date(0) },
    })
    await stage.start()
    await stage.settled()
  }
}

describe('a reporter', () => {
  it('appears nowhere but in their own chat, whatever they send', async () => {
    await reporter.start()
    await reporter.says('龙洲街道 半爿月')
    await reporter.presses('半爿月')
    await reporter.says('/language')
    await reporter.presses('中文')

    await writeTip(reporter, { village: '龙洲街道 半爿月' })
    await reporter.presses('改：照片')
    await reporter.act('upload', { files: [{ kind: 'photo', base64 }] })
    await reporter.act('upload', {
      files: [
        {
          kind: 'document',
          base64,
          mime_type: 'image/jpeg',
          file_name: 'Zwitscherling_Urlaubsbild.jpg',
        },
      ],
    })
    await reporter.act('upload', { files: [{ kind: 'voice', base64, duration: 2 }] })
    for (const document of documents)
      await reporter.act('upload', { files: [{ kind: 'document', ...document }] })
    await reporter.act('contact', {})
    await reporter.act('location', { latitude: 28.97, longitude: 118.87 })

    await reporter.presses('发完了')
    await reporter.presses('改：详细情况')
    await stage.telegram.createPerson(friend)
    const members = [{ user_id: friend.id }, { user_id: id }]
    const chat = await stage.telegram.createChat({ kind: 'group', title: 'Urlaubsbild', members })
    const { message_ids: [said] = [] } = await act<{ message_ids: number[] }>('send', {
      user_id: friend.id,
      chat_id: chat.id,
      text: '他也给了我家一条烟',
    })
    await reporter.act('forward', { from_chat_id: chat.id, message_id: said })
    const { message_ids: [own] = [] } = (await reporter.says('还有一件事')) as {
      message_ids?: number[]
    }
    await reporter.act('edit', { message_id: own, text: 'Zwitscherling war hier' })
    await reporter.presses('写完了')
    await reporter.presses('交上去')
    await stage.filesSettled()
    const receipt = (await reporter.fromBot()).findLast(({ text }) =>
      text?.includes('查询码'),
    )?.text
    const code = /查询码：([\d ]+)/.exec(receipt ?? '')?.[1]
    await reporter.says(`/status ${code}`)
    await group.supervisor.presses('我来办')
    expect(await reporter.opens()).toContain('有人在办了')
    await reporter.says(`/status ${code}`)

    const shown = await group.supervisor.fromBot()
    expect(shown.some(({ text }) => text?.includes('他也给了我家一条烟'))).toBe(true)
    // The voice is a picture by its bytes.
    const kinds = shown.flatMap(({ media }) => media?.kind ?? [])
    expect(kinds).toEqual([...Array(3).fill('photo'), ...Array(5).fill('document')])
    await expectNobodyKnows()
    // As a check of the check: what Telegram tells us holds them all.
    const { entries } = await call<LogPage>('GET', '/log?limit=100000&method=getUpdates')
    const told = JSON.stringify(entries).toLowerCase()
    for (const secret of [person.first_name, person.last_name, person.username, friend.first_name])
      expect(told).toContain(secret.toLowerCase())
    expect(told).toContain(String(id))
  })

  it('appears nowhere when they answer, add something, and contest the result', async () => {
    const answer = async (words: string) => {
      const last = await group.supervisor.last()
      const topic = last.message_thread_id ? { message_thread_id: last.message_thread_id } : {}
      await group.supervisor.says(words, { reply_to: last.message_id, ...topic })
    }
    await group.supervisor.presses('追问')
    await answer('钱是哪天送的？')
    await reporter.presses('看一看')
    await reporter.presses('回答')
    await reporter.says('前天晚上送的')
    await reporter.says('/status')
    await reporter.presses('QF-000001')
    await reporter.presses('补充材料')
    await reporter.says('还有一箱酒')
    expect((await group.supervisor.last()).text).toContain('还有一箱酒')
    await group.supervisor.presses('办结')
    await group.supervisor.presses('不属实')
    await group.supervisor.presses('发给举报人')
    await reporter.presses('看一看')
    expect((await reporter.last()).text).toContain('没有查到证据')
    await expectNobodyKnows()
    await reporter.presses('不满意')
    await reporter.says('没有来问过人')
    expect((await reporter.last()).text).toContain('会再查')
    await expectNobodyKnows()
  })

  it('appears nowhere when they give their name, a password and an appeal either', async () => {
    await reporter.says('/status')
    await reporter.presses('QF-000001')
    await reporter.presses('实名')
    await reporter.presses('我要留名字')
    await reporter.says(`${person.first_name} ${person.last_name}`)
    await reporter.says(person.phone)
    expect((await reporter.last()).text).toContain('单独锁好')
    await reporter.presses('要一张收据证明')
    await reporter.presses('加一个密码')
    await reporter.says('258013')
    await group.supervisor.says('/mute QF-000001')
    await group.supervisor.presses('停 24 小时')
    await reporter.says('/report')
    await reporter.presses('我有话说')
    await reporter.says('我报的是真的')
    await group.admin.presses('解除')
    expect(await reporter.opens()).toContain('又可以举报了')
    await expectNobodyKnows()
  })

  it('is joined to the tip by no column, and by no moment', async () => {
    const { id: subscriberId } = await stage.db.subscriber.findFirstOrThrow({
      where: { area: { name: { contains: '半爿月' } } },
    })
    const [row] = await stage.db.$queryRaw<{ row: Record<string, unknown> }[]>`
      SELECT row_to_json(s) AS row FROM subscriber s WHERE id = ${subscriberId}`
    const values = Object.values(row?.row ?? {}).map(String)
    const telling = values.filter((value) => value.length > 6)
    expect(telling.length).toBeGreaterThan(1)
    const others = ['tip', 'reporter', 'draft', 'delivery', 'update', 'evidence', 'audit_line']
    const vault = ['reporter_chat', 'prompt', 'identity', 'mute', 'reporter_session']
    const rows = await rowsOf(...others, ...vault, 'tip_card', 'status_guess')
    expect(rows.length).toBeGreaterThan(10)
    for (const value of telling)
      for (const other of rows) expect(other).not.toContain(JSON.stringify(value))
    // As a check of the check: so would it be found.
    const own = (await rowsOf('subscriber')).join('\n')
    for (const value of telling) expect(own).toContain(JSON.stringify(value))

    const columns = await stage.db.$queryRaw<{ type: string }[]>`
      SELECT data_type AS type FROM information_schema.columns WHERE table_name = 'subscriber'`
    expect(columns.filter(({ type }) => /time/.test(type))).toEqual([])
    expect(values.filter((value) => /\d\d:\d\d/.test(value))).toEqual([])
  })

  it('appears nowhere when everything goes wrong either, nor does the token', async () => {
    for (const kind of ['server-error', 'malformed', 'bad-gateway', 'cut', 'refuse'])
      await call('POST', '/faults', { kind, match: 'sendMessage', count: 1 })
    for (const kind of ['server-error', 'malformed', 'cut'])
      await call('POST', '/faults', { kind, match: 'answerCallbackQuery', count: 1 })
    await call('POST', '/faults', { kind: 'malformed', match: 'getUpdates', count: 1 })
    await call('POST', '/faults', { kind: 'cut', match: 'getFile', count: 1 })
    // The database breaks in the middle of an update of the reporter.
    await stage.db.$executeRaw`ALTER TABLE status_guess RENAME TO broken_guess`
    await act('send', { user_id: id, text: `/status 1111 1111 1111 1111 Zwitscherling` })
    await waitFor(() => stage.logLines.find((line) => line.includes('update failed')), 5_000)
    await stage.db.$executeRaw`ALTER TABLE broken_guess RENAME TO status_guess`
    await allSent()
    await reporter.says('/report')
    await reporter.presses('我明白了')
    await reporter.act('upload', { files: [{ kind: 'photo', base64 }] })
    await allSent()
    await call('POST', '/faults', { kind: 'unauthorized', match: 'sendMessage', count: 1 })
    await act('send', { user_id: id, text: '/help' })
    await waitFor(() => stage.logLines.find((line) => line.includes('refuses this bot')), 5_000)
    expect((await fetch(`${stage.url()}/health`)).status).toBe(503)
    await expectNobodyKnows()
  })
})
