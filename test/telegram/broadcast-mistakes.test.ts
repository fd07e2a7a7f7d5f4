import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { createStage } from '../support/stage.ts'
import { castOffice, castVillagers, compose, morning, readChats } from './broadcast-cast.ts'

const clock = { at: morning }
const stage = await createStage({
  now: () => clock.at,
  env: { ADMIN_TELEGRAM_IDS: '30001,30002' },
})
const { lin, zhou } = await castOffice(stage)
type Person = typeof lin
let people: number[] = []
beforeAll(async () => {
  people = await castVillagers(stage, { fromId: 70_001, count: 6, village: '330825001214' })
})

/** Ten by ten grey pixels. */
const photo = {
  kind: 'photo',
  base64: (
    await sharp({ create: { width: 10, height: 10, channels: 3, background: 'grey' } })
      .jpeg()
      .toBuffer()
  ).toString('base64'),
}
const lastOf = async (who: Person) => (await who.last()).text ?? ''
const tick = async () => {
  clock.at = new Date(clock.at.getTime() + 10_000)
  await stage.ring('tend campaigns')
}
async function begin(author: Person): Promise<void> {
  await author.says('/broadcast')
  await author.presses('新的群发')
  await author.presses('自己写')
  await author.presses('通知')
}
async function next(author: Person, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await author.presses('下一步')
}
async function open(who: Person, name: string): Promise<void> {
  await who.says('/broadcast')
  await who.presses(name)
}

