import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Counters } from '../../src/sandbox/control/bench-schemas.ts'
import type { MessageView } from '../../src/sandbox/control/views.ts'
import { castGroup, fileTip, makeLinks, meetAdmin, writeTip } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'

const start = Date.now()
let laterMs = 0
const stage = await createStage({ now: () => new Date(start + laterMs + performance.now()) })
const { call, act } = stage.telegram
const text = async (villager: Actor) => (await villager.last()).text ?? ''

/** The one subscriber of a village that nobody else in this file chooses. */
async function subscriberOf(village: string) {
  const found = await stage.db.subscriber.findMany({ where: { area: { name: village } } })
  expect(found).toHaveLength(1)
  return found[0]
}

async function subscribe(id: number, township: string, village: string): Promise<Actor> {
  const villager = await stage.villager(id)
  await villager.start()
  await villager.says(`${township} ${village}`)
  await villager.presses(village)
  expect(await text(villager)).toContain('好了，您选的是')
  return villager
}

const callsTo = async (id: number) =>
  (await call<Counters>('GET', `/counters?chat_id=${id}`)).messages_to_chat

describe('a villager who blocks the bot', () => {
  it('is sent nothing more, and is back with the village after unblocking', async () => {
    const group = await castGroup(stage, { name: '龙游县第一督导组' })
    const wang = await subscribe(501, '龙洲街道', '半爿月')
    await fileTip(wang, { village: '龙洲街道 半爿月' })
    await act('block', { user_id: 501 })
    await stage.settled()
    expect(await subscriberOf('半爿月村村民委员会')).toMatchObject({ state: 'blocked' })
    const before = await callsTo(501)
    await group.supervisor.presses('我来办')
    expect(await callsTo(501)).toBe(before)
    expect(await stage.db.delivery.count({ where: { state: 'blocked' } })).toBe(1)

    await act('unblock', { user_id: 501 })
    await stage.settled()
    expect(await subscriberOf('半爿月村村民委员会')).toMatchObject({ state: 'active' })
    await wang.start()
    expect(await text(wang)).toContain('半爿月村')
  })

  it('finds under /status what was asked and decided meanwhile', async () => {
    const group = await castGroup(stage, { name: '龙游县第五督导组', firstId: 421 })
    const sun = await stage.villager(581)
    const { number } = await fileTip(sun, { village: '詹家镇 浦山' })
    await group.supervisor.presses('我来办')
    await act('block', { user_id: 581 })
    const card = (await group.supervisor.fromBot()).find(({ text }) => text?.includes(number))
    await group.supervisor.says('/ask 是哪一天？', { reply_to: card?.message_id })
    await act('unblock', { user_id: 581 })
    await sun.says('/status')
    expect(await text(sun)).toContain('有消息等您看')
    await sun.presses(number)
    await sun.presses('有一个问题问您')
    expect(await text(sun)).toContain('是哪一天？')
    await sun.presses('回答')
    await sun.says('星期天')
    expect((await group.supervisor.last()).text).toContain('星期天')

    await act('block', { user_id: 581 })
    await group.supervisor.presses('办结')
    await group.supervisor.presses('不属实')
    await group.supervisor.presses('发给举报人')
    await act('unblock', { user_id: 581 })
    await sun.says('/status')
    await sun.presses(number)
    await sun.presses('看结果')
    expect(await text(sun)).toContain('没有查到证据')
    expect(JSON.stringify((await sun.last()).buttons)).toContain('要求再查')
  })

  it('is noticed by the first message when Telegram tells of nothing, as with a deleted account', async () => {
    await castGroup(stage, { name: '龙游县第二督导组', firstId: 411 })
    const li = await subscribe(503, '湖镇镇', '新光')
    await fileTip(li, { village: '东华街道 鸡鸣' })
    await act('deactivate', { user_id: 503 })
    const supervisor = await supervisorOf('LY-02', 411)
    await supervisor.presses('我来办')
    expect(await subscriberOf('新光村村民委员会')).toMatchObject({ state: 'blocked' })
  })

  async function supervisorOf(code: string, userId: number): Promise<Actor> {
    const { inboxChatId } = await stage.db.group.findUniqueOrThrow({ where: { code } })
    return stage.actor(userId, Number(inboxChatId))
  }
})

describe('/stop', () => {
  it('ends the subscription at once, keeps tips alive, and /start brings it back with the village', async () => {
    const chen = await subscribe(504, '小南海镇', '鸿陆夏')
    await chen.says('/stop')
    expect(await subscriberOf('鸿陆夏村村民委员会')).toMatchObject({ state: 'stopped' })
    expect(await text(chen)).toContain('您举报的事有进展，还是会告诉您')
    await chen.says('/report')
    expect(await text(chen)).toContain('我们保密')
    expect(await subscriberOf('鸿陆夏村村民委员会')).toMatchObject({ state: 'stopped' })
    await chen.start()
    expect(await subscriberOf('鸿陆夏村村民委员会')).toMatchObject({ state: 'active' })
    expect(await text(chen)).toContain('鸿陆夏村')
  })
})

