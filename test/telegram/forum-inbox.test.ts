import { describe, expect, it } from 'vitest'
import type { FaultView } from '../../src/sandbox/control/bench-schemas.ts'
import type { MessageView } from '../../src/sandbox/control/views.ts'
import { castGroup, fileTip, writeTip } from '../support/cast.ts'
import { waitFor } from '../support/child.ts'
import { type Actor, createStage } from '../support/stage.ts'
import { phonePhoto } from '../tips/evidence/images.ts'

const stage = await createStage()
const botId = 500_000_001
const photo = { kind: 'photo', base64: (await phonePhoto()).toString('base64') }
let nextPerson = 501

const newVillager = () => stage.villager(nextPerson++)
const addFault = (fault: object) => stage.telegram.call<FaultView>('POST', '/faults', fault)
const clearFaults = () => fetch(`${stage.telegram.url}/control/faults`, { method: 'DELETE' })
const hits = async () =>
  (await stage.telegram.call<FaultView[]>('GET', '/faults')).reduce(
    (sum, { hits }) => sum + hits,
    0,
  )

/** The messages of a tip in a group's chat, as a member sees them. */
async function about(number: string, member: Actor): Promise<MessageView[]> {
  const said = ({ text, caption }: MessageView) => `${text ?? ''}${caption ?? ''}`
  return (await member.fromBot()).filter((message) => said(message).includes(number))
}

