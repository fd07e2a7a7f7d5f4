import { describe, expect, it } from 'vitest'
import { createKeyring } from '../../src/lib/keyring.ts'
import { readMasterKey } from '../../src/lib/master-key.ts'
import type { MessageView } from '../../src/sandbox/control/views.ts'
import { phraseOf } from '../../src/subscribers/verify/day-phrase.ts'
import { fileTip, meetAdmin } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'

const start = new Date('2026-11-24T02:00:00Z')
let laterMs = 0
const stage = await createStage({ now: () => new Date(start.getTime() + laterMs) })
const text = async (actor: Actor) => (await actor.last()).text ?? ''
const village = await stage.db.area.findUniqueOrThrow({ where: { code: '330825001227' } })

async function subscribe(id: number): Promise<Actor> {
  const villager = await stage.villager(id)
  await villager.start(`v_${village.code}`)
  await villager.presses('是，我是半爿月村的')
  return villager
}

/** The newest subscriber: each test makes its own. */
const newest = () => stage.db.subscriber.findFirstOrThrow({ orderBy: { id: 'desc' } })

describe('/settings', () => {
  it('shows everything that can be chosen and changes it by buttons, in one message', async () => {
    const wang = await subscribe(601)
    await wang.says('/settings')
    const messages = (await wang.fromBot()).length
    expect(await text(wang)).toContain(
      '村：半爿月村\n通知：收\n内容：都收\n几点收：来了就发\n您是：村民',
    )

    await wang.presses('要哪些内容')
    await wang.presses('收：典型案例')
    expect((await wang.last()).buttons?.flat().map((button) => button.text)).toContain(
      '✗ 不收：典型案例',
    )
    await wang.presses('收：政策解释')
    await wang.presses('返回')
    await wang.presses('几点收')
    await wang.presses('晚上7点')
    await wang.presses('我是什么人')
    await wang.presses('选举观察员')
    expect(await text(wang)).toContain(
      '内容：纪律提醒、选举通知\n几点收：晚上7点\n您是：选举观察员',
    )
    expect(await newest()).toMatchObject({
      ...{ mutedTopics: ['case', 'policy'], hour: 19, role: 'observer', state: 'active' },
    })

    await wang.presses('要哪些内容')
    await wang.presses('不收：典型案例')
    for (const topic of ['纪律提醒', '选举通知', '典型案例']) await wang.presses(`✓ 收：${topic}`)
    expect(await text(wang)).toContain('通知就不会再来了')
    expect((await wang.fromBot()).length).toBe(messages)
  })

  it('pauses for some days, and goes on when asked or when the time is over', async () => {
    const li = await subscribe(602)
    await li.says('设置')
    await li.presses('停一阵')
    await li.presses('停 7 天')
    expect(await text(li)).toContain('停着，停到12月1日（星期二）')
    await li.start()
    expect(await text(li)).toContain('您的通知现在停着，停到12月1日')
    await li.presses('设置')
    await li.presses('接着收')
    expect(await text(li)).toContain('通知：收')

    await li.presses('停一阵')
    await li.presses('停 30 天')
    laterMs += 31 * 86_400_000
    await li.says('/settings')
    expect(await text(li)).toContain('通知：收')
    await li.presses('停一阵')
    await li.presses('先停着')
    laterMs += 400 * 86_400_000
    await li.says('/settings')
    expect(await text(li)).toContain('停着，等您来按')
    laterMs = 0
  })

  it('takes no hour at night and no choice that is none', async () => {
    const wu = await subscribe(603)
    await wu.says('/settings')
    const { message_id } = await wu.last()
    for (const data of [
      'set:hour:3',
      'set:hour:99',
      'set:pause:8',
      'set:role:mayor',
      'set:topic:x:off',
    ])
      await wu.act('press', { message_id, data })
    expect(await newest()).toMatchObject({
      ...{ hour: null, pausedUntil: null, role: 'villager', mutedTopics: [] },
    })
  })

  it('of somebody who is not known says how to begin', async () => {
    const stranger = await stage.villager(604)
    await stranger.says('/settings')
    expect(await text(stranger)).toContain('我们这里没有您的记录')
  })
})

describe('/stop', () => {
  it('works with one tap, and one tap takes it back', async () => {
    const chen = await subscribe(605)
    await chen.says('/stop')
    expect(await newest()).toMatchObject({ state: 'stopped' })
    await chen.presses('按错了')
    expect(await text(chen)).toContain('通知照样发给您')
    expect(await newest()).toMatchObject({ state: 'active', areaId: village.id })
    await chen.presses('设置')
    await chen.presses('不再收通知')
    expect(await newest()).toMatchObject({ state: 'stopped' })
  })
})

