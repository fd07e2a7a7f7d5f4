import { beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../src/staff/audit.ts'
import { answerDraft } from '../../../src/tips/filing/answer-draft.ts'
import { openReporter, openTipContent } from '../../../src/tips/tip-content.ts'
import { findTip, nextTipId } from '../../../src/tips/tip-store.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const submitPress = { kind: 'press' as const, step: 'review', value: 'submit' }
let world: World

beforeEach(async () => {
  world = await createWorld(database)
})

describe('filing', () => {
  it('turns the draft into a tip with number, receipt, card and audit', async () => {
    await world.write()
    await world.answer({ kind: 'file', what: 'photo', fileId: 'one' })
    await world.press('files', 'done')
    expect(await world.submit()).toEqual({ outcome: 'filed', tipId: 1, number: 'QF-000001' })
    expect(await db.draft.count()).toBe(0)
    const tip = await findTip(db, 1)
    expect(tip).toMatchObject({ state: 'waiting', category: 'cash', groupId: expect.any(Number) })
    if (!tip) throw new Error('no tip')
    expect(openTipContent(world.keyring, tip)).toMatchObject({
      files: ['photo'],
      answers: { who: { text: '戴某' } },
    })
    expect(await db.evidence.findMany()).toMatchObject([{ draftId: null, tipId: 1 }])
    expect(await verifyAudit(db)).toMatchObject({ ok: true, lines: 2 })

    const sent = await world.deliver()
    expect(sent.map(({ purpose, to }) => [purpose, to.chatId])).toEqual([
      ['receipt', cast.villager],
      ['tip-card', cast.township.chatId],
    ])
    expect(world.textsTo(sent, cast.villager)[0]).toMatch(/QF-000001[\s\S]*\d{4} \d{4} \d{4} \d{4}/)
  })

  it('puts the chat of the reporter into the vault and nowhere else', async () => {
    await world.file()
    const [reporter] = await db.reporter.findMany()
    if (!reporter) throw new Error('no reporter')
    expect(openReporter(world.keyring, reporter.sealed)).toEqual({
      chatId: cast.villager,
      language: 'zh-CN',
    })
    const tip = await findTip(db, 1)
    if (!tip) throw new Error('no tip')
    expect(JSON.stringify(openTipContent(world.keyring, tip))).not.toContain(String(cast.villager))
  })

  it('numbers tips without a gap, also when one was not kept', async () => {
    const lost = db.$transaction(async (tx) => {
      expect(await nextTipId(tx)).toBe(1)
      throw new Error('not kept')
    })
    await expect(lost).rejects.toThrow('not kept')
    await world.file()
    await world.file()
    const tips = await db.tip.findMany({ orderBy: { id: 'asc' } })
    expect(tips.map(({ id, number }) => [id, number])).toEqual([
      [1, 'QF-000001'],
      [2, 'QF-000002'],
    ])
  })

  it('goes on counting behind tips that are there already', async () => {
    await world.file()
    await db.tip.updateMany({ data: { id: 33, number: 'QF-000033' } })
    await db.setting.deleteMany({ where: { key: 'lastTipId' } })
    expect(await db.$transaction(nextTipId)).toBe(34)
    expect(await db.$transaction(nextTipId)).toBe(35)
  })

  it('stores the receipt code only as a keyed hash', async () => {
    await world.file()
    const [text = ''] = world.textsTo(await world.deliver(), cast.villager)
    const code = /\d{4} \d{4} \d{4} \d{4}/.exec(text)?.[0] ?? ''
    const { receiptKey } = await db.tip.findFirstOrThrow()
    const expected = world.keyring.hash('receipt', code.replaceAll(' ', ''))
    expect(Buffer.from(receiptKey ?? '')).toEqual(Buffer.from(expected))
  })

  it('happens once, however often the button is pressed', async () => {
    await world.write()
    const outcomes = await Promise.all([world.submit(), world.submit(), world.submit()])
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['filed', 'none', 'none'])
    expect(await world.submit()).toEqual({ outcome: 'none' })
    expect(await db.tip.count()).toBe(1)
    expect((await world.deliver()).filter(({ purpose }) => purpose === 'receipt')).toHaveLength(1)
  })

  it('leaves everything as it was when its transaction is rolled back', async () => {
    await world.write()
    const failing = db.$transaction(async (tx) => {
      await answerDraft(tx, world.deps, world.chat, submitPress)
      throw new Error('killed')
    })
    await expect(failing).rejects.toThrow('killed')
    expect(await db.tip.count()).toBe(0)
    expect(await db.delivery.count()).toBe(0)
    expect(await world.submit()).toMatchObject({ outcome: 'filed' })
    expect(await db.tip.count()).toBe(1)
  })

  it('keeps a tip from a group of which somebody is named in any answer', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.press('what', 'cash')
    await world.say('山底')
    await world.say('戴某')
    await world.press('role', 'helper')
    await world.press('when', 'yesterday')
    await world.press('more', 'enough')
    await world.press('review', 'beneficiary')
    await world.say('替乙一拉票')
    await world.submit()
    const { groupId } = await db.tip.findFirstOrThrow()
    expect(groupId).toBe(await world.groupId('LY'))
  })

  it('is refused while an answer is missing, with the draft kept', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.submit()
    expect(await db.tip.count()).toBe(0)
    expect(await db.draft.count()).toBe(1)
  })
})
