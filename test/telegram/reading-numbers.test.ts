import { beforeAll, expect, it } from 'vitest'
import type { MessageView } from '../../src/sandbox/control/views.ts'
import { createStage } from '../support/stage.ts'
import { castOffice, castVillagers, morning } from './broadcast-cast.ts'

const clock = { at: morning }
const stage = await createStage({
  now: () => clock.at,
  env: { ADMIN_TELEGRAM_IDS: '30001,30002' },
})
const { lin, zhou } = await castOffice(stage)
const { db, telegram } = stage

/** 清廉社区, 红星社区, 兴龙社区 in 龙洲街道, and 坳里村 in another county. */
const villages = [
  { village: '330825001001', fromId: 60_001, count: 23, read: 17, right: 12 },
  { village: '330825001002', fromId: 60_101, count: 14, read: 14, right: 3 },
  { village: '330825001003', fromId: 60_201, count: 4, read: 3, right: 2 },
  { village: '330881001208', fromId: 60_301, count: 12, read: 6, right: 6 },
]
const idsOf = ({ fromId, count }: { fromId: number; count: number }) =>
  Array.from({ length: count }, (_, n) => fromId + n)

beforeAll(async () => {
  await db.content.deleteMany()
  const { id: contentId } = await db.content.create({ data: { code: 'smoke', kind: 'reminder' } })
  const quiz = {
    question: '送一条烟请你投票，能收吗？',
    options: ['不收', '可以收'],
    right: 0,
    explanation: '不论多少，都是贿选。',
  }
  const texts = { 'zh-CN': { title: '严禁拉票贿选', body: '谁都不行。', quiz } }
  const version = { contentId, number: 1, state: 'published', source: '龙游县换届办' }
  await db.contentVersion.create({ data: { ...version, texts, createdAt: new Date(0) } })
  for (const village of villages) await castVillagers(stage, village)
})

const shownTo = async (id: number): Promise<MessageView[]> =>
  (await telegram.messages(id, id)).filter(({ from, deleted }) => from?.is_bot && !deleted)
/** Everybody of these presses, on the newest message, a button that is called so. */
async function allPress(ids: readonly number[], label: string): Promise<void> {
  for (const id of ids) {
    const messages = await shownTo(id)
    const pressed = messages
      .flatMap(({ message_id, buttons = [] }) =>
        buttons.flat().map(({ text, callback_data }) => ({ message_id, text, callback_data })),
      )
      .findLast(({ text }) => text === label)
    if (!pressed) throw new Error(`No “${label}” at ${id}`)
    const { message_id, callback_data: data = '' } = pressed
    await telegram.act('press', { user_id: id, message_id, data, wait_ms: 0 })
  }
  await stage.settled()
}
const tick = async () => {
  clock.at = new Date(clock.at.getTime() + 10_000)
  await stage.ring('tend campaigns')
}
const lastOf = async (who: typeof lin) => (await who.last()).text ?? ''
const fives = (people: number) => Math.floor(people / 5) * 5

/** By what stands in their chats: who was asked after “I have read it”, and who reads that the answer was right. */
async function countInChats(ids: readonly number[]): Promise<{ read: number; right: number }> {
  const chats = await Promise.all(
    ids.map(async (id) => (await shownTo(id)).map(({ text = '' }) => text).join('\n')),
  )
  return {
    read: chats.filter((text) => text.includes('送一条烟请你投票')).length,
    right: chats.filter((text) => text.includes('答对了')).length,
  }
}

it('the office is told what stands in the chats, in fives of every village', async () => {
  await lin.says('/broadcast')
  await lin.presses('新的群发')
  await lin.presses('从内容库里选')
  await lin.presses('严禁拉票贿选')
  for (const _step of ['audience', 'time', 'review']) await lin.presses('下一步')
  await lin.presses('请第二个人看')
  await zhou.presses('同意发')
  await tick()
  for (const village of villages) {
    const readers = idsOf(village).slice(0, village.read)
    await allPress(readers, '我看过了')
    await allPress(readers.slice(0, village.right), '不收')
    await allPress(readers.slice(village.right), '可以收')
  }
  await tick()

  const seen = await Promise.all(villages.map((village) => countInChats(idsOf(village))))
  expect(seen).toEqual(villages.map(({ read, right }) => ({ read, right })))
  const sum = (of: (n: number) => number, upTo = villages.length) =>
    villages.slice(0, upTo).reduce((all, _, n) => all + of(n), 0)
  const at = (n: number) => seen[n] ?? { read: 0, right: 0 }
  const countOf = (n: number) => villages[n]?.count ?? 0
  /** A village of four tells nothing at all. */
  const shown = (n: number, people: number) => (countOf(n) < 5 ? 0 : fives(people))

  await lin.presses('再看一次')
  const whole = { read: sum((n) => at(n).read), right: sum((n) => at(n).right) }
  expect(await lastOf(lin)).toContain(`送到：${sum(countOf)}\n`)
  expect(await lastOf(lin)).toContain(`按了“我看过了”：至少 ${fives(whole.read)} 人`)
  expect(await lastOf(lin)).toContain(
    `答了问题：至少 ${fives(whole.read)} 人，答对：至少 ${fives(whole.right)} 人`,
  )

  for (const [place, upTo] of [
    ['龙洲街道', 3],
    ['龙游县', 3],
    ['', 4],
  ] as const) {
    await lin.says(`/awareness ${place}`)
    const text = await lastOf(lin)
    expect(text).toContain(`订阅的人：${sum((n) => shown(n, countOf(n)), upTo)} 人`)
    expect(text).toContain(`看过：${sum((n) => shown(n, at(n).read), upTo)} 人\n`)
    expect(text).toContain(`答对：${sum((n) => shown(n, at(n).right), upTo)} 人\n`)
    expect(text).toContain(
      `离人人知道还差：${sum((n) => shown(n, countOf(n) - at(n).read), upTo)} 人`,
    )
  }
  await lin.says('/awareness 清廉社区')
  expect(await lastOf(lin)).toContain('看过：15 人')
  await lin.says('/awareness 兴龙社区')
  expect(await lastOf(lin)).toContain('少于5人，不显示')
  expect(await lastOf(lin)).not.toMatch(/看过：|答对：/)
})

it('again to those who did not confirm is told in fives before it starts, and reaches just these', async () => {
  await lin.says('/broadcast')
  await lin.presses('严禁拉票贿选')
  await lin.presses('看结果')
  await lin.presses('没说看过的，再发一次')
  const unread = villages.map(({ count, read }) => count - read)
  const least = unread.reduce((sum, people) => sum + fives(people), 0)
  expect(await lastOf(lin)).toContain(`至少 ${least} 人`)
  await lin.presses('请第二个人看')
  await zhou.presses('同意发')
  await tick()
  await tick()
  expect(await lastOf(lin)).toContain(`送到：${unread.reduce((sum, people) => sum + people, 0)}\n`)
  for (const village of villages)
    for (const [n, id] of idsOf(village).entries()) {
      const got = (await shownTo(id)).filter(({ text = '' }) => text.includes('谁都不行')).length
      expect([id, got]).toEqual([id, n < village.read ? 1 : 2])
    }
})
