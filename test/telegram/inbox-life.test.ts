import { describe, expect, it } from 'vitest'
import type { FaultView } from '../../src/sandbox/control/bench-schemas.ts'
import type { ChatView, MessageView } from '../../src/sandbox/control/views.ts'
import { castGroup, fileTip, writeTip } from '../support/cast.ts'
import { waitFor } from '../support/child.ts'
import { type Actor, createStage } from '../support/stage.ts'

const stage = await createStage()
const botId = 500_000_001
const county = await castGroup(stage, { name: '龙游县督导组', firstId: 901 })
const { admin } = county
let nextPerson = 501

const newVillager = () => stage.villager(nextPerson++)
const file = async (village: string) => (await fileTip(await newVillager(), { village })).number
const addFault = (fault: object) => stage.telegram.call<FaultView>('POST', '/faults', fault)
const clearFaults = () => fetch(`${stage.telegram.url}/control/faults`, { method: 'DELETE' })
/** The messages of a tip in a group's chat, as a member sees them. */
async function about(number: string, member: Actor): Promise<MessageView[]> {
  const said = ({ text, caption }: MessageView) => `${text ?? ''}${caption ?? ''}`
  return (await member.fromBot()).filter((message) => said(message).includes(number))
}

const cards = async (number: string, member: Actor) =>
  (await about(number, member)).filter(({ buttons }) => buttons?.length)

const alarmsAbout = async (words: string) =>
  (await admin.fromBot()).filter(({ text }) => text?.includes(words)).length

