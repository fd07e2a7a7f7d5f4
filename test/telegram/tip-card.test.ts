import { describe, expect, it } from 'vitest'
import { tellTip } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'
import { phonePhoto } from '../tips/evidence/images.ts'
import { openInbox } from './tip-actors.ts'

const stage = await createStage()
await stage.telegram.createPerson({ id: 30_001, first_name: '管理员' })
const admin = stage.actor(30_001)
await admin.start()

const person = {
  first_name: 'Canaryfirst',
  last_name: 'Canarylast',
  username: 'canaryuser',
  phone: '+8619912345678',
}
const canaries = [...Object.values(person), '7770007770', '+8619912345678'.slice(1)]

describe('a tip', () => {
  it('lands in the inbox of its group, is taken there, and its reporter hears of it', async () => {
    const inbox = await openInbox(stage, 'LY-01')
    const wang = await stage.villager(701)
    await tellTip(wang, { village: '龙洲街道 山底' })
    await wang.act('upload', {
      files: [{ kind: 'photo', base64: (await phonePhoto()).toString('base64') }],
    })
    await wang.presses('发完了')
    await wang.presses('交上去')
    await stage.filesSettled()

    const [card, photo] = await inbox.cards()
    expect(card?.text).toContain('哪个村：衢州市 龙游县 龙洲街道 山底村')
    expect(card?.protect).toBe(true)
    expect(photo).toMatchObject({ media: { kind: 'photo' }, protect: true })
    expect(photo?.reply_to?.message_id).toBe(card?.message_id)

    const refused = await inbox.stranger.presses('我来办')
    expect(refused).toMatchObject({ show_alert: true, text: expect.stringContaining('没有登记') })
    const taken = await inbox.supervisor.presses('我来办')
    expect(taken.text).toContain('由您来办')
    const [edited] = await inbox.cards()
    expect(edited?.text).toContain(`✓ ${inbox.name} 来办`)
    expect(edited?.buttons?.flat().map(({ text }) => text)).not.toContain('我来办')
    const told = await wang.opens()
    expect(told).toContain('有人在办了')
    expect(told).not.toContain(inbox.name)
  })

  it('is followed with its receipt code, from any chat, and guessing is slowed down', async () => {
    const receipts = (await stage.actor(701).fromBot()).map(({ text = '' }) => text)
    const code = /\d{4} \d{4} \d{4} \d{4}/.exec(
      receipts.find((text) => text.includes('查询码')) ?? '',
    )
    const li = await stage.villager(702)
    await li.says('/status')
    expect((await li.last()).text).toContain('16 个数字')
    await li.says(code?.[0] ?? '')
    expect((await li.last()).text).toContain('已经有人接手办理')
    for (let n = 0; n < 5; n++) await li.says('/status 1111 1111 1111 1111')
    expect((await li.last()).text).toContain('没有查到')
    await li.says(`/status ${code?.[0]}`)
    expect((await li.last()).text).toContain('过 15 分钟再试')
  })

  it('has a topic of its own in a forum, with its photo in it', async () => {
    const inbox = await openInbox(stage, 'LY-02', 'forum')
    const zhao = await stage.villager(703)
    await tellTip(zhao, { village: '东华街道 鸡鸣' })
    await zhao.act('upload', {
      files: [{ kind: 'photo', base64: (await phonePhoto()).toString('base64') }],
    })
    await zhao.presses('发完了')
    await zhao.presses('交上去')
    await stage.filesSettled()
    const messages = await inbox.cards()
    expect(messages).toHaveLength(2)
    expect(new Set(messages.map((message) => message.message_thread_id)).size).toBe(1)
    expect(messages[0]?.message_thread_id).toBeGreaterThan(1)
  })

  it('goes one level up when the bot was thrown out, and admins hear of it', async () => {
    const county = await openInbox(stage, 'LY')
    const { inboxChatId } = await stage.db.group.findUniqueOrThrow({ where: { code: 'LY-02' } })
    const [bot] = await stage.telegram.call<{ id: number }[]>('GET', '/bots')
    await stage.telegram.act('kick', { chat_id: Number(inboxChatId), user_id: bot?.id })
    await stage.settled()
    expect((await county.cards()).map(({ text }) => text)).toEqual([
      expect.stringContaining('收件群用不了'),
      expect.stringContaining('鸡鸣村'),
      undefined,
    ])
    expect((await admin.last()).text).toContain('收件群用不了')
  })

  it('names its reporter in no message to others, no button, no log line and no clear column', async () => {
    const inbox = await openInbox(stage, 'LY-03')
    const canary = await stage.villager(7_770_007_770, { ...person, language_code: 'zh-hans' })
    await tellTip(canary, { village: '湖镇镇 新光' })
    await canary.act('upload', {
      files: [{ kind: 'photo', base64: (await phonePhoto()).toString('base64') }],
    })
    await canary.presses('发完了')
    await canary.presses('交上去')
    await stage.filesSettled()
    await inbox.supervisor.presses('我来办')
    expect(await canary.opens()).toContain('有人在办了')

    const everywhere = [
      JSON.stringify(await inbox.supervisor.fromBot()),
      JSON.stringify(await admin.fromBot()),
      stage.logLines.join('\n'),
      await dump(),
    ].join('\n')
    for (const secret of [...canaries, 'CANARY-OWNER']) {
      expect(everywhere).not.toContain(secret)
      expect(everywhere).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })
})

/** Every row of every table as text; bytes appear in hexadecimal. */
async function dump(): Promise<string> {
  const tables = await stage.db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
  const rows = await Promise.all(
    tables.map(({ name }) =>
      stage.db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`),
    ),
  )
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n')
}
