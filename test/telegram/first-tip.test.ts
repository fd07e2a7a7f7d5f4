import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createReceiptCode } from '../../src/tips/filing/receipt-code.ts'
import { castGroup, fileTip, writeTip } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

const stage = await createStage()
const { chatId, supervisor, colleague, outsider, admin } = await castGroup(stage, {
  name: '龙游县第一督导组',
})
/** In the territory of that group. */
const village = '龙洲街道 半爿月'

describe('the first tip, end to end', () => {
  const wang = stage.actor(501)
  let receipt = { number: '', code: '' }

  it('lands as a card in the one inbox that is responsible, and the villager gets a receipt', async () => {
    await stage.villager(501)
    await wang.start()
    receipt = await fileTip(wang, { village })
    expect(receipt.number).toBe('QF-000001')
    expect(receipt.code).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/)

    const card = await supervisor.last()
    expect(card.text).toContain('举报 QF-000001')
    expect(card.text).toContain('张大山')
    expect(card.text).toContain('每户送了两百元和一条烟')
    expect(card.protect).toBe(true)
    expect(card.buttons?.flat().map(({ text }) => text)).toEqual(['我来办', '转交', '更多'])
  })

  it('refuses a stranger to the roster and an anonymous admin, each with what to do', async () => {
    const refused = await outsider.presses('我来办')
    expect(refused.text).toContain('还没有登记')
    const anonymous = { user_id: colleague.id, chat_id: chatId }
    await stage.telegram.act('anonymous', { ...anonymous, is_anonymous: true })
    await stage.telegram.act('demote', { ...anonymous, by: supervisor.id })
  })

  it('is acknowledged by the first press; the second is told who was first, the villager that somebody did', async () => {
    const card = await supervisor.last()
    const press = (userId: number) =>
      stage.telegram.press({
        user_id: userId,
        chat_id: chatId,
        message_id: card.message_id,
        data: 't:ack:1',
      })
    const answers = (await Promise.all([press(supervisor.id), press(colleague.id)])).map(
      ({ text }) => text ?? '',
    )
    await stage.settled()
    expect(answers.filter((text) => text.includes('由您来办'))).toHaveLength(1)
    expect(answers.filter((text) => text.includes('已经接下了'))).toHaveLength(1)
    const after = await supervisor.last()
    expect(after.text).toMatch(/督导员[甲乙] 来办/)
    expect(after.buttons?.flat().map(({ text }) => text)).toEqual(['追问', '转交', '办结', '更多'])
    expect((await wang.last()).text).not.toMatch(/举报|督导|QF/)
    const told = await wang.opens()
    expect(told).toContain('您的事有人在办了。（QF-000001）')
    expect(told).not.toContain('督导员')
  })

  it('shows where it stands to who has the receipt code', async () => {
    const li = await stage.villager(502)
    await li.says(`/status ${receipt.code}`)
    expect((await li.last()).text).toContain('QF-000001：督导组已经有人接手办理')
  })

  it('makes who guesses codes wait, with one answer for all wrong ones', async () => {
    const chen = await stage.villager(503)
    const answers = new Set<string | undefined>()
    await chen.says('/status QF-000001')
    expect((await chen.last()).text).toContain('16 个数字')
    await chen.says('查询码：1234 5678 901')
    expect((await chen.last()).text).toContain('11 个数字')
    // Codes that might be: one that cannot be is told to be a slip of the pen.
    for (const _guess of [1, 2, 3, 4, 5]) {
      await chen.says(`/status ${createReceiptCode()}`)
      answers.add((await chen.last()).text)
    }
    expect(answers.size).toBe(1)
    await chen.says(`/status ${receipt.code}`)
    expect((await chen.last()).text).toContain('分钟再试')
  })

  it('asks the last question again when a draft was left and comes back', async () => {
    await wang.says('/report')
    await wang.presses('我明白了')
    await wang.presses('请吃饭')
    await stage.stop()
    await stage.start()
    await wang.says('/report')
    await wang.presses('接着写')
    expect((await wang.last()).text).toContain('哪个村')
    await wang.says('/cancel')
    await wang.presses('全部删掉')
    expect((await wang.last()).text).toContain('都删掉了')
  })

  it('brings photos into the inbox without what the camera wrote into them', async () => {
    const zhou = await stage.villager(504)
    await writeTip(zhou, { village, who: '李四' })
    await zhou.presses('改：照片')
    const photo = await sharp({
      create: { width: 80, height: 60, channels: 3, background: '#c33' },
    })
      .withExif({
        IFD0: { Make: 'Secret Camera', Artist: 'reporter zhou' },
        IFD3: { GPSLatitude: '28/1 58/1 0/1' },
      })
      .jpeg()
      .toBuffer()
    expect(photo.includes('Secret Camera')).toBe(true)
    await zhou.act('upload', { files: [{ kind: 'photo', base64: photo.toString('base64') }] })
    await zhou.presses('发完了')
    await zhou.presses('交上去')
    await until(async () =>
      (await supervisor.fromBot()).some(({ media }) => media?.kind === 'photo'),
    )
    const shown = (await supervisor.fromBot()).find(({ media }) => media?.kind === 'photo')
    const fileId = shown?.media?.file_id
    const bytes = Buffer.from(
      await (await fetch(`${stage.telegram.url}/control/files/${fileId}`)).arrayBuffer(),
    )
    expect(bytes.length).toBeGreaterThan(100)
    expect(bytes.includes('Secret Camera')).toBe(false)
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  })

  it('waits, with the admins told, when no inbox can take it, and goes out when one is bound', async () => {
    await stage.telegram.act('kick', { chat_id: chatId, user_id: 500000001, by: supervisor.id })
    await stage.settled()
    const alarms = (await admin.fromBot()).map(({ text }) => text ?? '')
    expect(alarms.filter((text) => text.includes('收件群用不了'))).toHaveLength(1)
    const sun = await stage.villager(505)
    const { number } = await fileTip(sun, { village, who: '赵六' })
    expect((await admin.last()).text).toContain(`${number} 现在没有督导组能收`)

    const county = await castGroup(stage, { name: '龙游县督导组', kind: 'forum', firstId: 411 })
    const topics = await stage.telegram.call<{ name: string }[]>(
      'GET',
      `/chats/${county.chatId}/topics`,
    )
    expect(topics.map(({ name }) => name)).toContain(number)
    const cards = await county.supervisor.fromBot()
    expect(cards.filter(({ text, buttons }) => buttons && text?.includes(number))).toHaveLength(1)
  })
})

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await stage.settled()
}
