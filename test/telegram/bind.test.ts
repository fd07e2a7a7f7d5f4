import nock from 'nock'
import { describe, expect, it } from 'vitest'
import { meetAdmin } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

const start = Date.now()
let laterMs = 0
const stage = await createStage({ now: () => new Date(start + laterMs + performance.now()) })
const botId = 500_000_001
const admin = await meetAdmin(stage)
const creator = await stage.villager(401)
await stage.villager(402)
let chats = 0

async function openChat(kind: 'group' | 'supergroup' | 'forum', members: object[] = []) {
  chats += 1
  const chat = await stage.telegram.createChat({
    kind,
    title: `群 ${chats}`,
    members: [{ user_id: creator.id, status: 'creator' }, { user_id: 402 }, ...members],
  })
  return { chatId: chat.id, owner: stage.actor(creator.id, chat.id) }
}

const asAdmin = (rights: Record<string, boolean>) => ({
  user_id: botId,
  status: 'administrator',
  rights,
})
const withBot = [asAdmin({ '*': true })]

async function bindCode(group: string): Promise<string> {
  await admin.says(`/groups ${group}`)
  await admin.presses(group)
  await admin.presses('生成绑定码')
  return /绑定码：(\w{8})/.exec((await admin.last()).text ?? '')?.[1] ?? ''
}

const inboxOf = async (code: string) =>
  stage.db.group.findUniqueOrThrow({
    where: { code },
    select: { inboxState: true, inboxChatId: true, inboxForum: true },
  })

describe('a chat that the bot is added to', () => {
  it('is greeted and told what to do', async () => {
    const { chatId, owner } = await openChat('group')
    await owner.act('add', { chat_id: chatId, user_id: botId })
    const greeting = (await owner.last()).text ?? ''
    expect(greeting).toContain('我是“清风”')
    expect(greeting).toContain('/bind')
    expect(greeting).toContain('设为群管理员')
    await owner.says('/help')
    expect((await owner.last()).text).toContain('/check')
  })

  it('is no inbox before an admin binds it, and says what is missing when asked', async () => {
    const { owner } = await openChat('supergroup', [{ user_id: botId }])
    await owner.says('/check')
    const answer = (await owner.last()).text ?? ''
    expect(answer).toContain('还没有绑定督导组')
    expect(answer).toContain('我不是群管理员')
  })
})

