import { describe, expect, it } from 'vitest'
import type { CastGroup } from '../support/cast.ts'
import { castGroup, fileTip } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

const timezone = '+08:00'
const clock = { at: new Date(`2026-11-24T09:00:00${timezone}`) }
const stage = await createStage({ now: () => clock.at, env: { DIGEST_HOUR: '9' } })
const botId = 500_000_001
const city = await castGroup(stage, { name: '衢州市督导组', firstId: 601 })
const county = await castGroup(stage, { name: '龙游县督导组', firstId: 611, kind: 'forum' })
const { admin } = city

const goTo = (local: string) => {
  clock.at = new Date(`${local}:00${timezone}`)
}
const minute = () => {
  clock.at = new Date(clock.at.getTime() + 60_000)
}
/** Lets the clock ring at this moment and in the next minute, the way it does all day. */
async function ringAt(local: string): Promise<void> {
  goTo(local)
  await stage.ring('tend deadlines')
  minute()
  await stage.ring('tend deadlines')
}
async function restart(): Promise<void> {
  await stage.stop()
  await stage.start()
}
/** What the stand-in has seen in this chat about a tip, cards apart, oldest first. */
async function wordsAbout(number: string, group: CastGroup): Promise<string[]> {
  const messages = await group.supervisor.fromBot()
  return messages
    .filter(({ text, buttons }) => text?.includes(number) && !buttons?.length)
    .map(({ text }) => text ?? '')
}
const cardsOf = async (number: string, group: CastGroup) =>
  (await group.supervisor.fromBot()).filter(
    ({ text, buttons }) => text?.includes(number) && buttons?.length,
  )
const groupOf = async (number: string) =>
  (await stage.db.tip.findUniqueOrThrow({ where: { number }, include: { group: true } })).group
    ?.code

describe('a tip that nobody takes', () => {
  it('walks from half time over the leader to the county and the city, each word once, over restarts', async () => {
    const township = await castGroup(stage, { name: '龙游县第一督导组', firstId: 621 })
    const villager = await stage.villager(701)
    const { number } = await fileTip(villager, { village: '龙洲街道 半爿月' })
    const receipt = (await villager.fromBot()).findLast(({ text }) =>
      text?.includes('查询码'),
    )?.text
    expect(receipt).toContain('最晚 11月24日 上午 有人接手')
    await ringAt('2026-11-24T09:01')
    expect(await wordsAbout(number, township)).toEqual([])

    await restart()
    await ringAt('2026-11-24T10:00')
    const [nudge] = await wordsAbout(number, township)
    expect(nudge).toMatch(/时间已经过了一半.*2026-11-24 11:00/)
    const [card] = await cardsOf(number, township)
    const said = (await township.supervisor.fromBot()).find(({ text }) => text === nudge)
    expect(said?.reply_to?.message_id).toBe(card?.message_id)

    await restart()
    await ringAt('2026-11-24T11:00')
    await ringAt('2026-11-24T11:00')
    expect(await wordsAbout(number, township)).toHaveLength(2)
    const leader = stage.actor(township.supervisor.id)
    expect((await leader.last()).text).toContain(`的举报 ${number} 到时间了`)

    await restart()
    await ringAt('2026-11-24T15:00')
    expect(await groupOf(number)).toBe('LY')
    expect((await wordsAbout(number, township)).at(-1)).toContain('已经交给上一级（龙游县督导组）')
    expect(await cardsOf(number, county)).toHaveLength(1)
    expect(await villager.opens()).toMatch(/超过了说好的时间.*上一级督导组/)

    for (const local of ['2026-11-24T16:05', '2026-11-24T17:10', '2026-11-25T10:30']) {
      await restart()
      await ringAt(local)
    }
    expect(await groupOf(number)).toBe('QZ')
    expect(await cardsOf(number, city)).toHaveLength(1)
    for (const local of ['2026-11-25T11:35', '2026-11-25T14:40', '2026-11-25T17:00']) {
      await restart()
      await ringAt(local)
    }
    expect(await groupOf(number)).toBe('QZ')
    expect((await wordsAbout(number, city)).at(-1)).toContain('还留在这里')
    const alarms = (await admin.fromBot()).filter(({ text }) => text?.includes(number))
    expect(alarms).toHaveLength(1)

    const before = (await city.supervisor.fromBot()).length
    await ringAt('2026-11-27T10:00')
    expect(await city.supervisor.fromBot()).toHaveLength(before)
    await stage.ring('check inboxes')
    const daily = (await admin.fromBot()).filter(({ text }) => text?.includes('没有人往下办'))
    expect(daily.map(({ text }) => text)).toEqual([
      expect.stringContaining(`${number}：超过时间，上面没有别的组能接`),
    ])
    await villager.says('/status')
    await villager.presses(number)
    const status = (await villager.last()).text ?? ''
    expect(status).toMatch(/时间已经过了/)
  })

  it.each([
    ['card', '龙游县第二督导组', 'supergroup', '东华街道 鸡鸣'],
    ['topic', '龙游县第三督导组', 'forum', '湖镇镇 新光'],
  ] as const)('comes anew when somebody deleted its %s', async (what, name, kind, village) => {
    goTo('2026-12-01T09:00')
    const firstId = what === 'card' ? 631 : 641
    const group = await castGroup(stage, { name, kind, firstId })
    const { number } = await fileTip(await stage.villager(firstId + 100), { village })
    await ringAt('2026-12-01T09:01')
    const [card] = await cardsOf(number, group)
    if (what === 'card') await group.supervisor.act('delete', { message_id: card?.message_id })
    else {
      const { threadId } = await stage.db.tipCard.findFirstOrThrow({
        where: { tip: { number } },
      })
      await group.supervisor.act('delete-topic', { message_thread_id: threadId })
    }
    await ringAt('2026-12-01T10:00')
    const cards = await cardsOf(number, group)
    expect(cards).toHaveLength(1)
    expect(cards[0]?.message_id).not.toBe(card?.message_id)
    expect((await wordsAbout(number, group)).join()).toMatch(/找不到了，现在重新发一张/)
    await group.supervisor.presses('我来办')
    expect(await stage.db.tip.findUnique({ where: { number } })).toMatchObject({
      state: 'acknowledged',
    })
  })
})