describe('a forum', () => {
  /** Files a tip and does something to the group while the call that matches is held back. */
  async function meanwhile(
    villager: Actor,
    fault: { match: string; chat_id: number },
    act: () => Promise<unknown>,
  ): Promise<string> {
    await addFault({ kind: 'hang', ...fault })
    const last = await villager.last()
    const data = last.buttons?.flat().find(({ text }) => text.includes('交上去'))?.callback_data
    await stage.telegram.act('press', { user_id: villager.id, message_id: last.message_id, data })
    await waitFor(async () => ((await hits()) > 0 ? true : undefined), 5_000)
    await act()
    await clearFaults()
    await stage.filesSettled()
    const receipt = (await villager.fromBot()).findLast(({ text }) => text?.includes('查询码'))
    return /QF-\d+/.exec(receipt?.text ?? '')?.[0] ?? ''
  }

  const newestTopic = async (chatId: number) => {
    const topics = await stage.telegram.call<{ message_thread_id: number; name: string }[]>(
      'GET',
      `/chats/${chatId}/topics`,
    )
    return topics.toSorted((a, b) => b.message_thread_id - a.message_thread_id)[0]
  }

  async function writeWithPhoto(village: string): Promise<Actor> {
    const villager = await newVillager()
    await writeTip(villager, { village })
    await villager.presses('改：照片')
    await villager.act('upload', { files: [photo] })
    await villager.presses('发完了')
    return villager
  }

  /** Where the button of a card is, also when the message is gone from the chat. */
  async function cardOf(number: string) {
    const card = await stage.db.tipCard.findFirstOrThrow({ where: { tip: { number } } })
    return { message_id: card.messageId, data: `t:ack:${card.id}` }
  }

  it('keeps card, photo and acknowledgement inside a topic that has the number for a name', async () => {
    const { chatId, supervisor } = await castGroup(stage, {
      name: '龙游县第八督导组',
      kind: 'forum',
      firstId: nextPerson,
    })
    nextPerson += 10
    const villager = await writeWithPhoto('罗家乡 陆村')
    await villager.presses('交上去')
    await stage.filesSettled()
    const topic = await newestTopic(chatId)
    const number = topic?.name ?? ''
    expect(number).toMatch(/^QF-\d+$/)
    await supervisor.presses('我来办')
    const seen = await about(number, supervisor)
    expect(seen).toHaveLength(2)
    for (const message of seen) expect(message.message_thread_id).toBe(topic?.message_thread_id)
  })

  it.each([
    [
      'is deleted',
      '龙游县第九督导组',
      '石佛乡 杜山坞',
      { match: 'sendMessage' },
      async (chatId: number, by: number) => {
        const message_thread_id = (await newestTopic(chatId))?.message_thread_id
        await stage.telegram.act('delete-topic', {
          chat_id: chatId,
          user_id: by,
          message_thread_id,
        })
      },
    ],
    [
      'is closed and the bot may not open it',
      '龙游县第十督导组',
      '模环乡 ',
      { match: 'sendMessage' },
      async (chatId: number, by: number) => {
        const message_thread_id = (await newestTopic(chatId))?.message_thread_id
        const demoted = { chat_id: chatId, user_id: botId, rights: { can_delete_messages: true } }
        await stage.telegram.act('promote', demoted)
        await stage.telegram.act('close-topic', { chat_id: chatId, user_id: by, message_thread_id })
      },
    ],
  ])(
    'gets the card and the photo in the chat itself when the topic %s',
    async (_, name, village, fault, act) => {
      const { chatId, supervisor } = await castGroup(stage, {
        name,
        kind: 'forum',
        firstId: nextPerson,
      })
      nextPerson += 10
      const villager = await writeWithPhoto(await fullName(village))
      const number = await meanwhile(villager, { ...fault, chat_id: chatId }, () =>
        act(chatId, supervisor.id),
      )
      const seen = await about(number, supervisor)
      expect(seen.map(({ media }) => media?.kind)).toEqual([undefined, 'photo'])
      for (const message of seen) expect(message.message_thread_id ?? 1).toBe(1)
      await supervisor.presses('我来办')
      expect((await about(number, supervisor))[0]?.text).toContain('来办')
    },
  )

  it('loses no photo and no acknowledgement when the topic is deleted behind the card', async () => {
    const { chatId, supervisor } = await castGroup(stage, {
      name: '衢江区督导组',
      kind: 'forum',
      firstId: nextPerson,
    })
    nextPerson += 10
    const villager = await writeWithPhoto(await fullName('', '330803'))
    const number = await meanwhile(villager, { match: 'sendPhoto', chat_id: chatId }, async () => {
      const message_thread_id = (await newestTopic(chatId))?.message_thread_id
      await stage.telegram.act('delete-topic', {
        chat_id: chatId,
        user_id: supervisor.id,
        message_thread_id,
      })
    })
    const seen = await about(number, supervisor)
    expect(seen.map(({ media }) => media?.kind)).toEqual(['photo'])
    await supervisor.act('press', { ...(await cardOf(number)), wait_ms: 1_000 })
    expect((await about(number, supervisor)).map(({ text }) => text)).toContainEqual(
      expect.stringContaining('来办'),
    )
  })

  it('says so when a photo may not be sent, instead of losing it without a word', async () => {
    const { chatId, supervisor } = await castGroup(stage, {
      name: '江山市督导组',
      firstId: nextPerson,
    })
    nextPerson += 10
    await stage.telegram.act('restrict', {
      chat_id: chatId,
      user_id: botId,
      rights: { can_send_messages: true },
    })
    const villager = await writeWithPhoto(await fullName('', '330881'))
    await villager.presses('交上去')
    await stage.filesSettled()
    const texts = (await supervisor.fromBot()).map(({ text }) => text ?? '')
    expect(texts.at(-2)).toContain('照片 1 张')
    expect(texts.at(-1)).toMatch(/^举报 QF-\d+：第 1 份材料（照片）\n.*没有发这种文件的权限/)
  })

  it('gets the card in the chat itself when the bot may open no topics', async () => {
    const { chatId, supervisor } = await castGroup(stage, {
      name: '开化县督导组',
      kind: 'forum',
      firstId: nextPerson,
    })
    nextPerson += 10
    await stage.telegram.act('promote', {
      chat_id: chatId,
      user_id: botId,
      rights: { can_delete_messages: true },
    })
    const { number } = await fileTip(await newVillager(), { village: await fullName('', '330824') })
    const [card, ...others] = await about(number, supervisor)
    expect(card?.buttons).toHaveLength(2)
    expect(others).toEqual([])
  })

  /** A village whose name, with its township, means one place only. */
  async function fullName(township: string, code = '330825'): Promise<string> {
    const area = await stage.db.area.findFirstOrThrow({
      where: {
        level: 'village',
        code: { startsWith: code },
        ...(township.endsWith(' ') ? { parent: { name: township.trim() } } : {}),
      },
      include: { parent: true },
    })
    if (township !== '' && !township.endsWith(' ')) return township
    return `${area.parent?.name} ${area.name.replace('村民委员会', '')}`
  }
})
