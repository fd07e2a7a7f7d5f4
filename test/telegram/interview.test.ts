import { describe, expect, it } from 'vitest'
import { castGroup } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'

const stage = await createStage()
const lastText = async (actor: Actor) => (await actor.last()).text ?? ''
const voice = { kind: 'voice', duration: 2, base64: 'AAAA' }
const speak = (actor: Actor) => actor.act('upload', { files: [voice] })

describe('a villager who does not type', () => {
  it('files a tip with buttons and a voice note alone', async () => {
    const wang = await stage.villager(701)
    await wang.says('/report')
    await wang.presses('我明白了')
    await wang.presses('送钱')
    await wang.presses('龙游县')
    await wang.presses('龙洲街道')
    await wang.presses('村')
    await speak(wang)
    expect(await lastText(wang)).toContain('语音收下了，算这一条的回答')
    await wang.presses('不清楚')
    await wang.presses('昨天')
    // Nobody can play four bytes; that is told when it was looked at.
    await stage.filesSettled()
    await wang.presses('就这些')
    expect(await lastText(wang)).toContain('是谁：（语音 1）')
    await wang.presses('交上去')
    const said = (await wang.fromBot()).map(({ text }) => text).join('\n')
    expect(said).toMatch(/编号：QF-\d{6}/)
    expect(await stage.db.tip.count()).toBe(1)
  })
})

describe('an act at the ballot box', () => {
  it('shows 110 first, and its card says how urgent it is', async () => {
    const { supervisor } = await castGroup(stage, { name: '龙游县第一督导组' })
    const li = await stage.villager(702)
    await li.says('/report')
    await li.presses('我明白了')
    await li.presses('抢票箱')
    expect(await lastText(li)).toContain('110')
    await li.presses('知道了')
    await li.presses('还在发生')
    await li.says('龙洲街道 山底')
    await li.says('戴某')
    await li.presses('帮他拉票的人')
    await li.presses('就这些')
    await li.presses('交上去')
    const card = (await supervisor.fromBot()).find(({ text }) => text?.includes('抢票箱'))
    expect(card?.text).toMatch(/^举报 QF-\d{6}\n紧急\n/)
  })
})

describe('what a villager forwards', () => {
  it('is taken without its origin, and the villager hears that', async () => {
    const zhao = await stage.villager(703)
    const chen = await stage.villager(704, { first_name: '陈', last_name: '大富' })
    const chat = await stage.telegram.createChat({
      kind: 'group',
      title: '村里人',
      members: [{ user_id: zhao.id, status: 'creator' }, { user_id: chen.id }],
    })
    const inGroup = stage.actor(chen.id, chat.id)
    const ids = async (sent: unknown) => (sent as { message_ids: number[] }).message_ids
    const sent = [
      ...(await ids(await inGroup.says('投我一票，送两百块'))),
      ...(await ids(await inGroup.act('upload', { files: [voice] }))),
    ]
    await zhao.says('/report')
    await zhao.presses('我明白了')
    for (const message_id of sent) {
      await zhao.act('forward', { from_chat_id: chat.id, message_id })
      expect(await lastText(zhao)).toContain('转发来的，我们只收下里面的内容')
      expect(await lastText(zhao)).not.toContain('大富')
    }
    const [row] = await stage.db.draft.findMany()
    expect(Buffer.from(row?.sealed ?? []).toString('latin1')).not.toContain('大富')
  })
})