describe('the summary', () => {
  it('comes once in the morning, over a restart', async () => {
    goTo('2026-12-02T08:30')
    const { number } = await fileTip(await stage.villager(790), { village: '塔石镇 后舒' })
    goTo('2026-12-02T09:00')
    await stage.ring('send digests')
    await restart()
    minute()
    await stage.ring('send digests')
    const digests = (await county.supervisor.fromBot()).filter(({ text }) => text?.includes('小结'))
    expect(digests).toHaveLength(1)
    expect(digests[0]?.text).toContain(`${number}（0 天）`)
  })
})

describe('an inbox that died without a word', () => {
  const alarmsAbout = async (words: string) =>
    (await admin.fromBot()).filter(({ text }) => text?.includes(words)).length

  it('is found by the daily look when the bot was kicked, silenced, or the chat deleted', async () => {
    const deaths = [
      ['龙游县第四督导组', '小南海镇 鸿陆夏', 'kick'],
      ['龙游县第五督导组', '詹家镇 徐家', 'silence'],
      ['龙游县第六督导组', '溪口镇 大垅', 'delete'],
    ] as const
    goTo('2026-12-07T08:40')
    const numbers: string[] = []
    for (const [at, [name, village, death]] of deaths.entries()) {
      const group = await castGroup(stage, { name, firstId: 651 + at * 10 })
      numbers.push((await fileTip(await stage.villager(801 + at), { village })).number)
      const chat = stage.telegram.world.state.groups.get(group.chatId)
      const bot = chat?.members.get(botId)
      if (death === 'delete') stage.telegram.world.state.groups.delete(group.chatId)
      else if (death === 'kick' && bot) bot.status = 'kicked'
      else if (bot) Object.assign(bot, { status: 'restricted', rights: {} })
    }
    await stage.ring('check inboxes')
    for (const [name] of deaths) {
      expect(await alarmsAbout(`“${name}”的收件群用不了了`)).toBe(1)
      const said = (await county.supervisor.fromBot()).filter(({ text }) =>
        text?.includes(`下一级的“${name}”的收件群用不了了`),
      )
      expect(said).toHaveLength(1)
    }
    for (const number of numbers) {
      expect(await groupOf(number)).toBe('LY')
      expect(await cardsOf(number, county)).toHaveLength(1)
    }
  })

  it('works again by the daily look when Telegram did not tell of its return', async () => {
    goTo('2026-12-08T08:35')
    const { inboxChatId } = await stage.db.group.findUniqueOrThrow({ where: { code: 'LY-04' } })
    const members = stage.telegram.world.state.groups.get(Number(inboxChatId))?.members
    const bot = members?.get(botId)
    if (bot) bot.status = 'administrator'
    await stage.ring('check inboxes')
    expect(await alarmsAbout('“龙游县第四督导组”的收件群恢复了')).toBe(1)
    expect(await alarmsAbout('“龙游县第五督导组”的收件群恢复了')).toBe(0)
  })

  it('tells the admins once of rights that were taken', async () => {
    goTo('2026-12-09T08:35')
    const name = '龙游县第七督导组'
    const group = await castGroup(stage, { name, firstId: 681 })
    const bot = stage.telegram.world.state.groups.get(group.chatId)?.members.get(botId)
    if (bot) bot.rights = {}
    await stage.ring('check inboxes')
    goTo('2026-12-10T08:40')
    await stage.ring('check inboxes')
    expect(await alarmsAbout(`“${name}”的群里权限不够`)).toBe(1)
  })
})
