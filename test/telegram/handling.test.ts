import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/staff/audit.ts'
import { castGroup, fileTip } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'
import { phonePhoto } from '../tips/evidence/images.ts'

let at = new Date('2017-03-28T02:00:00Z')
const stage = await createStage({ now: () => at })
const passDays = (days: number) => {
  at = new Date(at.getTime() + days * 86_400_000)
}
const township = await castGroup(stage, { name: '江山市第三督导组', firstId: 401 })
const county = await castGroup(stage, { name: '江山市督导组', firstId: 411 })
const city = await castGroup(stage, { name: '衢州市督导组', firstId: 421 })
const village = '四都镇 前岭'

const text = async (actor: Actor) => (await actor.last()).text ?? ''
const all = async (actor: Actor) =>
  (await actor.fromBot()).map((message) => message.text ?? '').join('\n---\n')
/** Answers the newest message of the bot, as one does with the field that it opens. */
const answer = async (actor: Actor, words: string) =>
  actor.says(words, { reply_to: (await actor.last()).message_id })
const tip = (number: string) => stage.db.tip.findUniqueOrThrow({ where: { number } })

describe('a tip on its way from filing to the last question', () => {
  it('is taken, asked about, handed up, closed, contested, closed again and asked after', async () => {
    const wang = await stage.villager(701, { first_name: 'Canaryfirst' })
    const { number } = await fileTip(wang, { village })
    expect((await stage.villager(702)).id).toBe(702)

    // Taken, and only who took it goes on; a stranger and a colleague hear why not.
    await township.supervisor.presses('我来办')
    expect(await wang.opens()).toContain('有人在办了')
    expect(await township.outsider.presses('追问')).toMatchObject({ show_alert: true })
    expect((await township.colleague.presses('追问')).text).toContain('在办')

    // Asked: the warning first, then other words, then the reporter's neutral ping.
    await township.supervisor.presses('追问')
    expect(await text(township.supervisor)).toContain('请回复这一条消息')
    await answer(township.supervisor, '您叫什么名字？')
    expect(await text(township.supervisor)).toContain('问了姓名')
    expect(await all(wang)).not.toContain('您叫什么名字')
    await township.supervisor.presses('改一改')
    await answer(township.supervisor, '香烟是什么牌子？')
    expect(await text(township.supervisor)).toContain(`已经发给 ${number} 的举报人`)
    const ping = await text(wang)
    expect(ping).toContain('有一条给您的消息')
    expect(ping).not.toMatch(/举报|督导|QF/)

    // Opened by a tap, answered to this question and no other.
    await wang.presses('看一看')
    expect(await all(wang)).toContain('香烟是什么牌子？')
    await wang.presses('回答')
    await wang.says('利群的')
    expect(await text(wang)).toContain('转给办')
    expect(await text(township.supervisor)).toContain('利群的')
    await wang.presses('说完了')

    // A file of the group's comes as a clean copy, when the reporter opens it.
    await township.supervisor.presses('追问')
    await township.supervisor.act('upload', {
      reply_to: (await township.supervisor.last()).message_id,
      files: [{ kind: 'photo', base64: (await phonePhoto()).toString('base64') }],
      caption: '是这种烟吗？',
    })
    await stage.filesSettled()
    await wang.presses('看一看')
    expect(await all(wang)).toContain('是这种烟吗？')
    expect((await wang.fromBot()).filter(({ media }) => media)).toHaveLength(1)

    // Talk in the group stays there.
    await township.supervisor.says('这个人我认识，大家小心')
    expect(await all(wang)).not.toContain('大家小心')

    // Handed up with a reason that was typed.
    await township.supervisor.presses('转交')
    await township.supervisor.presses('江山市督导组')
    await township.supervisor.presses('写一个理由')
    await answer(township.supervisor, '请市里协调')
    expect(await all(township.supervisor)).toContain('已经转走')
    expect(await all(township.supervisor)).not.toContain('利群的')
    const arrived = await all(county.supervisor)
    expect(arrived).toContain('由“江山市第三督导组”转来：请市里协调')
    expect(arrived).toContain('答：利群的')
    expect(await wang.opens()).toContain('换了一个督导组')

    // Closed, with words that were changed, and with a warning of a number in them.
    await county.supervisor.presses('我来办')
    await county.supervisor.presses('办结')
    await county.supervisor.presses('不属实')
    await county.supervisor.presses('改一改')
    await answer(county.supervisor, '查过了，没有这回事。有事请打 13812345678')
    expect(await text(county.supervisor)).toContain('电话或者证件号码')
    await county.supervisor.presses('改一改')
    await answer(county.supervisor, '查过了，没有这回事。')
    await county.supervisor.presses('发给举报人')
    expect(await tip(number)).toMatchObject({ state: 'closed', result: 'unfounded' })
    await wang.presses('看一看')
    expect(await all(wang)).toContain('查过了，没有这回事。')

    // Contested: up again, never to the group whose result it is.
    passDays(3)
    await wang.presses('不满意')
    await wang.says('他们没有来问过人')
    expect(await all(city.supervisor)).toContain('对“江山市督导组”的结果不满意')
    expect(await all(city.supervisor)).toContain('他们没有来问过人')
    expect(await tip(number)).toMatchObject({ state: 'waiting', result: null })

    // The second result.
    await city.supervisor.presses('我来办')
    await city.supervisor.presses('办结')
    await city.supervisor.presses('移交有关部门')
    await city.supervisor.presses('公安机关')
    await city.supervisor.presses('发给举报人')
    expect(await tip(number)).toMatchObject({ state: 'closed', result: 'passed-on' })
    await wang.presses('看一看')
    expect(await all(wang)).toContain('交给公安机关')

    // Asked after, once for each time, however often the clock rings.
    passDays(7)
    const unread = async () =>
      (await wang.fromBot()).filter((m) => m.text?.includes('有一条给您的消息')).length
    const before = await unread()
    await stage.ring('ask after closed tips')
    await stage.ring('ask after closed tips')
    expect(await unread()).toBe(before + 1)
    await wang.presses('看一看')
    await wang.presses('没有')
    expect(await text(wang)).toContain('那就放心了')

    const everywhere = [township, county, city].map((group) => all(group.supervisor))
    expect((await Promise.all(everywhere)).join()).not.toContain('Canaryfirst')
    expect(await verifyAudit(stage.db)).toMatchObject({ ok: true })
  })

  it('goes with everything that stands of it when a supervisor is involved', async () => {
    const li = await stage.villager(711)
    const { number } = await fileTip(li, { village, who: '赵某' })
    expect(await all(township.supervisor)).toContain(number)
    await township.colleague.presses('更多')
    await township.colleague.presses('我与此事有关')
    await township.colleague.presses('是，我与此事有关')
    expect(await all(township.supervisor)).not.toContain(`${number}\n`)
    expect(await all(township.supervisor)).not.toContain('赵某')
    expect(await all(county.supervisor)).toContain(number)
    expect(await all(county.supervisor)).not.toContain('有关')
  })

  it('goes back to its group when who has it leaves the chat', async () => {
    const zhou = await stage.villager(721)
    const { number } = await fileTip(zhou, { village, who: '孙某' })
    await township.colleague.presses('我来办')
    expect(await tip(number)).toMatchObject({ state: 'acknowledged' })
    await township.colleague.act('leave', {})
    expect(await tip(number)).toMatchObject({ state: 'waiting', acknowledgedById: null })
    expect(await text(township.admin)).toContain('离开了收件群')
    const taken = await township.supervisor.presses('我来办')
    expect(taken.text).toContain('由您来办')
  })
})

