import { beforeEach, describe, expect, it } from 'vitest'
import { openJson } from '../../../src/lib/keyring.ts'
import { declineMessage, takeAnswer } from '../../../src/tips/dialogue/answer-message.ts'
import { openMessage } from '../../../src/tips/dialogue/open-message.ts'
import { acknowledgeTip } from '../../../src/tips/handling/acknowledge-tip.ts'
import { answerAftercare, askAftercare } from '../../../src/tips/handling/ask-aftercare.ts'
import { checkActor } from '../../../src/tips/handling/check-actor.ts'
import type { Press } from '../../../src/tips/handling/check-press.ts'
import { previewConclusion } from '../../../src/tips/handling/conclude-tip.ts'
import { sendPrompted } from '../../../src/tips/handling/finish-prompt.ts'
import { leaveSupervisor } from '../../../src/tips/handling/leave-supervisor.ts'
import { linkDuplicate } from '../../../src/tips/handling/link-duplicate.ts'
import { giveBackTip, resumeTip, takeOverTip } from '../../../src/tips/handling/pass-among-group.ts'
import { beginPrompt } from '../../../src/tips/handling/prompt.ts'
import { reopenTip } from '../../../src/tips/handling/reopen-tip.ts'
import { tidyTips } from '../../../src/tips/handling/tidy-tips.ts'
import { findTargets, transferTip } from '../../../src/tips/handling/transfer-tip.ts'
import { giveIdentity } from '../../../src/tips/identity/give-identity.ts'
import { describeOwn, describeReceipt } from '../../../src/tips/reporter/describe-receipt.ts'
import { findReceipt } from '../../../src/tips/reporter/receipt-store.ts'
import { withdrawTip } from '../../../src/tips/reporter/withdraw-tip.ts'
import { endContents, endLinks } from '../../../src/tips/retention/run-retention.ts'
import { rerouteHeldTips } from '../../../src/tips/routing/reroute-tips.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World

const day = 86_400_000
const t = (key: string) => key
const run = <T>(work: (tx: Parameters<Parameters<typeof db.$transaction>[0]>[0]) => Promise<T>) =>
  db.$transaction(work)
const tipOf = (id: number) => db.tip.findUniqueOrThrow({ where: { id } })
const lastAudit = () => db.auditLine.findFirstOrThrow({ orderBy: { id: 'desc' } })