describe('who writes a campaign', () => {
  it('is told of a wrong blank, a phone number and a text that is too long as soon as it is sent', async () => {
    await begin(lin)
    await lin.says('开会通知\n{村子}明天开会，请打 13800001111。')
    expect(await lastOf(lin)).toMatch(
      /中文记下了.*还要改，不改不能发：.*\{村子\} 填不上.*里面有手机号：13800001111/s,
    )
    await lin.act('upload', { files: [photo], caption: `${'字'.repeat(1_020)}{村名}` })
    expect(await lastOf(lin)).toMatch(/中文记下了.*还要改，不改不能发：\n· 太长了，多出6个字/s)
    await next(lin, 4)
    expect(await lastOf(lin)).toMatch(/还要改，不改不能发：\n· 中文：太长了/)
    await lin.presses('请第二个人看')
    expect(await lastOf(lin)).toMatch(/还不能发.*还要改，不改不能发：\n· 中文：太长了/s)
    expect((await zhou.fromBot()).map(({ text }) => text).join()).not.toContain('能不能这样发')
  })

  it('hears that words which are changed in the chat are not seen', async () => {
    await lin.presses('说什么')
    await lin.presses('重写中文')
    await lin.says('开会通知\n明天开会。')
    const { message_id } = (await lin.seen()).findLast(({ from }) => from?.id === lin.id) ?? {}
    await lin.act('edit', { message_id, text: '开会通知\n后天开会。' })
    expect(await lastOf(lin)).toContain('发出来以后再改的字，我们看不到')
    await lin.presses('下一步')
  })

  it('finds the one that was begun and never written, however often the button is pressed', async () => {
    const before = await stage.db.campaign.count()
    await zhou.says('/broadcast')
    await zhou.presses('新的群发')
    await zhou.says('/broadcast')
    await zhou.presses('新的群发')
    await zhou.presses('自己写')
    expect(await stage.db.campaign.count()).toBe(before + 1)
    await open(lin, '开会通知')
  })

  it('keeps the words when the topic turns out to be another one', async () => {
    await lin.presses('说什么')
    await lin.presses('重写中文')
    await lin.says('开会通知 <1>\n<b>明天</b> & {村名}开会 *不要* _怕_ [x](y)')
    await lin.presses('换一类')
    await lin.presses('政策规定')
    expect(await lastOf(lin)).toMatch(/自己写的政策规定。\n写好的语言：中文/)
    await lin.presses('换一类')
    await lin.presses('通知')
    expect(await lastOf(lin)).toMatch(/自己写的通知。\n写好的语言：中文/)
  })

  it('has four links at most, and none of these is lost', async () => {
    await next(lin, 1)
    for (const n of [1, 2, 3, 4]) {
      await lin.presses('加一个网页按钮')
      await lin.says(`第${n}页 | Page ${n} https://example.org/${n}?a=1&b=2`)
    }
    const labels = ((await lin.last()).buttons ?? []).flat().map(({ text }) => text)
    expect(labels.filter((label) => label.startsWith('去掉'))).toEqual(
      [1, 2, 3, 4].map((n) => `去掉：第${n}页`),
    )
    expect(labels.join()).not.toContain('加一个网页按钮')
    // An old button that is still there.
    await lin.presses('加一个网页按钮')
    await lin.says('第五页 https://example.org/5')
    expect(await lastOf(lin)).toContain('最多四个')
    await lin.presses('加一个网页按钮')
    for (const bad of [
      '看全文',
      '看全文 http://',
      '看全文 https://x 后面',
      '看全文 http://localhost/1',
    ])
      await lin.says(bad)
    await open(lin, '开会通知')
    expect(await lastOf(lin)).toMatch(/网页按钮：第1页 \/ Page 1 .*网页按钮：第4页/s)
  })

  it('without a village gets the test as people of a village read it to whom it goes, as it was typed', async () => {
    await lin.presses('发给谁')
    await lin.presses('按地方')
    await lin.says('龙洲街道')
    await lin.presses('龙洲街道')
    await next(lin, 2)
    await lin.presses('先发给我自己')
    expect((await lin.fromBot()).at(-2)?.text).toBe(
      '开会通知 <1>\n\n<b>明天</b> & 山底村开会 *不要* _怕_ [x](y)',
    )
  })

  it('learns that a time is at night, or over, and that nobody is left', async () => {
    await lin.presses('什么时候发')
    await lin.presses('别的时间')
    await lin.says('明天 22:15')
    expect(await lastOf(lin)).toContain('那时是夜里，到 07:30 才发出去')
    await lin.presses('夜里：不发')
    expect(await lastOf(lin)).not.toContain('那时是夜里')
    await lin.presses('夜里：也发')
    await lin.presses('加快：不花钱')
    await next(lin, 1)
    expect(await lastOf(lin)).toContain('每条收 0.1 颗星')
    await lin.presses('什么时候')
    await lin.presses('加快：花钱')
    await lin.presses('别的时间')
    await lin.says('今天 11:00')
    clock.at = new Date('2017-03-15T04:00:00Z')
    await next(lin, 1)
    expect(await lastOf(lin)).toContain('这个时间已经过了，同意以后马上发')
    await lin.presses('发给谁')
    await lin.presses('按身份')
    await lin.presses('参选人')
    expect(await lastOf(lin)).toContain('0 人')
    await next(lin, 2)
    await lin.presses('请第二个人看')
    expect(await lastOf(lin)).toContain('没有人会收到')
    await lin.presses('发给谁')
    await lin.presses('按身份')
    await lin.presses('参选人')
    await next(lin, 2)
    await lin.presses('请第二个人看')
    expect(await lastOf(lin)).toContain('已经请 1 个人看')
  })
})