describe('a group that cannot be written to any more', () => {
  it.each([
    ['kicks the bot', '龙游县第一督导组', '龙洲街道 半爿月', 'kick', {}],
    ['sees the bot leave', '龙游县第二督导组', '东华街道 鸡鸣', 'leave', {}],
    ['silences the bot', '龙游县第三督导组', '湖镇镇 新光', 'restrict', { rights: {} }],
  ])(
    'passes what waits there one level up when it %s, and the admins hear of it once',
    async (_, name, village, what, more) => {
      const group = await castGroup(stage, { name, firstId: nextPerson })
      nextPerson += 10
      const waiting = await file(village)
      const taken = await file(village)
      await group.supervisor.presses('我来办')
      expect(await cards(waiting, group.supervisor)).toHaveLength(1)

      const [oldCard] = await cards(waiting, group.supervisor)
      await stage.telegram.act(what, { chat_id: group.chatId, user_id: botId, ...more })
      await stage.settled()
      expect(await cards(waiting, county.supervisor)).toHaveLength(1)
      expect(await cards(taken, county.supervisor)).toHaveLength(0)
      expect(await alarmsAbout(`“${name}”的收件群用不了了`)).toBe(1)

      const press = await group.colleague.act<{ text?: string }>('press', {
        message_id: oldCard?.message_id,
        data: oldCard?.buttons?.[0]?.[0]?.callback_data,
      })
      expect(press.text).toContain('已经转给别的组')
      await county.supervisor.presses('我来办')
      expect((await about(waiting, county.supervisor))[0]?.text).toContain('来办')

      const next = await file(village)
      expect(await cards(next, county.supervisor)).toHaveLength(1)
      expect(await alarmsAbout(`“${name}”的收件群用不了了`)).toBe(1)
    },
  )

  it('gets its tips again as soon as the bot may write again', async () => {
    const { chatId, supervisor } = await castGroup(stage, {
      name: '龙游县第四督导组',
      firstId: nextPerson,
    })
    nextPerson += 10
    const here = { chat_id: chatId, user_id: botId }
    const moved = await file('小南海镇 鸿陆夏')
    await stage.telegram.act('restrict', { ...here, rights: {} })
    await stage.settled()
    await stage.telegram.act('promote', { ...here, rights: { '*': true } })
    await stage.settled()
    expect((await supervisor.last()).text).toContain('/check')
    expect(await alarmsAbout('“龙游县第四督导组”的收件群恢复了')).toBe(1)
    expect((await about(moved, supervisor)).map(({ text }) => text)).toEqual([
      expect.stringContaining('这张卡片作废了'),
    ])
    expect(await cards(moved, supervisor)).toHaveLength(0)
    const number = await file('小南海镇 鸿陆夏')
    expect(await cards(number, supervisor)).toHaveLength(1)
    await supervisor.says('/check')
    expect((await supervisor.last()).text).toContain('需要的权限都有了')
    expect(await alarmsAbout('“龙游县第四督导组”的收件群恢复了')).toBe(1)
  })

  it('is noticed by the first card when Telegram tells of nothing, as when the chat is deleted', async () => {
    const { chatId } = await castGroup(stage, { name: '龙游县第五督导组', firstId: nextPerson })
    nextPerson += 10
    stage.telegram.world.state.groups.delete(chatId)
    const number = await file('詹家镇 徐家')
    expect(await cards(number, county.supervisor)).toHaveLength(1)
    expect(await alarmsAbout('“龙游县第五督导组”的收件群用不了了')).toBe(1)
  })

  it('has its tips held when there is nobody above, until the group is back', async () => {
    const { chatId, supervisor } = await castGroup(stage, {
      name: '常山县督导组',
      firstId: nextPerson,
    })
    nextPerson += 10
    const area = await stage.db.area.findFirstOrThrow({
      where: { level: 'village', code: { startsWith: '330822' } },
      include: { parent: true },
    })
    const village = `${area.parent?.name} ${area.name.replace('村民委员会', '')}`
    const waiting = await file(village)
    await stage.telegram.act('kick', { chat_id: chatId, user_id: botId })
    await stage.settled()
    const later = await file(village)
    for (const number of [waiting, later])
      expect(await alarmsAbout(`举报 ${number} 现在没有督导组能收`)).toBe(1)

    await supervisor.act('add', { chat_id: chatId, user_id: botId })
    await stage.settled()
    expect(await alarmsAbout('先留着，不会丢')).toBe(1)
    const states = await stage.db.tip.findMany({ where: { number: { in: [waiting, later] } } })
    expect(states.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    expect(await cards(later, supervisor)).toHaveLength(1)
  })
})

describe('a group that becomes a supergroup', () => {
  const migrated = (chatId: number) =>
    stage.telegram.act<ChatView>('migrate', { chat_id: chatId }).then(({ id }) => id)

  it('gets its tips in the new chat, and they can be taken there', async () => {
    const group = await castGroup(stage, {
      name: '龙游县第六督导组',
      kind: 'group',
      firstId: nextPerson,
    })
    nextPerson += 10
    const chatId = await migrated(group.chatId)
    await stage.settled()
    const member = stage.actor(group.supervisor.id, chatId)
    const number = await file('溪口镇 大垅')
    expect(await cards(number, member)).toHaveLength(1)
    await member.presses('我来办')
    expect((await about(number, member))[0]?.text).toContain('来办')
    expect(await alarmsAbout('“龙游县第六督导组”的收件群用不了了')).toBe(0)
  })

  it('gets a card once that is sent before the bot has heard of it', async () => {
    const group = await castGroup(stage, {
      name: '龙游县第七督导组',
      kind: 'group',
      firstId: nextPerson,
    })
    nextPerson += 10
    const villager = await newVillager()
    await writeTip(villager, { village: '塔石镇 后舒' })
    await addFault({ kind: 'late-update', match: 'message', count: 2 })
    const chatId = await migrated(group.chatId)
    const member = stage.actor(group.supervisor.id, chatId)
    const submit = (await villager.last()).buttons
      ?.flat()
      .find(({ text }) => text.includes('交上去'))
    await stage.telegram.act('press', {
      user_id: villager.id,
      message_id: (await villager.last()).message_id,
      data: submit?.callback_data,
    })
    const [card] = await waitFor(async () => {
      const found = (await member.fromBot()).filter(({ buttons }) => buttons?.length)
      return found.length > 0 ? found : undefined
    }, 5_000)
    await clearFaults()
    await stage.settled()
    const number = /QF-\d+/.exec(card?.text ?? '')?.[0] ?? ''
    expect(await cards(number, member)).toHaveLength(1)
    const bound = await stage.db.group.findUniqueOrThrow({ where: { code: 'LY-07' } })
    expect(bound).toMatchObject({ inboxState: 'bound', inboxChatId: BigInt(chatId) })
    await member.presses('我来办')
    expect((await about(number, member))[0]?.text).toContain('来办')
  })
})
