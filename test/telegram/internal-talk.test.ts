import { describe, expect, it } from 'vitest'
import { castGroup, fileTip } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'
import { phonePhoto } from '../tips/evidence/images.ts'

const stage = await createStage()
const group = await castGroup(stage, { name: '江山市第三督导组', firstId: 401 })
const reporter = await stage.villager(701)
const { number } = await fileTip(reporter, { village: '四都镇 前岭' })
await group.supervisor.presses('我来办')
await group.supervisor.says('/ask 烟是什么牌子？', {
  reply_to: (await group.supervisor.fromBot()).find(({ text }) => text?.includes(number))
    ?.message_id,
})
await reporter.opens()
await reporter.presses('回答')
await reporter.says('利群的')

const texts = async (actor: Actor) => (await actor.fromBot()).map(({ text }) => text ?? '')
const answered = async () =>
  (await group.supervisor.fromBot()).find(({ text }) => text?.includes('利群的'))?.message_id
const offers = async () =>
  (await texts(group.supervisor)).filter((text) => text.includes('只有群里看得到'))
const rings = async () =>
  (await texts(reporter)).filter((text) => text.includes('有一条给您的消息')).length

describe('an answer to what the reporter said, written as to a person', () => {
  it('of somebody who does not have the tip stays in the chat without a word', async () => {
    await group.colleague.says('这个牌子我家也有', { reply_to: await answered() })
    await group.outsider.says('什么意思', { reply_to: await answered() })
    expect(await offers()).toEqual([])
  })

  it('is not sent, and whoever has the tip is told so, once', async () => {
    const before = await rings()
    await group.supervisor.says('在哪里买的？', { reply_to: await answered() })
    expect(await offers()).toEqual([expect.stringContaining('“在哪里买的？”')])
    await group.supervisor.says('我看是真的', { reply_to: await answered() })
    await group.supervisor.says('大家小心')
    expect(await offers()).toHaveLength(1)
    expect(await rings()).toBe(before)
  })

  it('goes out with a press, like every question', async () => {
    expect((await group.colleague.presses('发给举报人')).text).toContain('由')
    const before = await rings()
    await group.supervisor.presses('发给举报人')
    expect(await rings()).toBe(before + 1)
    expect(await offers()).toEqual([])
    expect(await reporter.opens()).toContain('在哪里买的？')
  })

  it('that asks who they are cannot be sent as it is', async () => {
    await reporter.presses('回答')
    await reporter.says('村口的店')
    const shop = (await group.supervisor.fromBot()).find(({ text }) => text?.includes('村口的店'))
    await group.supervisor.says('您叫什么名字？', { reply_to: shop?.message_id })
    expect(await offers()).toEqual([expect.stringContaining('问了姓名')])
    const labels = (await group.supervisor.last()).buttons?.flat().map(({ text }) => text)
    expect(labels).toEqual(['改一改', '不发了'])
    await group.supervisor.presses('不发了')
    expect(await texts(reporter)).not.toContainEqual(expect.stringContaining('您叫什么名字'))
  })

  it('with a file says how the file would be sent', async () => {
    await reporter.says('还有一句')
    const said = (await group.supervisor.fromBot()).find(({ text }) => text?.includes('还有一句'))
    const photo = { kind: 'photo', base64: (await phonePhoto()).toString('base64') }
    const send = (replyTo?: number) =>
      group.supervisor.act('upload', { reply_to: replyTo, files: [photo] })
    const before = await rings()
    await send(said?.message_id)
    expect(await offers()).toEqual([expect.stringContaining('把文件再发一次')])
    expect(await rings()).toBe(before)
    await send((await group.supervisor.last()).message_id)
    await stage.filesSettled()
    expect(await rings()).toBe(before + 1)
  })

  it('that names somebody of the group is held up, in a question and in a result', async () => {
    const reply = async (words: string) =>
      group.supervisor.says(words, { reply_to: (await group.supervisor.last()).message_id })
    await group.supervisor.presses('追问')
    await reply('我是督导员乙，您放心说')
    expect((await group.supervisor.last()).text).toContain('写了组里人的名字')
    await group.supervisor.presses('不发了')
    await group.supervisor.presses('办结')
    await group.supervisor.presses('不属实')
    await group.supervisor.presses('改一改')
    await reply('督导员乙去看过了，没有这回事')
    expect((await group.supervisor.last()).text).toContain('有组里人的名字')
    await group.supervisor.presses('不发了')
    expect((await texts(reporter)).join()).not.toContain('督导员乙')
  })

  it('with a voice or a photo stands in the chat as what it is: an answer', async () => {
    await reporter.says('/status')
    await reporter.presses(number)
    await reporter.presses('补充材料')
    await reporter.act('upload', {
      files: [{ kind: 'photo', base64: (await phonePhoto()).toString('base64') }],
    })
    await stage.filesSettled()
    const captions = (await group.supervisor.fromBot()).map(({ caption }) => caption ?? '')
    expect(captions.at(-1)).toMatch(/份材料（照片）\n举报人后来补充的$/)
  })

  it('passed on from elsewhere is taken without where it came from, and its reporter is told', async () => {
    const friend = await stage.villager(702, { first_name: '好友' })
    const { message_ids } = await stage.telegram.act<{ message_ids: number[] }>('send', {
      user_id: friend.id,
      text: '他也给了我两百',
    })
    await reporter.says('/status')
    await reporter.presses(number)
    await reporter.presses('补充材料')
    const from = { from_chat_id: friend.id, message_id: message_ids[0] }
    await reporter.act('forward', from)
    expect((await reporter.last()).text).toContain('不记下是谁发的')
    expect((await texts(group.supervisor)).join()).toContain('他也给了我两百')
    expect(JSON.stringify(await group.supervisor.seen())).not.toContain('好友')
  })

  it('does not disturb what was begun with a button', async () => {
    await group.supervisor.presses('办结')
    await group.supervisor.presses('不属实')
    await reporter.says('最后一句')
    const said = (await group.supervisor.fromBot()).find(({ text }) => text?.includes('最后一句'))
    const before = await offers()
    await group.supervisor.says('先等等', { reply_to: said?.message_id })
    expect(await offers()).toEqual(before)
    await group.supervisor.presses('发给举报人，办结')
    expect((await texts(group.supervisor)).join()).toContain('办结了，已经告诉举报人')
  })
})
