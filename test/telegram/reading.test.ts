import { beforeAll, describe, expect, it } from 'vitest'
import { meetAdmin } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'

/** Ten in the morning in the time zone of the service. */
let day = '2017-03-01'
const began = performance.now()
const stage = await createStage({
  now: () => new Date(Date.parse(`${day}T02:00:00Z`) + performance.now() - began),
})
const { db } = stage

const quiz = {
  question: '有人送一条烟，请你投他一票，能收吗？',
  options: ['不收', '可以收'],
  right: 0,
  explanation: '不论多少，都是贿选。',
}
const rules: Record<string, string> = { smoke: '严禁拉票贿选', clan: '严禁拉帮结派' }

const text = async (person: Actor) => (await person.last()).text ?? ''
const labels = async (person: Actor) =>
  ((await person.last()).buttons ?? []).flat().map((button) => button.text)
const contentId = async (code: string) =>
  (await db.content.findUniqueOrThrow({ where: { code } })).id

beforeAll(async () => {
  // Two rules of our own instead of the shipped ones: these may be worded anew at any time.
  await db.content.deleteMany()
  await db.contentSeries.deleteMany()
  const series = await db.contentSeries.create({ data: { code: 'ours', name: '两条规矩' } })
  for (const [at, [code, title]] of Object.entries(rules).entries()) {
    const content = { code, kind: 'reminder', seriesId: series.id, place: at + 1 }
    const { id } = await db.content.create({ data: content })
    const texts = { 'zh-CN': { title, body: '谁都不行。', ...(code === 'smoke' ? { quiz } : {}) } }
    await db.contentVersion.create({
      data: { contentId: id, number: 1, state: 'published', texts, createdAt: new Date(0) },
    })
  }
})

async function subscribe(id: number): Promise<Actor> {
  const villager = await stage.villager(id)
  await villager.start()
  await villager.says('龙洲街道 半爿月')
  await villager.presses('半爿月')
  return villager
}

describe('a villager', () => {
  it('sees how many rules they have read, reads the next one and says so', async () => {
    const wang = await subscribe(601)
    await wang.says('/progress')
    expect(await text(wang)).toBe('两条规矩：一共 2 条，您已经看过 0 条。')
    await wang.presses('看下一条')
    expect(await text(wang)).toContain('严禁拉票贿选')
    await wang.presses('我看过了')
    expect(await text(wang)).toContain('再请您答一个小问题')
    expect(await labels(wang)).toEqual(['不收', '可以收'])
  })

  it('answers once: the explanation takes the place of the question', async () => {
    const wang = stage.actor(601)
    const question = await wang.last()
    await wang.presses('可以收', { message_id: question.message_id })
    const answered = await wang.last()
    expect(answered.message_id).toBe(question.message_id)
    expect(answered.text).toContain('不要紧。应该是：不收')
    expect(answered.text).toContain('都是贿选')
    expect(answered.buttons ?? []).toEqual([])
    const before = (await wang.fromBot()).length
    await wang.presses('我看过了')
    expect(await wang.fromBot()).toHaveLength(before)
    await wang.says('/progress')
    expect(await text(wang)).toContain('您已经看过 1 条')
  })

  it('is asked again on the next day, and not twice', async () => {
    const wang = stage.actor(601)
    day = '2017-03-02'
    await stage.ring('ask again')
    expect(await text(wang)).toContain('看看还记不记得')
    const count = (await wang.fromBot()).length
    await stage.ring('ask again')
    expect(await wang.fromBot()).toHaveLength(count)
    await wang.presses('不收')
    expect(await text(wang)).toContain('✅ 答对了！')
    expect(await db.contentRead.findMany()).toMatchObject([{ tries: 2, isRight: true, step: 1 }])
  })

  it('has read all of them in the end', async () => {
    const wang = stage.actor(601)
    await wang.says('/progress')
    await wang.presses('看下一条')
    expect(await text(wang)).toContain('严禁拉帮结派')
    await wang.presses('我看过了')
    expect(await text(wang)).toBe('谢谢您，记下了。')
    await wang.says('/progress')
    expect(await text(wang)).toBe('两条规矩：一共 2 条，您都看过了。谢谢您！')
  })

  it('who never chose a village is told kindly why nothing is noted', async () => {
    const wang = stage.actor(601)
    await db.subscriber.deleteMany()
    await wang.presses('我看过了')
    expect(await text(wang)).toContain('谢谢您看了。您还没有选村')
    await wang.says('/progress')
    expect(await text(wang)).toContain('您还没有选村')
    expect(await db.contentRead.count()).toBe(0)
  })
})