async function pressOn(tipId: number, telegramId: number = cast.yiyi): Promise<Press> {
  const card = await db.tipCard.findFirstOrThrow({
    where: { tipId, state: { not: 'withdrawn' } },
    orderBy: { id: 'desc' },
  })
  const messageId = card.messageId ?? 0
  return { cardId: card.id, chatId: Number(card.chatId), messageId, telegramId, isAnonymous: false }
}
async function take(tipId: number, telegramId?: number) {
  const press = await pressOn(tipId, telegramId)
  return run((tx) => acknowledgeTip(tx, world.deps, press))
}
async function file(who = '戴某'): Promise<number> {
  await world.file({ who })
  await world.deliver()
  return (await db.tip.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
}
async function conclude(tipId: number, result: 'verified' | 'unfounded' = 'verified') {
  const press = await pressOn(tipId)
  await run((tx) => previewConclusion(tx, world.deps, press, { result }))
  const { id } = await db.tipPrompt.findFirstOrThrow({ orderBy: { id: 'desc' } })
  return run((tx) => sendPrompted(tx, world.deps, { ...press, promptId: id }))
}
async function link(tipId: number, typed: string) {
  const press = await pressOn(tipId)
  return run(async (tx) => {
    const actor = await checkActor(tx, press, 'holder')
    if (actor.outcome !== 'allowed') throw new Error(actor.outcome)
    return linkDuplicate(tx, world.deps, actor, typed)
  })
}
const messagesOf = (tipId: number, kind: string) =>
  db.tipMessage.findMany({ where: { tipId, kind }, orderBy: { id: 'asc' } })

beforeEach(async () => {
  world = await createWorld(database)
})

describe('a tip within its group', () => {
  it('is handled only by who has it, taken over by a colleague, given back, taken again', async () => {
    const id = await file()
    await take(id)
    const colleague = await pressOn(id, cast.yier)
    expect(await run((tx) => checkActor(tx, colleague, 'holder'))).toEqual({
      outcome: 'held-by',
      by: '乙一',
    })
    expect(await run((tx) => takeOverTip(tx, world.deps, colleague))).toMatchObject({
      outcome: 'done',
    })
    expect(await lastAudit()).toMatchObject({ action: 'tip taken over' })
    expect(await run((tx) => checkActor(tx, colleague, 'holder'))).toMatchObject({
      outcome: 'allowed',
    })
    expect(await run((tx) => giveBackTip(tx, world.deps, colleague))).toMatchObject({
      outcome: 'done',
    })
    expect(await tipOf(id)).toMatchObject({ state: 'waiting', acknowledgedById: null })
    expect(await take(id, cast.yier)).toMatchObject({ outcome: 'acknowledged' })
  })

  it('is won by one of two who take it over or close it at the same moment', async () => {
    const id = await file()
    await take(id)
    const [mine, colleague] = [await pressOn(id), await pressOn(id, cast.yier)]
    await run((tx) => previewConclusion(tx, world.deps, mine, { result: 'verified' }))
    const { id: promptId } = await db.tipPrompt.findFirstOrThrow()
    const both = await Promise.all([
      run((tx) => sendPrompted(tx, world.deps, { ...mine, promptId })),
      run((tx) => takeOverTip(tx, world.deps, colleague)),
    ])
    const outcomes = both.map(({ outcome }) => outcome)
    expect(outcomes.filter((one) => one === 'concluded' || one === 'done')).toHaveLength(1)
  })

  it('is closed once, however often the button is pressed, and opened again by mistake', async () => {
    const id = await file()
    await take(id)
    expect(await conclude(id)).toMatchObject({ outcome: 'concluded' })
    const press = await pressOn(id)
    const { id: promptId } = await db.tipPrompt.findFirstOrThrow()
    expect(await run((tx) => sendPrompted(tx, world.deps, { ...press, promptId }))).toEqual({
      outcome: 'over',
    })
    expect(await messagesOf(id, 'result')).toHaveLength(1)
    expect(await run((tx) => resumeTip(tx, world.deps, press))).toMatchObject({ outcome: 'done' })
    expect(await tipOf(id)).toMatchObject({ state: 'acknowledged', result: null, closedAt: null })
    // Who has read a result must not go on believing in it.
    expect((await world.opened(id)).at(-1)).toContain('前面的结果先不算')
  })

  it('goes back to all when who has it is taken off the roster, and elsewhere when its group is dissolved', async () => {
    const id = await file()
    await take(id)
    await db.supervisor.updateMany({ where: { name: '乙一' }, data: { state: 'left' } })
    const press = await pressOn(id)
    expect(await run((tx) => giveBackTip(tx, world.deps, press))).toEqual({
      outcome: 'not-enrolled',
    })
    expect(await run((tx) => tidyTips(tx, world.deps))).toBe(1)
    expect(await run((tx) => tidyTips(tx, world.deps))).toBe(0)
    expect(await tipOf(id)).toMatchObject({ state: 'waiting', acknowledgedById: null })
    await db.group.update({ where: { code: 'LY-01' }, data: { retiredAt: new Date() } })
    await run((tx) => tidyTips(tx, world.deps))
    expect(await tipOf(id)).toMatchObject({ groupId: await world.groupId('LY') })
  })
})

describe('a transfer', () => {
  it('offers the groups that may have it, and never one that is involved', async () => {
    const id = await file('甲一')
    const press = await pressOn(id)
    const found = await run((tx) => findTargets(tx, world.deps, press))
    expect(found).toMatchObject({ outcome: 'found', groups: [{ name: '衢州市督导组' }] })
    const groupId = await world.groupId('LY')
    const forced = { groupId, note: '就要给县里' }
    expect(await run((tx) => transferTip(tx, world.deps, press, forced))).toEqual({
      outcome: 'not-there',
    })
    expect(await tipOf(id)).toMatchObject({ groupId: await world.groupId('LY-01') })
  })
})

describe('two groups that hand a tip to and fro', () => {
  it('cannot: who passed it on is not offered again, while another can take it', async () => {
    const id = await file()
    const county = await world.groupId('LY')
    const up = await pressOn(id)
    await run((tx) => transferTip(tx, world.deps, up, { groupId: county, note: '不归我们管' }))
    await world.deliver()
    const back = await pressOn(id, cast.jiayi)
    const offered = async () => {
      const found = await run((tx) => findTargets(tx, world.deps, back))
      return found.outcome === 'found' ? found.groups.map(({ name }) => name) : found.outcome
    }
    expect(await offered()).toEqual(['衢州市督导组'])
    await db.group.update({ where: { code: 'QZ' }, data: { inboxState: 'broken' } })
    expect(await offered()).toEqual(['龙洲督导组'])
  })
})

describe('a supervisor who leaves the chat', () => {
  const leave = () =>
    run((tx) =>
      leaveSupervisor(tx, world.deps, {
        chatId: cast.township.chatId,
        telegramId: cast.yiyi,
      }),
    )
  const lastPrompt = () => db.tipPrompt.findFirstOrThrow({ orderBy: { id: 'desc' } })

  it('cannot send the result that waited for the last press, nor can anybody in their place', async () => {
    const id = await file()
    await take(id)
    const [mine, colleague] = [await pressOn(id), await pressOn(id, cast.yier)]
    await run((tx) => previewConclusion(tx, world.deps, mine, { result: 'unfounded' }))
    await world.deliver()
    const { id: promptId } = await lastPrompt()
    await leave()
    const send = (press: Press) => run((tx) => sendPrompted(tx, world.deps, { ...press, promptId }))
    expect(await send(mine)).toEqual({ outcome: 'over' })
    expect(await send(colleague)).toEqual({ outcome: 'over' })
    expect(await tipOf(id)).toMatchObject({ state: 'waiting', acknowledgedById: null })
    expect(await take(id, cast.yier)).toMatchObject({ outcome: 'acknowledged' })
    expect(await messagesOf(id, 'result')).toEqual([])
  })

  it('leaves no question in the chat that waits for them, at a tip that nobody had either', async () => {
    const id = await file()
    const [press, groupId] = [await pressOn(id), await world.groupId('LY')]
    await run(async (tx) => {
      const actor = await checkActor(tx, press, 'open')
      if (actor.outcome !== 'allowed') throw new Error(actor.outcome)
      const content = { kind: 'transfer' as const, groupId }
      await beginPrompt(tx, world.deps, actor, content, () => ({ text: '理由' }))
    })
    await world.deliver()
    const { id: promptId, messageId } = await lastPrompt()
    await leave()
    const sent = await world.deliver()
    expect(sent.map(({ outgoing }) => outgoing)).toContainEqual({ kind: 'delete', messageId })
    expect(await db.tipPrompt.findUnique({ where: { id: promptId } })).toMatchObject({
      state: 'dropped',
    })
  })
})

describe('duplicates', () => {
  it('get the result of the tip that was handled, each under its own number', async () => {
    const [main, second, third] = [await file('甲'), await file('乙'), await file('丙')]
    for (const id of [main, second, third]) await take(id)
    const { number } = await tipOf(main)
    expect(await link(second, '和 1 一样')).toMatchObject({ outcome: 'linked', main: number })
    // A link to a link leads to the tip that is really handled.
    expect(await link(third, 'qf-000002')).toMatchObject({ outcome: 'linked', main: number })
    expect(await messagesOf(second, 'result')).toEqual([])
    await conclude(main, 'unfounded')
    for (const id of [second, third]) {
      const results = await messagesOf(id, 'result')
      expect(results).toHaveLength(1)
      const about = { chatId: cast.villager, messageId: results[0]?.id ?? 0 }
      const told = await run((tx) =>
        openMessage(tx, world.deps, { ...about, t: world.deps.messages.in('zh-CN') }),
      )
      expect(told).toMatchObject({ text: expect.stringContaining((await tipOf(id)).number) })
    }
  })

  it.each(['zh-CN', 'en'] as const)(
    'never tell their reporter that somebody else reported the same, in %s',
    async (language) => {
      const [main, second] = [await file('甲'), await file('乙')]
      for (const id of [main, second]) await take(id)
      const standing = async () => {
        const receipt = await findReceipt(db, second)
        if (!receipt) throw new Error('There is no receipt')
        const words = world.deps.messages.in(language)
        const shown = { ticket: '', unheard: [], now: world.deps.now(), timezone: 'Asia/Shanghai' }
        const own = describeOwn(words, [{ ...receipt, hasNews: false }], () => '')
        return [describeReceipt(words, receipt, shown).text, own.text].join('\n')
      }
      const alone = await standing()
      await link(second, '1')
      // Linked it looks as it did: taken, and looked into.
      expect(await standing()).toBe(alone)
      const before = [...(await world.opened(second, language)), await standing()]
      await conclude(main, 'unfounded')
      const after = [...(await world.opened(second, language)), await standing()]
      expect([...before, ...after].join('\n')).not.toMatch(
        /以前|别人|也有人|有人说过|一起|重复|somebody else|somebody told|somebody had|before|together|duplicate/i,
      )
      expect(after.join('\n')).toMatch(language === 'en' ? /no evidence/ : /没有查到证据/)
    },
  )

  it('wait for the result however long it takes, and count their days from there', async () => {
    const [main, second] = [await file('甲'), await file('乙')]
    for (const id of [main, second]) await take(id)
    await link(second, '1')
    world.passTime(200 * day)
    const retention = { linkDays: 30, contentDays: 180 }
    const deps = { ...world.deps, retention }
    expect(await run((tx) => endLinks(tx, deps))).toBe(0)
    expect(await run((tx) => endContents(tx, deps))).toBe(0)
    expect(await run((tx) => askAftercare(tx, world.deps))).toBe(0)
    await conclude(main, 'unfounded')
    world.passTime(14 * day)
    expect(await run((tx) => askAftercare(tx, world.deps))).toBe(2)
    // A result that was found for another is contested like one's own: above the group that found it.
    const [result] = await messagesOf(second, 'result')
    const about = { chatId: cast.villager, messageId: result?.id ?? 0, reason: '' }
    expect(await run((tx) => reopenTip(tx, world.deps, about))).toMatchObject({
      outcome: 'reopened',
    })
    expect(await tipOf(second)).toMatchObject({ groupId: await world.groupId('LY') })
  })

  it('can be taken back, and get a name, like a tip that somebody has', async () => {
    const [main, second] = [await file('甲'), await file('乙')]
    for (const id of [main, second]) await take(id)
    await link(second, '1')
    const identity = { name: '王秀英', phone: '13800000000' }
    expect(await run((tx) => giveIdentity(tx, world.deps, { tipId: second, identity }))).toBe(true)
    expect(await run((tx) => withdrawTip(tx, world.deps, second))).toMatchObject({
      outcome: 'withdrawn',
    })
    await conclude(main)
    expect(await messagesOf(second, 'result')).toEqual([])
    expect(await run((tx) => withdrawTip(tx, world.deps, main))).toMatchObject({
      outcome: 'closed',
    })
  })

  it('resumed by their group say nothing of a result that nobody was told', async () => {
    const [main, second] = [await file('甲'), await file('乙')]
    for (const id of [main, second]) await take(id)
    await link(second, '1')
    const press = await pressOn(second)
    const told = await world.opened(second)
    expect(await run((tx) => resumeTip(tx, world.deps, press))).toMatchObject({ outcome: 'done' })
    expect(await world.opened(second)).toEqual(told)
    await conclude(main)
    expect(await messagesOf(second, 'result')).toEqual([])
  })

  it('are refused for another group, for itself, and for words without a number', async () => {
    const [one, other] = [await file('甲'), await file('乙')]
    await take(one)
    await db.tip.update({ where: { id: other }, data: { groupId: await world.groupId('LY') } })
    expect(await link(one, 'QF-000002')).toMatchObject({ outcome: 'unknown-number' })
    expect(await link(one, 'QF-000777')).toMatchObject({ outcome: 'unknown-number' })
    expect(await link(one, '1')).toEqual({ outcome: 'itself' })
    expect(await link(one, '就是那一件')).toEqual({ outcome: 'no-number' })
  })

  it('are opened again when the tip that was handled is withdrawn', async () => {
    const [main, second] = [await file('甲'), await file('乙')]
    for (const id of [main, second]) await take(id)
    await link(second, '1')
    await db.tip.update({ where: { id: main }, data: { state: 'closed', result: 'withdrawn' } })
    expect(await run((tx) => tidyTips(tx, world.deps))).toBe(1)
    expect(await tipOf(second)).toMatchObject({ state: 'waiting', mainTipId: null })
  })
})

describe('a result that is contested', () => {
  const contest = async (tipId: number, chatId: number = cast.villager) => {
    const [result] = await messagesOf(tipId, 'result')
    const about = { chatId, messageId: result?.id ?? 0, reason: '没有来问过人' }
    return run((tx) => reopenTip(tx, world.deps, about))
  }

  it('goes to the level above, once, and not after fifteen days', async () => {
    const id = await file()
    await take(id)
    await conclude(id)
    world.passTime(15 * day)
    expect(await contest(id, 999)).toEqual({ outcome: 'gone' })
    expect(await contest(id)).toMatchObject({ outcome: 'reopened' })
    expect(await tipOf(id)).toMatchObject({ groupId: await world.groupId('LY') })
    expect(await contest(id)).toMatchObject({ outcome: 'underway' })
    const late = await file()
    await take(late)
    await conclude(late)
    world.passTime(15 * day + 1)
    expect(await contest(late)).toMatchObject({ outcome: 'too-late' })
  })
})

describe('after closing', () => {
  const asked = (tipId: number) => messagesOf(tipId, 'aftercare')
  const ask = () => run((tx) => askAftercare(tx, world.deps))

  it('is asked about at 7 and 30 days, once each, and only once after a standstill', async () => {
    const id = await file()
    await take(id)
    await conclude(id)
    world.passTime(6 * day)
    expect(await ask()).toBe(0)
    world.passTime(day)
    expect(await ask()).toBe(1)
    expect(await ask()).toBe(0)
    world.passTime(23 * day)
    expect(await ask()).toBe(1)
    expect(await asked(id)).toHaveLength(2)
    const late = await file()
    await take(late)
    await conclude(late)
    world.passTime(60 * day)
    expect(await ask()).toBe(1)
    expect(await ask()).toBe(0)
  })

  it('is answered to the level above: “no” as a line, “yes” as the tip itself, “stop” as an end', async () => {
    const answers = ['no', 'yes', 'stop'] as const
    for (const answer of answers) {
      const id = await file()
      await take(id)
      await conclude(id)
      world.passTime(7 * day)
      await ask()
      await world.deliver()
      const [question] = await asked(id)
      const about = { chatId: cast.villager, messageId: question?.id ?? 0, answer }
      expect(await run((tx) => answerAftercare(tx, world.deps, about))).toEqual({ outcome: answer })
      expect(await run((tx) => answerAftercare(tx, world.deps, about))).toEqual({ outcome: 'gone' })
      const sent = await world.deliver()
      const heard = world.textsTo(sent, cast.county.chatId).join()
      expect(world.textsTo(sent, cast.township.chatId).join()).not.toContain('找麻烦')
      if (answer === 'no') expect(heard).toContain('没有人找麻烦')
      if (answer === 'yes') expect(heard).toContain('举报人说有人找麻烦')
      const tip = await tipOf(id)
      expect(tip.state).toBe(answer === 'yes' ? 'waiting' : 'closed')
      if (answer === 'stop') expect(tip.aftercare).toBe(-1)
    }
  })

  /** Asked after seven days; `meanwhile` happens before the reporter presses “yes”. */
  async function answerYes(meanwhile: (id: number) => Promise<unknown>) {
    const id = await file()
    await take(id)
    await conclude(id)
    world.passTime(7 * day)
    await ask()
    await meanwhile(id)
    await world.deliver()
    const [question] = await asked(id)
    const about = { chatId: cast.villager, messageId: question?.id ?? 0, answer: 'yes' as const }
    await run((tx) => answerAftercare(tx, world.deps, about))
    return { tip: await tipOf(id), sent: await world.deliver() }
  }

  it('tells whoever has it by now of trouble when the result was contested in between', async () => {
    const { tip, sent } = await answerYes(async (id) => {
      const [result] = await messagesOf(id, 'result')
      const about = { chatId: cast.villager, messageId: result?.id ?? 0, reason: '' }
      await run((tx) => reopenTip(tx, world.deps, about))
    })
    expect(tip).toMatchObject({ groupId: await world.groupId('LY') })
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('有人因为这件事找我麻烦')
    expect(world.textsTo(sent, cast.township.chatId)).toEqual([])
  })

  it('takes a tip up that its group resumed, and says there why, and not where it was', async () => {
    const { tip, sent } = await answerYes(async (id) => {
      const press = await pressOn(id)
      await run((tx) => resumeTip(tx, world.deps, press))
    })
    expect(tip).toMatchObject({ state: 'waiting', groupId: await world.groupId('LY') })
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('有人因为这件事找我麻烦')
    expect(world.textsTo(sent, cast.township.chatId).join()).not.toContain('麻烦')
  })

  it('alarms the admins when nobody is above, and never tells the group that handled it', async () => {
    const { tip, sent } = await answerYes(() =>
      db.group.updateMany({
        where: { code: { in: ['LY', 'QZ'] } },
        data: { inboxState: 'broken' },
      }),
    )
    expect(world.textsTo(sent, cast.admin).join()).toMatch(/QF-000001.*有人找他麻烦/)
    expect(world.textsTo(sent, cast.township.chatId).join()).not.toContain('麻烦')
    expect(tip).toMatchObject({ state: 'held', groupId: null })
    await db.group.update({ where: { code: 'LY' }, data: { inboxState: 'bound' } })
    await run((tx) => rerouteHeldTips(tx, world.deps))
    const after = await world.deliver()
    expect(world.textsTo(after, cast.county.chatId).join()).toMatch(/QF-000001.*找我麻烦/s)
  })
})

describe('what a reporter says', () => {
  it('reaches the group that has the tip now, also when nobody has it at the moment', async () => {
    const id = await file()
    const writing = { chatId: cast.villager, tipId: id, messageId: null }
    const say = (text: string) =>
      run((tx) => takeAnswer(tx, world.deps, writing, { kind: 'text', text }))
    await db.group.updateMany({ data: { inboxState: 'broken' } })
    await db.tip.update({ where: { id }, data: { state: 'held', groupId: null } })
    await db.tipCard.updateMany({ data: { state: 'withdrawn' } })
    expect(await say('还有一箱酒')).toMatchObject({ outcome: 'handed-on' })
    expect(await world.deliver()).toEqual([])
    await db.group.update({ where: { code: 'LY' }, data: { inboxState: 'bound' } })
    await run((tx) => rerouteHeldTips(tx, world.deps))
    const sent = await world.deliver()
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('还有一箱酒')
  })

  it('is disguised when it is their own voice, and left as it is when it was passed on', async () => {
    const id = await file()
    const writing = { chatId: cast.villager, tipId: id, messageId: null }
    for (const isForwarded of [false, true]) {
      const voice = { kind: 'file' as const, what: 'voice' as const, fileId: 'f', isForwarded }
      await run((tx) => takeAnswer(tx, world.deps, writing, voice))
    }
    const sealer = world.keyring.openDataKey((await tipOf(id)).dataKey ?? new Uint8Array())
    const files = await db.evidence.findMany({ where: { tipId: id }, orderBy: { id: 'asc' } })
    const sources = files.map(({ source }) => openJson(sealer, source ?? new Uint8Array()))
    expect(sources).toMatchObject([{ disguise: true }, { disguise: false }])
    const big = { kind: 'file' as const, what: 'video' as const, fileId: 'f', bytes: 30_000_000 }
    expect(await run((tx) => takeAnswer(tx, world.deps, writing, big))).toEqual({
      outcome: 'too-big',
    })
  })

  it('is refused from another chat, for another tip than the button named, and when it is too long', async () => {
    const [one, other] = [await file(), await file()]
    await take(one)
    const sealed = (await tipOf(one)).sealed ?? new Uint8Array()
    const question = await db.tipMessage.create({
      data: { tipId: one, kind: 'question', state: 'sent', sealed, createdAt: new Date() },
    })
    const text = { kind: 'text' as const, text: '好' }
    const say = (chatId: number, tipId: number, words = text) =>
      run((tx) => takeAnswer(tx, world.deps, { chatId, tipId, messageId: question.id }, words))
    expect(await say(999, one)).toEqual({ outcome: 'gone' })
    expect(await say(cast.villager, other)).toEqual({ outcome: 'gone' })
    const long = { ...text, text: '长'.repeat(2_001) }
    expect(await say(cast.villager, one, long)).toMatchObject({ outcome: 'too-long' })
    expect(await say(cast.villager, one)).toMatchObject({ outcome: 'handed-on' })
    const { id } = question
    const foreign = { chatId: 999, messageId: id }
    expect(await run((tx) => declineMessage(tx, world.deps, foreign))).toEqual({ outcome: 'gone' })
    expect(await run((tx) => openMessage(tx, world.deps, { ...foreign, t }))).toEqual({
      outcome: 'gone',
    })
  })
})