describe('a link', () => {
  const area = (name: string) => stage.db.area.findFirstOrThrow({ where: { name } })

  it('on a printed code still leads to a village that was given another code', async () => {
    const { id, code } = await area('詹家村村民委员会')
    const recoded = { code: '330825999999', formerCodes: [code] }
    await stage.db.area.update({ where: { id }, data: recoded })
    await stage.stop()
    await stage.start()
    const lin = await stage.villager(505)
    await lin.start(`v_${code}`)
    expect(await text(lin)).toContain('您是这个村的吗？\n衢州市 龙游县 詹家镇 詹家村')
    await lin.presses('是，我是詹家村的')
    expect(await subscriberOf('詹家村村民委员会')).toMatchObject({ state: 'active' })
  })

  it('to a village that is gone says so and lets choose another', async () => {
    const { id, code } = await area('徐家村村民委员会')
    await stage.db.area.update({ where: { id }, data: { retiredAt: new Date() } })
    await stage.stop()
    await stage.start()
    const he = await stage.villager(506)
    await he.start(`v_${code}`)
    expect(await text(he)).toContain('这个村现在选不了')
    await he.presses('龙游县')
    await he.presses('詹家镇')
  })

  it.each(['v_000000000000', 'v_', 'x', 's_', 'e-_-', 'v_330825001001_'])(
    'that leads nowhere is a plain start: %s',
    async (payload) => {
      const gao = await stage.villager(5_100 + payload.length * 10 + payload.charCodeAt(0))
      await gao.start(payload)
      expect((await gao.fromBot()).length).toBe(2)
      expect(await text(gao)).toContain('请选择您在哪个县')
    },
  )

  it('of a supervisor works once, for the first who opens it, and for seven days', async () => {
    const admin = await meetAdmin(stage)
    await admin.says('/groups 龙游县第三督导组')
    await admin.presses('龙游县第三督导组')
    const [first, second] = await makeLinks(admin)
    const [zhao, qian] = [await stage.villager(507), await stage.villager(508)]
    await zhao.start(first)
    expect(await text(zhao)).toContain('您已登记为“龙游县第三督导组”的成员')
    await zhao.start(first)
    expect(await text(zhao)).toContain('已经用过了')
    await qian.start(first)
    expect(await text(qian)).toContain('已经用过了')
    await zhao.start(second)
    expect(await text(zhao)).toContain('不能再登记成别人')
    laterMs += 7 * 86_400_000
    await qian.start(second)
    expect(await text(qian)).toContain('过期了')
    const enrolled = await stage.db.supervisor.findMany({
      where: { telegramId: { in: [507, 508] } },
    })
    expect(enrolled.map(({ telegramId }) => Number(telegramId))).toEqual([507])
  })
})

describe('the language', () => {
  it('can be changed in the middle of a tip, which goes on in it, receipt included', async () => {
    const anna = await stage.villager(509, { language_code: 'en' })
    await anna.says('/report')
    await anna.presses('I understand')
    expect(await text(anna)).toContain('What happened?')
    await anna.says('/language')
    await anna.presses('中文')
    await anna.says('/report')
    await anna.presses('送钱')
    await anna.says('龙洲街道 半爿月')
    await anna.says('Zhang')
    await anna.presses('想当选的人')
    await anna.says('/language')
    await anna.presses('English')
    await anna.says('last night at the gate')
    expect(await text(anna)).toContain('You have told us what matters most')
    await anna.says('two hundred each')
    await anna.presses('I am done')
    await anna.presses('Skip')
    await anna.presses('File this tip')
    const receipt = (await anna.fromBot()).findLast((message) => /QF-\d+/.test(message.text ?? ''))
    expect(receipt?.text).toMatch(/Number: QF-\d+/)
    const supervisor = stage.actor(401, await chatOf('LY-01'))
    expect((await supervisor.last()).text).toContain('是谁：Zhang')
    await supervisor.presses('我来办')
    expect(await anna.opens()).toMatch(/working on it. \(QF-\d+/)
  })

  const chatOf = async (code: string) =>
    Number((await stage.db.group.findUniqueOrThrow({ where: { code } })).inboxChatId)
})

describe('ten villagers at once', () => {
  it('never see, and never file, each other’s words', async () => {
    const ids = Array.from({ length: 10 }, (_, n) => 6_000 + n)
    const words = (id: number) => `只有${id}知道`
    const villagers = await Promise.all(ids.map((id) => stage.villager(id)))
    await Promise.all(
      villagers.map(async (villager) => {
        await setTimeout(villager.id % 7)
        await writeTip(villager, { village: '龙洲街道 半爿月', who: `张${villager.id}` })
        await villager.presses('改：详细情况')
        await villager.says(words(villager.id))
        await villager.presses('写完了')
        await villager.presses('交上去')
      }),
    )
    const { inboxChatId } = await stage.db.group.findUniqueOrThrow({ where: { code: 'LY-01' } })
    const seen = await stage.actor(401, Number(inboxChatId)).fromBot()
    const holds = (message: MessageView, id: number) =>
      [`张${id}`, words(id)].some((secret) => message.text?.includes(secret))
    for (const villager of villagers) {
      const said = await villager.fromBot()
      for (const other of ids.filter((id) => id !== villager.id))
        expect(said.filter((message) => holds(message, other))).toEqual([])
      const cards = seen.filter((message) => holds(message, villager.id))
      expect(cards).toHaveLength(1)
      expect(cards[0]?.text).toContain(`张${villager.id}`)
      expect(cards[0]?.text).toContain(words(villager.id))
      for (const other of ids.filter((id) => id !== villager.id))
        expect(cards.filter((message) => holds(message, other))).toEqual([])
    }
  })
})
