import { beforeAll, expect, it } from 'vitest'
import { createStage } from '../support/stage.ts'
import { castOffice, castVillagers, compose, morning, readChats } from './broadcast-cast.ts'

/** `aheadMs`: how much later it is for Telegram. */
const clock = { at: morning, aheadMs: 0 }
const stage = await createStage({
  now: () => clock.at,
  standIn: { now: () => clock.at.getTime() + clock.aheadMs },
  env: { ADMIN_TELEGRAM_IDS: '30001,30002' },
})
const { lin, zhou } = await castOffice(stage)
const { telegram } = stage
let people: number[] = []
/** Two whose answer is cut off after Telegram took the message, one whose message Telegram never got. */
const [cut, cutToo, lost] = [70_003, 70_004, 70_005]

beforeAll(async () => {
  people = await castVillagers(stage, { fromId: 70_001, count: 20, village: '330825001214' })
})

const lastOf = async (who: typeof lin) => (await who.last()).text ?? ''
const later = async (ms = 10_000) => {
  clock.at = new Date(clock.at.getTime() + ms)
  await stage.ring('tend campaigns')
}
const received = async () =>
  Object.fromEntries(
    (await readChats(stage, people)).map((texts, n) => [
      people[n],
      texts.filter((text) => text.includes('路灯')).length,
    ]),
  )
/** What the report says, from this line on. */
const unchangedIn = (text: string) => text.slice(text.indexOf('没有改成的')).split('\n')

async function correct(words: string): Promise<void> {
  await lin.presses('改掉已经发出的')
  await lin.presses('重写中文')
  await lin.says(words)
  await lin.presses('下一步')
  await lin.presses('请第二个人看')
  await zhou.presses('同意发')
  await later()
  await later()
}

it('goes again to just those of whom nobody knows whether they got it', async () => {
  await compose(lin, '路灯通知\n明晚修路灯。')
  for (const [chat_id, kind] of [
    [cut, 'cut'],
    [cutToo, 'cut'],
    [lost, 'server-error'],
  ] as const)
    await telegram.call('POST', '/faults', { match: 'sendMessage', chat_id, kind, count: 1 })
  await zhou.presses('同意发')
  await later()
  await later()
  expect(await lastOf(lin)).toMatch(/送到：17\n.*说不准：3\n/s)
  const before = await received()
  expect(before).toMatchObject({ [cut]: 1, [cutToo]: 1, [lost]: 0 })

  await lin.presses('说不准的，再发一次')
  expect(await lastOf(lin)).toMatch(/上次说不准收没收到的人.*3 人/s)
  await lin.presses('请第二个人看')
  await zhou.presses('同意发')
  await later()
  await later()
  expect(await lastOf(lin)).toMatch(/再发一次的结果：路灯通知.*一共：3 人\n送到：3\n/s)
  expect(await received()).toEqual({ ...before, [cut]: 2, [cutToo]: 2, [lost]: 1 })
})

it('is corrected at everybody, with a list of who keeps the old words and why', async () => {
  const [deleter, blocker] = [70_011, 70_012]
  const [message] = (await telegram.messages(deleter, deleter)).filter(({ text = '' }) =>
    text.includes('路灯'),
  )
  await telegram.act('delete', { user_id: deleter, message_id: message?.message_id })
  await telegram.act('block', { user_id: blocker })
  await stage.settled()
  await lin.says('/broadcast')
  // The newest but one: the newest is what was sent once more.
  const list = await lin.last()
  const first = list.buttons?.flat().findLast(({ text }) => text.includes('路灯通知'))
  await lin.act('press', { message_id: list.message_id, data: first?.callback_data })
  await lin.presses('看结果')
  await correct('路灯通知\n后天晚上修路灯。')
  const text = await lastOf(lin)
  expect(text).toMatch(/改掉的结果：路灯通知.*改好：15\n拉黑了机器人：1\n没办法改：1\n/s)
  expect(unchangedIn(text)).toEqual([
    '没有改成的：',
    '· 找不到那一条，可能自己删了：1',
    '· 当时就说不准收没收到：3',
    '· 拉黑了机器人：1',
    '在哪些乡镇：',
    '· 龙洲街道：5',
  ])
  const chats = await readChats(stage, people)
  expect(chats.flat().filter((said) => said.includes('后天晚上'))).toHaveLength(15)
  // The page says that those who got it once more read another message.
  await lin.says('/broadcast')
  await lin.presses('路灯通知')
  expect(await lastOf(lin)).toContain('还再发过：2 号')
})

it('is taken back where it is young enough, and the report says where it is not', async () => {
  await later(48 * 3_600_000)
  const fresh = await castVillagers(stage, { fromId: 71_001, count: 6, village: '330881001208' })
  await compose(zhou, '水管通知\n后天修水管。')
  await lin.presses('同意发')
  await later()
  await later()
  // Half of it is two days old when it is taken back.
  clock.at = new Date(clock.at.getTime() + 49 * 3_600_000)
  await zhou.presses('撤回已经发出的')
  await zhou.presses('对，全部撤回')
  await later()
  await later()
  const text = await lastOf(zhou)
  expect(text).toContain('删掉：0\n')
  expect(unchangedIn(text).slice(0, 2)).toEqual([
    '没有改成的：',
    `· 发了超过 48 小时，或者已经记不清，Telegram 不让删：${people.length - 1 + fresh.length}`,
  ])
  expect(unchangedIn(text)).toContain('· 双塔街道：6')
})

it('tells of what Telegram itself finds too old, although by our clock it is not', async () => {
  await compose(zhou, '河道通知\n后天清河道。')
  await lin.presses('同意发')
  await later()
  await later()
  clock.at = new Date(clock.at.getTime() + 47 * 3_600_000)
  await zhou.presses('撤回已经发出的')
  clock.aheadMs = 2 * 3_600_000
  await zhou.presses('对，全部撤回')
  await later()
  await later()
  expect(unchangedIn(await lastOf(zhou))[1]).toBe('· 太久了，Telegram 不让动了：25')
})

it('leaves nothing in the ledger after two weeks, neither words nor to whom they went, but for the numbers', async () => {
  expect(await stage.db.deliveryBody.count()).toBeGreaterThan(0)
  clock.at = new Date(clock.at.getTime() + 15 * 24 * 3_600_000)
  await stage.ring('forget finished deliveries')
  const bulk = { where: { lane: 'bulk' } }
  expect([await stage.db.deliveryBody.count(), await stage.db.delivery.count(bulk)]).toEqual([0, 0])
  await lin.says('/broadcast')
  const list = await lin.last()
  const first = list.buttons?.flat().findLast(({ text }) => text.includes('路灯通知'))
  await lin.act('press', { message_id: list.message_id, data: first?.callback_data })
  await lin.presses('看结果')
  expect(await lastOf(lin)).toMatch(/一共：20 人\n送到：17\n.*说不准：3\n/s)
  const answer = await lin.presses('说不准的，再发一次')
  expect(answer).toMatchObject({ text: expect.stringContaining('记录只留两周') })
})
