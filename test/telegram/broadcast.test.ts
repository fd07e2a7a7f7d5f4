import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeTip } from '../support/cast.ts'
import { waitFor } from '../support/child.ts'
import { createStage } from '../support/stage.ts'
import {
  castOffice,
  castVillagers,
  compose,
  countSent,
  countWaitingQueues,
  morning,
  readChats,
} from './broadcast-cast.ts'

const clock = { at: morning }
/** Slow enough that somebody can press a button in the middle. */
const slow = {
  bot: { count: 40, perMs: 1_000 },
  paid: { count: 40, perMs: 1_000 },
  chat: { burst: 1_000, everyMs: 0 },
  group: { count: 1_000, perMs: 0 },
}
const stage = await createStage({
  now: () => clock.at,
  limits: slow,
  env: { ADMIN_TELEGRAM_IDS: '30001,30002' },
})
// 江山市 votes in five days; 龙游县 has no day yet.
await stage.db.area.update({
  where: { code: '330881000000' },
  data: { electionDay: new Date('2017-03-20') },
})
const { lin, zhou } = await castOffice(stage)
let near: number[] = []
let far: number[] = []

const tick = async () => {
  clock.at = new Date(clock.at.getTime() + 10_000)
  await stage.ring('tend campaigns')
}
/** Ten by ten grey pixels. */
const photo = {
  kind: 'photo',
  base64: (
    await sharp({ create: { width: 10, height: 10, channels: 3, background: 'grey' } })
      .jpeg()
      .toBuffer()
  ).toString('base64'),
}
const lastOf = async (who: typeof lin) => (await who.last()).text ?? ''

beforeAll(async () => {
  near = await castVillagers(stage, { fromId: 70_001, count: 40, village: '330881001208' })
  far = await castVillagers(stage, { fromId: 80_001, count: 10, village: '330825001214' })
})