describe('the office', () => {
  /** So many of a village, of whom the first have read both rules, and the first of these answered rightly. */
  async function populate(name: string, { people, read, right }: Record<string, number>) {
    const area = await db.area.findFirstOrThrow({ where: { name, parent: { name: '龙洲街道' } } })
    for (let at = 0; at < (people ?? 0); at++) {
      const row = { areaId: area.id, state: 'active', language: 'zh-CN' }
      const key = new TextEncoder().encode(`${name}${at}`)
      const { id } = await db.subscriber.create({
        data: { ...row, chatKey: key, address: key, subscribedOn: new Date(day) },
      })
      for (const code of at < (read ?? 0) ? Object.keys(rules) : [])
        await db.contentRead.create({
          data: {
            ...{ subscriberId: id, contentId: await contentId(code), readOn: new Date(day) },
            ...(code === 'smoke' ? { tries: 1, isRight: at < (right ?? 0) } : {}),
          },
        })
    }
  }

  it('sees how far every place is from everybody, and which villages are furthest', async () => {
    await populate('半爿月村村民委员会', { people: 20, read: 15, right: 5 })
    await populate('山底村村民委员会', { people: 10, read: 2, right: 1 })
    await populate('项庄村村民委员会', { people: 4, read: 4, right: 4 })
    const admin = await meetAdmin(stage)
    await admin.says('/awareness 龙洲街道')
    const shown = await text(admin)
    expect(shown).toContain('衢州市 龙游县 龙洲街道\n两条规矩')
    expect(shown).toContain('订阅的人：30 人')
    expect(shown).toContain('全部看过：15 人\n█████░░░░░ 50%\n离人人知道还差：10 人')
    expect(shown).toContain('全部答对：5 人\n█░░░░░░░░░ 16%\n离人人知道还差：20 人')
    expect(shown).toContain('1. 山底村：看过 少于5人，还差 5 人\n2. 半爿月村：看过 75%，还差 5 人')
  })

  it('goes down to a village and up again, rule by rule', async () => {
    const admin = stage.actor(30001)
    await admin.presses('下一页')
    await admin.presses('半爿月村 75%')
    expect(await text(admin)).toContain('半爿月村\n两条规矩')
    await admin.presses('一条一条看')
    expect(await text(admin)).toContain('1. 严禁拉票贿选\n    看过 75%，答对 25%')
    expect(await text(admin)).toContain('2. 严禁拉帮结派\n    看过 75%')
    await admin.presses('2')
    expect(await text(admin)).toContain('没有题目')
    await admin.presses('看别的规矩')
    await admin.presses('两条规矩')
    await admin.presses('上一级')
    await admin.presses('上一级')
    expect(await text(admin)).toContain('衢州市 龙游县\n两条规矩')
  })

  it('sees nothing of a village with four people', async () => {
    const admin = stage.actor(30001)
    await admin.says('/awareness 龙洲街道 项庄村')
    expect(await text(admin)).toContain('订阅的人：少于5人，不显示')
    await admin.says('/awareness 火星村')
    expect(await text(admin)).toContain('没有找到“火星村”')
    await admin.says('/awareness')
    expect(await text(admin)).toContain('衢州市\n两条规矩')
  })

  it('alone sees it, its editors too: to others there is no such command', async () => {
    const li = await subscribe(602)
    await li.says('/awareness')
    expect(await text(li)).toContain('这个我不会')
    await db.staff.create({ data: { telegramId: 602n, role: 'editor' } })
    await li.says('/awareness')
    expect(await text(li)).toContain('衢州市\n两条规矩')
    await db.staff.updateMany({ where: { telegramId: 602n }, data: { role: 'custodian' } })
    await li.presses('龙游县')
    expect(await text(li)).not.toContain('龙游县\n两条规矩')
  })
})