describe('in a forum', () => {
  it('a tip is asked about in its topic, which goes when the tip goes', async () => {
    const forum = await castGroup(stage, {
      name: '江山市第四督导组',
      kind: 'forum',
      firstId: 431,
    })
    const he = await stage.villager(741)
    const { number } = await fileTip(he, { village: '清湖镇 清湖一村', who: '钱某' })
    await forum.supervisor.presses('我来办')
    const card = (await forum.supervisor.fromBot()).find((m) => m.text?.includes(number))
    const inTopic = { message_thread_id: card?.message_thread_id }
    await forum.supervisor.says('/ask 一共几户？', inTopic)
    expect((await forum.supervisor.last()).message_thread_id).toBe(card?.message_thread_id)
    await he.presses('看一看')
    await he.presses('回答')
    await he.says('五户')
    const said = await forum.supervisor.last()
    expect(said).toMatchObject({ text: expect.stringContaining('五户'), ...inTopic })
    await forum.supervisor.presses('更多')
    await forum.supervisor.presses('我与此事有关')
    await forum.supervisor.presses('是，我与此事有关')
    expect((await forum.supervisor.fromBot()).filter((m) => m.message_thread_id)).toEqual([])
    expect(await all(county.supervisor)).toContain('五户')
  })
})

describe('several conversations at once', () => {
  it('are never mixed up: two reporters, and one reporter with two tips', async () => {
    const [chen, wu] = [await stage.villager(731), await stage.villager(732)]
    const first = await fileTip(chen, { village, who: '陈一' })
    const second = await fileTip(chen, { village, who: '陈二' })
    const other = await fileTip(wu, { village, who: '吴一' })
    for (const { number } of [first, second, other]) {
      const [card] = (await township.supervisor.fromBot()).filter((m) => m.text?.includes(number))
      await township.supervisor.act('press', {
        message_id: card?.message_id,
        data: card?.buttons?.[0]?.[0]?.callback_data,
      })
      const reply = { reply_to: card?.message_id }
      await township.supervisor.says(`/ask 请问 ${number} 的钱在哪里？`, reply)
    }
    // The rings that somebody has taken each of them lie between.
    const rings = (await chen.fromBot()).filter((m) => m.text?.includes('有一条给您的消息'))
    const pings = [rings[1], rings[3]]
    const open = (actor: Actor, message: { message_id: number } | undefined, label: string) =>
      pressAt(actor, message?.message_id ?? 0, label)

    // Both of Chen's questions are open, Wu's is opened in between; the last button pressed decides, in each chat.
    await open(chen, pings[0], '看一看')
    await open(chen, pings[1], '看一看')
    await wu.presses('看一看')
    await open(chen, pings[0], '回答')
    await wu.presses('回答')
    await chen.says('第一件的钱在家里')
    await wu.says('吴的钱在车上')
    await open(chen, pings[1], '回答')
    await chen.says('第二件的钱在店里')
    await wu.says('吴还有一句')

    const said = (await township.supervisor.fromBot()).map((m) => m.text ?? '')
    const heard = (words: string) => said.filter((line) => line.includes(words))
    expect(heard('第一件的钱在家里')).toEqual([expect.stringContaining(first.number)])
    expect(heard('第二件的钱在店里')).toEqual([expect.stringContaining(second.number)])
    expect(heard('吴的钱在车上')).toEqual([expect.stringContaining(other.number)])
    expect(heard('吴还有一句')).toEqual([expect.stringContaining(other.number)])
  })

  it('cannot be opened by who presses the button of somebody else', async () => {
    const thief = await stage.villager(733)
    await thief.start()
    const { id } = await stage.db.tipMessage.findFirstOrThrow({ where: { kind: 'question' } })
    const [message] = await thief.fromBot()
    const refused = await thief.act('press', {
      message_id: message?.message_id,
      data: `q:open:${id}`,
    })
    expect(refused).toMatchObject({ text: expect.stringContaining('看不了') })
  })
})

async function pressAt(actor: Actor, messageId: number, label: string) {
  const message = (await actor.fromBot()).find((one) => one.message_id === messageId)
  const button = message?.buttons?.flat().find((one) => one.text.includes(label))
  if (!button?.callback_data) throw new Error(`No button “${label}” there`)
  return actor.act('press', { message_id: messageId, data: button.callback_data })
}
