import { describe, expect, it } from 'vitest'
import type { ChatView, MessageView } from '../../src/sandbox/control/views.ts'
import { type CastGroup, castGroup, fileTip } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'
import { phonePhoto } from '../tips/evidence/images.ts'

const botId = 500_000_001
const stage = await createStage()
const county = await castGroup(stage, { name: '江山市督导组', firstId: 11 })
const village = '四都镇 前岭'
let nextPerson = 701

const newVillager = () => stage.villager(nextPerson++)
const said = ({ text, caption }: MessageView) => `${text ?? ''}${caption ?? ''}`
const about = async (number: string, member: Actor) =>
  (await member.fromBot()).filter((message) => said(message).includes(number))
const all = async (member: Actor) => (await member.fromBot()).map(said).join('\n---\n')
const cardsOf = async (number: string, member: Actor) =>
  (await about(number, member)).filter(({ buttons }) => buttons?.flat().length)

/** A basic group of two supervisors; `migrate` makes it a supergroup, as it is seen there. */
async function castBasicGroup(name: string, firstId: number) {
  const group = await castGroup(stage, { name, kind: 'group', firstId })
  const migrate = async () => {
    const { id } = await stage.telegram.act<ChatView>('migrate', { chat_id: group.chatId })
    await stage.settled()
    return seenIn(group, id)
  }
  return { ...group, migrate }
}

function seenIn(group: CastGroup, chatId: number) {
  const { supervisor, colleague } = group
  return {
    supervisor: stage.actor(supervisor.id, chatId),
    colleague: stage.actor(colleague.id, chatId),
  }
}

async function sendPhoto(reporter: Actor) {
  await reporter.says('/status')
  await reporter.presses('QF-')
  await reporter.presses('补充材料')
  await reporter.act('upload', {
    files: [{ kind: 'photo', base64: (await phonePhoto()).toString('base64') }],
  })
  await stage.filesSettled()
  await reporter.presses('说完了')
}

describe('a group that becomes a supergroup with tips in its hands', () => {
  it('gets their cards anew, and nothing there is touched by the numbers of the old chat', async () => {
    const group = await castBasicGroup('江山市第三督导组', 401)
    const reporter = await newVillager()
    const { number } = await fileTip(reporter, { village, who: '赵某' })
    await group.supervisor.presses('我来办')
    await sendPhoto(reporter)
    const oldNumbers = (await group.supervisor.fromBot()).map(({ message_id }) => message_id)

    const { supervisor, colleague } = await group.migrate()
    expect(await all(supervisor)).toContain('以前的卡片请不要再按')
    expect(await cardsOf(number, supervisor)).toHaveLength(1)
    await stage.filesSettled()
    expect((await supervisor.fromBot()).filter(({ media }) => media)).toHaveLength(1)

    // Other tips stand at the numbers which the first one had in the old chat.
    const others: string[] = []
    while (((await supervisor.fromBot()).at(-1)?.message_id ?? 0) < Math.max(...oldNumbers))
      others.push((await fileTip(await newVillager(), { village, who: '钱某' })).number)
    const readOthers = () =>
      Promise.all(others.map(async (other) => (await about(other, supervisor)).map(said)))
    const before = await readOthers()

    await declareConflict(number, colleague)
    expect(await all(supervisor)).not.toContain('赵某')
    expect((await supervisor.fromBot()).filter(({ media }) => media)).toEqual([])
    expect(await all(supervisor)).toContain(`举报 ${number} 已经不在本组`)
    expect(await all(group.admin)).toContain(`举报 ${number} 已经离开“江山市第三督导组”`)
    expect(await cardsOf(number, county.supervisor)).toHaveLength(1)
    expect(await readOthers()).toEqual(before)
  })

  it('hears of a closed tip that is contested, and gets its card when its reporter adds something', async () => {
    const group = await castBasicGroup('江山市第四督导组', 421)
    const closeOne = async () => {
      const reporter = await newVillager()
      const tip = await fileTip(reporter, { village: '清湖镇 清湖一村', who: '孙某' })
      await group.supervisor.presses('我来办')
      await group.supervisor.presses('办结')
      await group.supervisor.presses('不属实')
      await group.supervisor.presses('发给举报人')
      return { ...tip, reporter }
    }
    const contested = await closeOne()
    const added = await closeOne()
    const { supervisor } = await group.migrate()
    expect(await supervisor.fromBot()).toEqual([])

    await contested.reporter.presses('看一看')
    await contested.reporter.presses('不满意')
    await contested.reporter.presses('不写原因')
    expect(await all(supervisor)).toContain(`举报 ${contested.number} 已经不在本组`)
    expect(await cardsOf(contested.number, county.supervisor)).toHaveLength(1)

    await added.reporter.says('/status')
    await added.reporter.presses('QF-')
    await added.reporter.presses('补充材料')
    await added.reporter.says('后来又送了一次')
    expect(await cardsOf(added.number, supervisor)).toHaveLength(1)
    expect((await all(supervisor)).split('后来又送了一次')).toHaveLength(2)
    await added.reporter.says('还有一次')
    expect(await cardsOf(added.number, supervisor)).toHaveLength(1)
    expect((await all(supervisor)).split('还有一次')).toHaveLength(2)
  })

  it('takes no answer for another tip because it has the number that an older message had', async () => {
    const group = await castBasicGroup('江山市第五督导组', 441)
    const first = await newVillager()
    const place = { village: '坛石镇 定家坞' }
    await fileTip(first, place)
    await group.supervisor.presses('我来办')
    const [oldCard] = await group.supervisor.fromBot()
    const { supervisor } = await group.migrate()
    const taken = (await supervisor.fromBot()).map(({ message_id }) => message_id)
    const free = Math.max(...taken, oldCard?.message_id ?? 0) + 1
    await stage.db.tipCard.updateMany({
      where: { chatId: BigInt(group.chatId) },
      data: { messageId: free },
    })
    while (((await supervisor.fromBot()).at(-1)?.message_id ?? 0) < free)
      await supervisor.says('/check')
    await supervisor.says('/ask 您看见了吗？', { reply_to: free })
    expect(await all(supervisor)).toContain('要问哪一件')
    expect(await stage.db.tipMessage.count({ where: { kind: 'question' } })).toBe(0)
  })
})