describe('/broadcast', () => {
  it('is unknown to villagers', async () => {
    const wang = await stage.villager(901)
    await wang.says('/broadcast')
    expect((await wang.last()).text).not.toContain('群发')
  })

  it('leads from the words to the review, and shows whom it reaches', async () => {
    await lin.says('/broadcast')
    await lin.presses('新的群发')
    await lin.presses('自己写')
    await lin.presses('通知')
    expect(await lastOf(lin)).toContain('请把中文的内容发给我')
    await lin.says('投票提醒\n{村名}的乡亲，还有{天数}天投票。')
    expect(await lastOf(lin)).toContain('中文记下了')
    await lin.presses('写英文')
    await lin.says('Vote\n{days} days left.')
    await lin.presses('写来源')
    await lin.says('江山市换届办')
    expect(await lastOf(lin)).toMatch(/写好的语言：中文、英文\n来源：江山市换届办/)
    await lin.presses('下一步')
    await lin.presses('加一个网页按钮')
    await lin.says('看全文 | Read more https://example.org/full')
    await lin.presses('下一步')
    expect(await lastOf(lin)).toMatch(/40 人，在 1 个村、社区\n另外有 10 人收不到/)
    await lin.presses('按地方')
    await lin.says('江山市')
    await lin.presses('江山市')
    expect(await lastOf(lin)).toMatch(/地方：江山市.*40 人，在 1 个村、社区\n比如：/s)
    await lin.presses('下一步')
    await lin.presses('下一步')
    expect(await lastOf(lin)).toMatch(/现在：正在写.*· 地方：江山市.*40 人.*夜里不发/s)
  })

  it('shows the message in every language, filled in, and sends it to oneself', async () => {
    await lin.presses('看样子')
    const texts = (await lin.fromBot()).map(({ text }) => text)
    expect(texts.at(-3)).toMatch(/^投票提醒\n\n\S+的乡亲，还有5天投票。\n\n来源：江山市换届办$/)
    expect(texts.at(-2)).toMatch(/^Vote\n\n5 days left\./)
    const buttons = (await lin.fromBot()).at(-2)?.buttons?.flat()
    expect(buttons?.map(({ text }) => text)).toEqual(['I have read it', 'Read more'])
    await lin.presses('先发给我自己')
    expect((await lin.fromBot()).at(-2)?.text).toMatch(/^投票提醒/)
  })

  it('takes the approval away with every change, and refuses one for what was changed since', async () => {
    await lin.presses('请第二个人看')
    expect(await lastOf(lin)).toContain('已经请 1 个人看')
    const card = await zhou.last()
    expect(card.text).toMatch(/能不能这样发.*40 人/s)
    await lin.presses('改一改')
    await lin.says('/broadcast')
    await lin.presses('投票提醒')
    await lin.presses('改一改')
    await lin.presses('重写中文')
    await lin.says('投票提醒\n{村名}的乡亲，还有{天数}天。')
    expect(await lastOf(lin)).toContain('原来请人看的不算了')
    await zhou.presses('同意发')
    expect(await lastOf(zhou)).toContain('已经有人决定了，或者正在改')
    for (const _step of ['buttons', 'audience', 'time', 'review']) await lin.presses('下一步')
    await lin.presses('请第二个人看')
    const approve = card.buttons?.flat().find(({ text }) => text === '同意发')?.callback_data ?? ''
    await stage.telegram.press({ user_id: 30_002, message_id: card.message_id, data: approve })
    await stage.settled({ awaitsBulk: false })
    expect((await zhou.fromBot()).map(({ text }) => text).join('\n')).toContain('又改过了')
    await zhou.presses('同意发')
    expect(await lastOf(lin)).toContain('有人同意了')
  })

  it('pauses in the middle and goes on where it was, and everybody gets it once', async () => {
    const running = tick()
    await waitFor(async () => ((await countSent(stage)) >= 15 ? true : undefined), 15_000)
    expect(await lastOf(lin)).toContain('▶️ 正在发')
    await lin.presses('暂停')
    await running
    const paused = await countSent(stage)
    expect(paused).toBeGreaterThanOrEqual(15)
    expect(paused).toBeLessThan(40)
    const texts = (await readChats(stage, near)).flat()
    expect(texts).toHaveLength(paused)
    expect(await lastOf(lin)).toContain('⏸ 暂停了')
    await tick()
    expect(await lastOf(lin)).toContain(`送到：${paused}\n`)
    expect(await lastOf(lin)).toContain(`还没发：${40 - paused}`)

    await zhou.says('/broadcast')
    await zhou.presses('投票提醒')
    await zhou.presses('接着发')
    await stage.settled()
    expect((await readChats(stage, near)).map((chat) => chat.length)).toEqual(near.map(() => 1))
    expect((await readChats(stage, far)).flat()).toEqual([])
    await tick()
    expect(await lastOf(lin)).toMatch(/群发的结果：投票提醒\n发完了.*一共：40 人\n送到：40\n/s)
  })

  it('takes it back at everybody by one person, and tells the others of the office', async () => {
    await lin.presses('撤回已经发出的')
    await lin.presses('对，全部撤回')
    expect(await lastOf(zhou)).toContain('正在撤回已经发出的“投票提醒”')
    await zhou.says('/broadcast')
    await tick()
    await tick()
    expect((await readChats(stage, near)).flat()).toEqual([])
    expect(await lastOf(lin)).toMatch(/撤回的结果：投票提醒\n发完了.*删掉：40\n/s)
    await lin.says('/broadcast')
    const labels = ((await lin.last()).buttons ?? []).flat().map(({ text }) => text)
    expect(labels).toEqual(expect.arrayContaining(['✅ 投票提醒', '✅ 撤回：投票提醒']))
  })

  it('stops for good, and says exactly who will not get it', async () => {
    await compose(zhou, '停电通知\n明天停电。')
    await lin.presses('同意发')
    const running = tick()
    const before = await countSent(stage)
    await waitFor(async () => ((await countSent(stage)) >= before + 15 ? true : undefined), 15_000)
    await zhou.presses('停掉，不再发')
    await zhou.presses('对，停掉')
    await running
    await tick()
    const got = (await readChats(stage, [...near, ...far])).flat().length
    expect(got).toBeGreaterThanOrEqual(15)
    expect(got).toBeLessThan(50)
    await zhou.presses('看结果')
    const report = await lastOf(zhou)
    expect(report).toContain(`送到：${got}\n`)
    expect(report).toContain(`没有发：${50 - got}\n`)
    expect(await stage.db.delivery.count({ where: { lane: 'bulk', state: 'pending' } })).toBe(0)
  })

  it('corrects what stands at each of them, and at nobody else', async () => {
    const before = (await readChats(stage, [...near, ...far])).map((chat) => chat.length)
    await zhou.presses('改掉已经发出的')
    await zhou.presses('重写中文')
    await zhou.says('停电通知\n改到星期六停电。')
    await zhou.presses('下一步')
    await zhou.presses('请第二个人看')
    await lin.presses('同意发')
    await tick()
    const chats = await readChats(stage, [...near, ...far])
    expect(chats.map((chat) => chat.filter((text) => text.includes('星期六')).length)).toEqual(
      before,
    )
    expect(chats.flat().join()).not.toContain('明天停电')
  })

  it('shares the rate with another campaign, and a tip goes before both', async () => {
    await stage.telegram.createPerson({ id: 911, first_name: '王' })
    const wang = stage.actor(911, 911, { awaitsBulk: false })
    await writeTip(wang, { village: '龙洲街道 半爿月' })
    await compose(lin, '停电通知\n后天停电。')
    await compose(zhou, '停水通知\n明天停水。')
    await zhou.presses('同意发')
    await lin.presses('同意发')
    const running = tick()
    await waitFor(async () => ((await countWaitingQueues(stage)) === 2 ? true : undefined), 15_000)
    await wang.presses('交上去')
    expect((await wang.fromBot()).map(({ text }) => text).join()).toMatch(/编号：QF-\d+/)
    expect(await countWaitingQueues(stage)).toBe(2)
    await running
    const chats = await readChats(stage, [...near, ...far])
    for (const words of ['后天停电', '明天停水'])
      expect(chats.map((chat) => chat.filter((text) => text.includes(words)).length)).toEqual(
        chats.map(() => 1),
      )
    await tick()
    for (const author of [lin, zhou])
      expect(await lastOf(author)).toMatch(/群发的结果：停.通知\n发完了.*送到：50\n/s)
  })

  it('takes a photo, a typed time and the library, and leaves people alone at night', async () => {
    await lin.says('/broadcast')
    await lin.presses('新的群发')
    await lin.presses('从内容库里选')
    expect(await lastOf(lin)).toMatch(/选一条|还没有发布的内容/)
    await lin.presses('上一步')
    await lin.presses('自己写')
    await lin.presses('通知')
    await lin.act('upload', { files: [photo, photo], caption: '两张照片' })
    expect((await lin.fromBot()).at(-1)?.text).toContain('一次只能带一张')
    expect(await lastOf(lin)).toContain('写好的语言：中文')
    await lin.act('upload', { files: [{ ...photo, kind: 'voice', duration: 1 }] })
    expect(await lastOf(lin)).toContain('不能群发')
    for (const _step of ['buttons', 'audience', 'time']) await lin.presses('下一步')
    await lin.presses('别的时间')
    await lin.says('昨天')
    expect(await lastOf(lin)).toContain('看不明白')
    await lin.says('今天 21:30')
    expect(await lastOf(lin)).toContain('3月15日（星期三） 21:30')
    await lin.presses('下一步')
    await lin.presses('请第二个人看')
    await zhou.presses('同意发')
    clock.at = new Date('2017-03-15T13:30:00Z')
    await tick()
    expect(await lastOf(lin)).toContain('🌙 现在是夜里，07:30 再接着发')
    const before = (await readChats(stage, near)).flat().length
    clock.at = new Date('2017-03-15T23:30:00Z')
    await tick()
    expect((await readChats(stage, near)).flat()).toHaveLength(before + near.length)
    await tick()
    expect(await lastOf(lin)).toMatch(/群发的结果：两张照片.*送到：50\n/s)
  })
})