describe('erasing', () => {
  it('takes two taps, says what stays, and leaves a tip as it is', async () => {
    const zhao = await subscribe(606)
    const { number, code } = await fileTip(zhao)
    const { id } = await newest()
    await zhao.says('/settings')
    await zhao.presses('删掉我的记录')
    expect(await text(zhao)).toContain('不会删掉：\n· 您的举报')
    // An unfinished one has no code yet, so /status cannot reach it.
    expect(await text(zhao)).toContain('没写完的，请发 /report，再按“重新写，上次的删掉”')
    await zhao.presses('不删')
    expect(await stage.db.subscriber.count({ where: { id } })).toBe(1)
    await zhao.presses('删掉我的记录')
    await zhao.presses('我想好了，删掉')
    expect(await text(zhao)).toContain('删好了')
    expect(await stage.db.subscriber.count({ where: { id } })).toBe(0)

    await zhao.says(`/status ${code}`)
    expect((await zhao.fromBot()).some((message) => message.text?.includes(number))).toBe(true)
    await zhao.presses('我想好了，删掉').catch(() => {})
    await zhao.start()
    expect(await text(zhao)).toContain('请选择您在哪个县')
    expect((await newest()).id).toBeGreaterThan(id)
  })
})

describe('somebody who blocked the bot', () => {
  it('is back as soon as they write, also when Telegram told nothing of it', async () => {
    const he = await subscribe(607)
    const { id } = await newest()
    await stage.db.subscriber.update({ where: { id }, data: { state: 'blocked' } })
    await he.says('/help')
    expect(await newest()).toMatchObject({ id, state: 'active', areaId: village.id })
  })
})

describe('/verify', () => {
  it('gives everybody the phrase of the local day, and another one the day after', async () => {
    const keyring = createKeyring(readMasterKey(`${stage.folder}/secret.key`).key)
    const [sun, qian] = [await stage.villager(608), await stage.villager(609)]
    const phraseTo = async (actor: Actor) => {
      await actor.says('/verify')
      return text(actor)
    }
    const said = await phraseTo(sun)
    expect(said).toContain('今天是11月24日（星期二）')
    expect(said).toContain(phraseOf(keyring, '2026-11-24').join('　'))
    expect(said).toContain('@qingfeng_test_bot')
    expect(said).toContain('请打 12380')
    expect(await phraseTo(qian)).toBe(said)
    // 23:59 and 00:01 in Quzhou.
    laterMs = 13 * 3_600_000 + 59 * 60_000
    expect(await phraseTo(sun)).toBe(said)
    laterMs += 2 * 60_000
    expect(await phraseTo(sun)).toContain(phraseOf(keyring, '2026-11-25').join('　'))
    laterMs = 0
  })
})

describe('/distributors', () => {
  const caption = ({ caption: words }: MessageView) => words ?? ''

  it('makes a link with its code, counts who came through it, and ends it', async () => {
    const admin = await meetAdmin(stage)
    await admin.says('/distributors')
    expect(await text(admin)).toContain('还没有人帮忙发链接')
    await admin.presses('加一个')
    await admin.says('长'.repeat(31))
    expect(await text(admin)).toContain('名字太长了')
    await admin.says('龙洲街道中心小学')
    const sent = await admin.last()
    const code = /start=d_([A-Z0-9]{5})$/.exec(caption(sent))?.[1] ?? ''
    expect(code).not.toBe('')
    expect(sent.media?.kind).toBe('photo')

    const typed = await stage.villager(610)
    await typed.start(`d_${code}`)
    await typed.says('龙洲街道 半爿月')
    await typed.presses('半爿月村')
    const scanned = await stage.villager(611)
    await scanned.start(`v_${village.code}_${code}`)
    await scanned.presses('是，我是半爿月村的')
    await scanned.start(`d_${code}`)

    await admin.says('/distributors')
    expect(await text(admin)).toContain(`· 龙洲街道中心小学（${code}）：2 人`)
    await admin.presses('龙洲街道中心小学')
    expect(await text(admin)).toContain('一共带来 2 人\n· 龙游县 龙洲街道：2 人')
    await admin.presses('一个村的链接和二维码')
    await admin.presses('龙游县')
    await admin.presses('龙洲街道')
    await admin.presses('下一页')
    await admin.presses('半爿月村')
    expect(caption(await admin.last())).toContain(`start=v_${village.code}_${code}`)

    await admin.says('/distributors')
    await admin.presses('龙洲街道中心小学')
    await admin.presses('停用')
    await admin.presses('停用')
    await (await stage.villager(612)).start(`d_${code}`)
    await admin.says('/distributors')
    expect(await text(admin)).toContain(`（${code}，已停用）：2 人`)
    const acts = await stage.db.auditLine.findMany({
      where: { subject: { startsWith: 'distributor:' } },
      orderBy: { id: 'asc' },
    })
    expect(acts.map(({ action }) => action)).toEqual(['distributor added', 'distributor retired'])
  })

  it('is not there for a villager', async () => {
    const villager = await subscribe(613)
    await villager.says('/distributors 我')
    expect(await text(villager)).toContain('这个我不会')
    expect(await stage.db.distributor.count({ where: { name: '我' } })).toBe(0)
  })
})