describe('a group that binds another chat', () => {
  it('has its open tips there, and nothing of them is left to read in the old one', async () => {
    const group = await castGroup(stage, { name: '江山市第六督导组', firstId: 461 })
    const { number } = await fileTip(await newVillager(), { village: '大桥镇 冷水', who: '李某' })
    await group.supervisor.presses('我来办')
    await group.admin.says('/groups 江山市第六督导组')
    await group.admin.presses('江山市第六督导组')
    await group.admin.presses('生成绑定码')
    const code = /绑定码：(\w{8})/.exec(await all(group.admin))?.[1]
    const chat = await stage.telegram.createChat({
      kind: 'supergroup',
      title: '新群',
      members: [
        { user_id: group.supervisor.id, status: 'creator' },
        { user_id: botId, status: 'administrator', rights: { '*': true } },
      ],
    })
    const member = stage.actor(group.supervisor.id, chat.id)
    await member.says(`/bind ${await lastCode(group.admin, code)}`)
    expect(await cardsOf(number, member)).toHaveLength(1)
    expect(await all(member)).toContain('李某')
    expect(await all(group.supervisor)).not.toContain('李某')
    expect(await all(group.supervisor)).toContain('到新的群里看')
    expect((await member.presses('追问')).text ?? '').not.toContain('旧卡片')
  })
})

describe('a card that somebody deleted and that was said anew', () => {
  it('goes with its tip like the first one', async () => {
    const group = await castGroup(stage, { name: '江山市第八督导组', firstId: 481 })
    const reporter = await newVillager()
    const { number } = await fileTip(reporter, { village: '上余镇 大溪滩', who: '周某' })
    await group.supervisor.presses('我来办')
    const [card] = await cardsOf(number, group.supervisor)
    await group.supervisor.presses('办结')
    await group.supervisor.presses('不属实')
    await group.supervisor.act('delete', { message_id: card?.message_id })
    await group.supervisor.presses('发给举报人')
    expect(await all(group.supervisor)).toContain('周某')
    await reporter.presses('看一看')
    await reporter.presses('不满意')
    await reporter.presses('不写原因')
    expect(await all(group.supervisor)).not.toContain('周某')
    expect(await cardsOf(number, county.supervisor)).toHaveLength(1)
  })
})

describe('a group in which the bot may delete nothing', () => {
  it('is told of the photos that are too old to be taken away', async () => {
    const group = await castGroup(stage, { name: '江山市第九督导组', firstId: 501 })
    const { number } = await fileTip(await newVillager(), { village: '峡口镇 峡新', who: '吴某' })
    await stage.db.group.updateMany({
      where: { inboxChatId: BigInt(group.chatId) },
      data: { inboxReason: 'can_delete_messages' },
    })
    const filedAt = new Date(Date.now() - 3 * 86_400_000)
    await stage.db.tip.update({ where: { number }, data: { filedAt } })
    await declareConflict(number, group.colleague)
    expect(await all(group.supervisor)).toContain(`举报 ${number} 已经不在本组`)
  })
})

/** Whoever presses is involved in it. */
async function declareConflict(number: string, by: Actor) {
  const [card] = await cardsOf(number, by)
  const { id } = await stage.db.tipCard.findFirstOrThrow({
    where: { tip: { number }, state: 'shown' },
  })
  await by.act('press', { message_id: card?.message_id, data: `h:own:${id}:1` })
}

/** The newest code: those of before are in the chat too. */
async function lastCode(admin: Actor, fallback = '') {
  const codes = (await all(admin)).matchAll(/绑定码：(\w{8})/g)
  return [...codes].at(-1)?.[1] ?? fallback
}