describe('between the approval and the start', () => {
  it('an audience that shrinks to nobody brings it back to its author, and nothing is lost', async () => {
    await stage.db.subscriber.updateMany({ data: { state: 'stopped' } })
    await zhou.presses('同意发')
    expect(await lastOf(zhou)).toContain('没有人会收到')
    await stage.db.subscriber.updateMany({
      where: { areaId: { not: null } },
      data: { state: 'active' },
    })
    await zhou.presses('同意发')
    await stage.db.subscriber.updateMany({ data: { state: 'stopped' } })
    await tick()
    expect(await lastOf(lin)).toContain('没有人会收到，没有发')
    await stage.db.subscriber.updateMany({
      where: { areaId: { not: null } },
      data: { state: 'active' },
    })
    await lin.presses('打开看看')
    expect(await lastOf(lin)).toMatch(/现在：正在写.*第4页.*龙洲街道.*6 人/s)
    await lin.presses('请第二个人看')
    await zhou.presses('同意发')
    await tick()
    expect((await readChats(stage, people)).map((chat) => chat.length)).toEqual(people.map(() => 1))
    await tick()
  })

  it('is given up by either of two, and the other hears of it, also when both press at once', async () => {
    const dataOf = async (who: Person, label: string) => {
      const { message_id, buttons = [] } = await who.last()
      const data = buttons.flat().find(({ text }) => text === label)?.callback_data ?? ''
      return { user_id: who.id, message_id, data }
    }
    await compose(lin, '植树通知\n明天植树。')
    await zhou.presses('同意发')
    await zhou.presses('不发了')
    expect(await lastOf(lin)).toContain('“植树通知”不发了')
    await compose(lin, '洗井通知\n明天洗井。')
    const both = [await dataOf(zhou, '同意发'), await dataOf(lin, '不发了')]
    await Promise.all(both.map((press) => stage.telegram.press(press)))
    await stage.settled()
    await tick()
    expect(await stage.db.campaign.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      state: 'cancelled',
      queueId: null,
    })
    expect(await lastOf(zhou)).toMatch(/“洗井通知”不发了|现在：取消了/)
  })

  it('one for which nobody answers any more stays where it is, and those who are there hear of it', async () => {
    await stage.telegram.createPerson({ id: 30_003, first_name: '吴' })
    const wu = stage.actor(30_003)
    await wu.start()
    const editor = await stage.db.staff.create({ data: { telegramId: 30_003n, role: 'editor' } })
    const office = { telegramId: { in: [30_001n, 30_002n] } }
    const sentBefore = (await readChats(stage, people)).flat().length
    await compose(lin, '广播通知\n明天广播。')
    await zhou.presses('同意发')
    await stage.db.staff.updateMany({ where: office, data: { retiredAt: clock.at } })
    await tick()
    expect(await lastOf(wu)).toContain('“广播通知”没有发：写的人和同意的人，都不在办公室了')
    await lin.presses('请第二个人看')
    await tick()
    expect((await readChats(stage, people)).flat()).toHaveLength(sentBefore)
    await stage.db.staff.update({ where: { id: editor.id }, data: { retiredAt: clock.at } })
    await stage.db.staff.updateMany({ where: office, data: { retiredAt: null } })
  })
})

it('an author whose finger pressed twice hears that others are asked, not that it is over', async () => {
  await begin(lin)
  await lin.says('停水通知\n今晚停水。')
  await next(lin, 4)
  const page = await lin.last()
  const ask = (page.buttons ?? []).flat().find(({ text }) => text === '请第二个人看')
  const press = () =>
    lin.act('press', { message_id: page.message_id, data: ask?.callback_data ?? '' })
  await press()
  await press()
  expect(await lastOf(lin)).toMatch(/^已经请别人看了.*现在：等第二个人同意/s)
  expect(await lastOf(lin)).not.toContain('已经结束')
  await lin.presses('不发了')
})

it('a campaign goes on where it was when the service starts again, in every state', async () => {
  const again = async () => {
    await stage.stop()
    await stage.start()
  }
  await begin(lin)
  await again()
  await lin.says('路灯通知\n今晚路灯不亮。')
  expect(await lastOf(lin)).toContain('中文记下了')
  await next(lin, 4)
  await lin.presses('请第二个人看')
  await again()
  await zhou.presses('同意发')
  await again()
  await tick()
  await again()
  await tick()
  await lin.presses('看结果')
  expect(await lastOf(lin)).toMatch(/群发的结果：路灯通知\n发完了.*送到：6\n/s)
  await again()
  await lin.presses('改掉已经发出的')
  await again()
  await lin.presses('重写中文')
  await lin.says('路灯通知\n明晚路灯不亮。')
  await next(lin, 1)
  await lin.presses('请第二个人看')
  await again()
  await zhou.presses('同意发')
  await again()
  await tick()
  await tick()
  const chats = (await readChats(stage, people)).flat()
  expect(chats.filter((text) => text.includes('明晚'))).toHaveLength(people.length)
  expect(chats.join()).not.toContain('今晚')
})

it('words that are true on one day only are marked for who sends and who approves them', async () => {
  await zhou.says('/broadcast')
  await zhou.presses('新的群发')
  await zhou.presses('从内容库里选')
  await zhou.presses('今天投票')
  await next(zhou, 3)
  expect(await lastOf(zhou)).toMatch(/请留意：\n· 这一条平时按日子自动发.*只在那一天说得对/s)
  await zhou.presses('发给谁')
  await zhou.presses('按选举到哪一步')
  await zhou.presses('公布结果')
  await next(zhou, 2)
  await zhou.presses('不发了')
})