describe('/bind', () => {
  it('asks for the code when there is none', async () => {
    const { owner } = await openChat('group', withBot)
    await owner.says('/bind')
    expect((await owner.last()).text).toContain('加上绑定码')
  })

  it('takes a code from an admin of the chat only, once, and typed in any way', async () => {
    const { chatId, owner } = await openChat('group', withBot)
    const code = await bindCode('龙游县第一督导组')
    await stage.actor(402, chatId).says(`/bind ${code}`)
    expect((await owner.last()).text).toContain('只有这个群的管理员')
    await owner.says('/bind ABCD1234')
    expect((await owner.last()).text).toContain('绑定码不对')

    await owner.says(`/bind ${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`)
    expect((await owner.last()).text).toContain('现在是“龙游县第一督导组”的收件群')
    expect(await inboxOf('LY-01')).toMatchObject({ inboxState: 'bound', inboxForum: false })

    expect((await admin.last()).text).not.toContain('原来的群')
    await owner.says(`/bind ${code}`)
    expect((await owner.last()).text).toContain('已经是“龙游县第一督导组”的收件群了')

    const other = await openChat('group', withBot)
    await other.owner.says(`/bind ${code}`)
    expect((await other.owner.last()).text).toContain('已经用过了')
    const next = await bindCode('龙游县第一督导组')
    expect((await admin.last()).text).toContain('原来的群就不再是收件群')
    await other.owner.says(`/bind@qingfeng_test_bot ${next}`)
    expect((await other.owner.last()).text).toContain('绑定好了')
    expect((await owner.last()).text).toContain('换了新的收件群')
    expect((await inboxOf('LY-01')).inboxChatId).toBe(BigInt(other.chatId))
  })

  it('refuses a code that has expired', async () => {
    const { owner } = await openChat('group', withBot)
    const code = await bindCode('龙游县第二督导组')
    laterMs += 7 * 86_400_000
    await owner.says(`/bind ${code}`)
    expect((await owner.last()).text).toContain('过期了')
    expect((await inboxOf('LY-02')).inboxState).toBe('unbound')
  })

  it('gives no chat to two groups', async () => {
    const { owner } = await openChat('group', withBot)
    await owner.says(`/bind ${await bindCode('龙游县第三督导组')}`)
    const code = await bindCode('龙游县第四督导组')
    await owner.says(`/bind ${code}`)
    expect((await owner.last()).text).toContain('已经是“龙游县第三督导组”的收件群')
    expect((await inboxOf('LY-04')).inboxState).toBe('unbound')
    const other = await openChat('group', withBot)
    await other.owner.says(`/bind ${code}`)
    expect((await other.owner.last()).text).toContain('绑定好了')
  })

  it('believes an anonymous admin: only admins can be anonymous', async () => {
    const { chatId, owner } = await openChat('supergroup', withBot)
    await owner.act('anonymous', { chat_id: chatId, is_anonymous: true })
    await owner.says(`/bind ${await bindCode('龙游县第五督导组')}`)
    expect((await owner.last()).text).toContain('绑定好了')
    expect((await inboxOf('LY-05')).inboxChatId).toBe(BigInt(chatId))
  })

  it('says what to do when Telegram does not tell who is an admin, and keeps the code', async () => {
    const { owner } = await openChat('supergroup', [{ user_id: botId }])
    const code = await bindCode('龙游县第六督导组')
    nock(stage.telegram.url, { allowUnmocked: true })
      .post(/getChatMember/)
      .reply(400, {
        ok: false,
        error_code: 400,
        description: 'Bad Request: CHAT_ADMIN_REQUIRED',
      })
    await owner.says(`/bind ${code}`)
    expect((await owner.last()).text).toContain('查不到谁是群管理员')
    nock.restore()
    await owner.says(`/bind ${code}`)
    expect((await owner.last()).text).toContain('绑定好了')
  })
})

describe('missing rights', () => {
  it('are listed when the group is bound, and again by /check until they are given', async () => {
    const { chatId, owner } = await openChat('forum', [{ user_id: botId }])
    await owner.says(`/bind ${await bindCode('龙游县第七督导组')}`)
    expect((await owner.last()).text).toContain('我不是群管理员')
    expect(await inboxOf('LY-07')).toMatchObject({ inboxState: 'bound', inboxForum: true })

    const promote = (rights: Record<string, boolean>) =>
      owner.act('promote', { chat_id: chatId, user_id: botId, by: creator.id, rights })
    await promote({ can_pin_messages: true })
    await owner.says('/check')
    const both = (await owner.last()).text ?? ''
    expect(both).toContain('“龙游县第七督导组”的收件群')
    expect(both).toContain('管理话题')
    expect(both).toContain('删除消息')

    await promote({ can_delete_messages: true })
    await owner.says('/check')
    const one = (await owner.last()).text ?? ''
    expect(one).toContain('管理话题')
    expect(one).not.toContain('删除消息')

    await promote({ can_delete_messages: true, can_manage_topics: true })
    await owner.says('/check')
    expect((await owner.last()).text).toContain('需要的权限都有了')
  })

  it('need no topics in a chat that has none', async () => {
    const { owner } = await openChat('supergroup', [asAdmin({ can_delete_messages: true })])
    await owner.says(`/bind ${await bindCode('龙游县第八督导组')}`)
    expect((await owner.last()).text).toContain('需要的权限都有了')
  })
})

describe('/groups', () => {
  it('says which page of how many is shown, and when there is no such group', async () => {
    await admin.says('/groups')
    expect((await admin.last()).text).toContain('第 1 页，共 6 页')
    await admin.says('/groups 没有这个组')
    expect((await admin.last()).text).toContain('没有找到')
  })
})
