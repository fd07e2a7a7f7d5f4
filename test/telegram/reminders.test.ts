import { describe, expect, it } from 'vitest'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { findPlaces } from '../../src/calendar/find-place.ts'
import type { PressView } from '../../src/sandbox/control/views.ts'
import { createStaff } from '../../src/staff/staff-store.ts'
import { meetAdmin } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

let clock = new Date('2026-11-24T10:00:00+08:00')
const stage = await createStage({ now: () => clock, logLevel: 'warn' })
const { db } = stage
const admin = await meetAdmin(stage)
const last = async () => (await admin.last()).text ?? ''
const { tree } = await createDirectoryCache().current(db)
const villager = await stage.villager(601)
await villager.start(`v_${findPlaces(tree, '贺村镇 溪淤村')[0]?.code}`)
await villager.presses('是，我是')

describe('/calendar', () => {
  it('leads to a place by name, by steps, or asks which one', async () => {
    await admin.says('/calendar 贺村镇')
    expect(await last()).toMatch(/江山市 贺村镇\n选举日：还没有定\n还没有日子的村/)
    await admin.says('/calendar 山底')
    expect(await last()).toContain('“山底”有好几个')
    await admin.says('/calendar 没有这个地方的')
    expect(await last()).toContain('没有找到')
    await admin.says('/calendar')
    await admin.presses('衢州市')
    await admin.presses('江山市')
    expect(await last()).toContain('衢州市 江山市')
  })

  it('refuses kindly what is no election day, and asks again', async () => {
    await admin.says('/calendar 贺村镇')
    await admin.presses('定日子')
    for (const [typed, answer] of [
      ['下个月吧', '看不出是哪一天'],
      ['2026-11-23', '已经过去了'],
      ['2062-12-05', '两年多'],
    ] as const) {
      await admin.says(typed)
      expect(await last()).toContain(answer)
    }
    await admin.says('2026-12-19')
    expect(await last()).toContain('要改成 12月19日（星期六），还有 25 天')
  })

  it('shows which villages and reminders move, and moves them when that is confirmed', async () => {
    expect(await last()).toMatch(/日子会变的村（社区）：\d+ 个\n· 没有日子 → 12月19日/)
    expect(await last()).toMatch(/· 登记选民：就是今天，改好就发（\d+ 个村）/)
    expect(await last()).toMatch(/· 选举日：12月19日（星期六） 发（\d+ 个村）/)
    await admin.presses('不改')
    expect(await last()).toContain('选举日：还没有定')
    await admin.presses('定日子')
    await admin.says('12月19日')
    const preview = await admin.last()
    const [[yes] = []] = preview.buttons ?? []
    const press = () =>
      admin.act('press', { message_id: preview.message_id, data: yes?.callback_data })
    await press()
    expect(await last()).toMatch(/^改好了。\n\n衢州市 江山市 贺村镇\n选举日：12月19日/)
    // A finger that presses twice is nobody else, and gets no second message.
    await press()
    expect(await last()).toMatch(/^已经是这一天了.*\n\n衢州市 江山市 贺村镇\n选举日：12月19日/)
    await stage.ring('send reminders')
    expect((await villager.last()).text).toContain('选民登记开始了')
  })

  it('tells what was sent already, what is over, and that a preview is out of date', async () => {
    await admin.says('/calendar 贺村镇')
    await admin.presses('改日子')
    await admin.says('2026-12-08')
    expect(await last()).toMatch(/· 登记选民：已经发过，不再发（\d+ 个村）/)
    expect(await last()).toMatch(/· 看选民名单：日子已经过了，不发（\d+ 个村）/)
    const preview = (await admin.fromBot()).at(-1)
    const { code } = findPlaces(tree, '石门镇')[0] ?? {}
    await admin.says(`/calendar ${code}`)
    await admin.presses('定日子')
    await admin.says('2026-12-20')
    await admin.presses('确定改')
    const [[yes] = []] = preview?.buttons ?? []
    await admin.act('press', { message_id: preview?.message_id, data: yes?.callback_data })
    expect((await admin.fromBot()).at(-2)?.text).toContain('刚才有别人改过日历')
    await admin.presses('确定改')
    expect(await last()).toContain('选举日：12月8日')
  })

  it('shows what is inherited, and takes a day of its own away', async () => {
    await admin.says('/calendar 贺村镇 溪淤村')
    expect(await last()).toContain('这是“贺村镇”的日子，这里跟着它')
    await admin.presses('定日子')
    await admin.says('12月9日')
    await admin.presses('确定改')
    await admin.says('/calendar 贺村镇')
    expect(await last()).toContain('下面自己另定日子的有 1 个：\n· 溪淤村：12月9日')
    await admin.says('/calendar 贺村镇 溪淤村')
    await admin.presses('不单独定')
    expect(await last()).toContain('跟着上一级：12月8日')
    await admin.presses('确定改')
    expect(await last()).toContain('这里跟着它')
  })

  it('is known to nobody outside the office', async () => {
    for (const command of ['/calendar 贺村镇', '/reminders']) {
      await villager.says(command)
      expect((await villager.last()).text).toContain('这个我不会')
    }
  })
})

describe('/reminders', () => {
  it('has one for every step, active, and says when each comes', async () => {
    await admin.says('/reminders')
    expect(await last()).toContain('定时提醒（一共 9 条）')
    await admin.presses('选举前一天')
    expect(await last()).toMatch(/内容：明天投票/)
    expect(await last()).toContain('时间：每个村选举日前 1 天，18:30')
    expect(await last()).toMatch(
      /· 12月7日（星期一） 18:30（\d+ 个村）\n· 12月19日（星期六） 18:30/,
    )
    expect(await last()).toContain('现在算下来：1 人，在 1 个村、社区')
  })

  it('pauses and goes on', async () => {
    await admin.presses('暂停')
    expect(await last()).toContain('状态：已暂停')
    await admin.presses('接着发')
    expect(await last()).toContain('状态：在用')
  })

  it('makes a new one by the clock, after a look at its next five times', async () => {
    await admin.says('/reminders')
    await admin.presses('新的提醒')
    await admin.presses('一套：九严禁')
    await admin.presses('按钟点发')
    for (const [typed, answer] of [
      ['每天', '看不懂（整行写得不对）'],
      ['0 25 * * *', '看不懂（时写得不对）'],
      ['* 9 * * *', '发得太勤了'],
      ['0 23 * * *', '都在夜里'],
    ] as const) {
      await admin.says(typed)
      expect(await last()).toContain(answer)
    }
    await admin.says('0 9 * * 1')
    await admin.presses('按地方')
    await admin.presses('江山市')
    await admin.presses('整个江山市')
    await admin.presses('选好了')
    expect(await last()).toContain('“九严禁”一套，每次发下一条。下一条是：九严禁之一')
    expect(await last()).toContain('· 11月30日（星期一） 9:00\n· 12月7日（星期一） 9:00')
    expect(await last()).toContain('发给：地方：江山市')
    expect(await last()).toContain('错过了时间：当天晚些补发')
    await admin.presses('错过了换个办法')
    expect(await last()).toContain('错过了时间：不补发')
    const review = await admin.last()
    const made = (review.buttons ?? []).flat().find(({ text }) => text === '就这样定')
    const press = () =>
      admin.act<PressView>('press', { message_id: review.message_id, data: made?.callback_data })
    await press()
    // What a second press writes here must not make anybody think that there is none, and make another.
    expect((await press()).text).toContain('这一步已经过去了')
    expect(await last()).toMatch(/^定好了。\n\n九严禁\n/)
    clock = new Date('2026-11-30T09:00:00+08:00')
    await stage.ring('send reminders')
    expect((await villager.last()).text).toContain('九严禁之一')
  })

  it('sends one at once when that is confirmed, and keeps the history', async () => {
    await admin.presses('现在就发')
    expect(await last()).toContain('现在就发“九严禁”？')
    await admin.presses('对，现在发')
    expect(await last()).toContain('正在发给 1 人')
    expect((await villager.last()).text).toContain('九严禁之二')
    await admin.presses('返回')
    await admin.presses('发过几次')
    expect(await last()).toMatch(
      /11月30日（星期一） 9:00　计划 1 人：送到 1，没送到 0，等着发 0，取消 0（手动发）\n· 11月30日（星期一） 9:00　计划 1 人/,
    )
  })

  it('makes one by a step of the election, and forgets a draft that lies too far back', async () => {
    await admin.says('/reminders')
    await admin.presses('新的提醒')
    await admin.presses('下一页')
    await admin.presses('上一页')
    await admin.presses('九严禁之三')
    await admin.presses('看选举结果')
    await admin.presses('选好了')
    expect(await last()).toContain('时间：每个村选举日后 1 天，9:00')
    clock = new Date('2026-11-30T11:00:00+08:00')
    expect((await admin.presses('就这样定')).text).toContain('这一步已经过去了')
  })

  it('asks about a notice that was missed, and one answer is enough', async () => {
    await db.reminder.updateMany({ where: { name: '九严禁' }, data: { missed: 'ask' } })
    clock = new Date('2026-12-07T14:00:00+08:00')
    await stage.ring('send reminders')
    const question = (await admin.fromBot()).find(({ text }) => text?.includes('现在补发吗'))
    expect(question?.text).toContain('定时提醒“九严禁”')
    await admin.presses('现在补发')
    expect((await villager.last()).text).toContain('九严禁之三')
    expect(await last()).toContain('正在发给 1 人')
  })

  it('makes one so many days before each election, for any mix of people', async () => {
    clock = new Date('2026-12-08T10:00:00+08:00')
    await admin.says('/reminders')
    await admin.presses('新的提醒')
    await admin.presses('九严禁之四')
    for (const [typed, answer] of [
      ['前几天', '看不懂'],
      ['前 100 天 9:00', '最多 90 天'],
      ['前 10 天 22:00', '在夜里'],
    ] as const) {
      await admin.says(typed)
      expect(await last()).toContain(answer)
    }
    await admin.says('前 10 天 上午9点半')
    expect(await last()).toMatch(
      /· 所有订阅的人\n\n现在算下来：1 人，在 1 个村、社区\n比如：\n· 溪淤村：1 人/,
    )
    // How far away an election is the reminder says itself.
    const buttons = ((await admin.fromBot()).at(-1)?.buttons ?? []).flat().map(({ text }) => text)
    expect(buttons).not.toContain('按选举到哪一步')
    await admin.presses('按地方')
    await admin.says('石门镇')
    await admin.presses('江山市 石门镇')
    expect(await last()).toContain('现在算下来：0 人')
    await admin.presses('按身份')
    await admin.presses('参选人')
    await admin.presses('按什么时候加入')
    await admin.says('11月1日')
    expect(await last()).toContain('· 11月1日（星期日）以后加入的')
    await admin.presses('选好了')
    expect(await last()).toContain('时间：每个村选举日前 10 天，9:30')
    expect(await last()).toMatch(/· 12月10日（星期四） 9:30（\d+ 个村）/)
    expect(await last()).toContain('发给：地方：石门镇；身份：参选人；11月1日（星期日）以后加入的')
    await admin.presses('就这样定')
    expect(await last()).toMatch(/^定好了。\n\n九严禁之四/)
  })

  it('changes what is said, when, to whom and its name, and shows first what moves', async () => {
    await admin.says('/reminders')
    await admin.presses('九严禁之四')
    await admin.presses('修改')
    expect(await last()).toMatch(/^要改哪一样？/)
    await admin.presses('换时间')
    await admin.presses('返回')
    expect(await last()).toMatch(/^要改哪一样？/)
    await admin.presses('换时间')
    await admin.says('前 8 天')
    expect(await last()).toContain('时间：每个村选举日前 8 天，9:30')
    expect(await last()).toContain('原来是：\n· 时间：每个村选举日前 10 天，9:30')
    expect(await last()).toMatch(
      /各村跟着变：\n· 12月10日（星期四） 9:30 → 12月12日（星期六） 9:30（\d+ 个村）/,
    )
    await admin.presses('换发给谁')
    await admin.presses('不分了')
    await admin.presses('选好了')
    await admin.presses('换内容')
    await admin.presses('九严禁之五')
    await admin.presses('换名字')
    await admin.says('选举前八天')
    expect(await last()).toMatch(/还没有改。看对了，再按“确定改”。$/)
    expect(await last()).toMatch(/· 名字：九严禁之四.*\n· 内容：九严禁之四/)
    await admin.presses('确定改')
    expect(await last()).toMatch(/^改好了。\n\n选举前八天\n\n内容：九严禁之五/)
    expect(await last()).toContain('发给：所有订阅的人')
  })

  it('gives a time of the clock with its next five runs, from tomorrow when it came today', async () => {
    clock = new Date('2026-12-14T09:00:00+08:00')
    await db.reminder.updateMany({
      where: { name: '九严禁' },
      data: { missed: 'late', nextAt: new Date(clock) },
    })
    await admin.says('/reminders')
    await admin.presses('选举前八天')
    await admin.presses('修改')
    await admin.presses('换时间')
    await admin.presses('按钟点发')
    await admin.says('0 10 * * *')
    expect(await last()).toMatch(/接下来：(\n· 12月1[4-8]日（星期.） 10:00){5}/)
    await admin.presses('确定改')
    clock = new Date('2026-12-14T10:00:00+08:00')
    await stage.ring('send reminders')
    // Two reminders come at once, in either order.
    const texts = (await villager.fromBot()).map((message) => message.text ?? '')
    expect(texts.slice(-2).join('\n')).toContain('九严禁之五')
    const before = texts.length
    await admin.presses('修改')
    await admin.presses('换时间')
    await admin.says('0 15 * * *')
    expect(await last()).toContain('今天已经发过，新的时间从明天算起')
    expect(await last()).toContain('接下来：\n· 12月15日（星期二） 15:00')
    await admin.presses('确定改')
    clock = new Date('2026-12-14T15:00:00+08:00')
    await stage.ring('send reminders')
    expect(await villager.fromBot()).toHaveLength(before)
  })

  it('leaves it as it is when that is pressed, and shows anew what a colleague changed meanwhile', async () => {
    await admin.presses('修改')
    await admin.presses('错过了换个办法')
    expect(await last()).toContain('错过了时间：不补发')
    await admin.presses('不改了')
    expect(await last()).toContain('错过了时间：当天晚些补发')
    await admin.presses('修改')
    await admin.presses('错过了换个办法')
    await db.reminder.updateMany({ where: { name: '选举前八天' }, data: { name: '别的名字' } })
    await admin.presses('确定改')
    expect(await last()).toMatch(/^刚才有别人改过这条提醒，请再看一遍：[\s\S]*\n别的名字/)
    await admin.says('0 9 * * *')
    expect(await last()).toContain('请按上面的按钮')
  })

  it('is open to an editor too', async () => {
    await stage.telegram.createPerson({ id: 602, first_name: '编辑' })
    await createStaff(db, { telegramId: 602, role: 'editor', name: '编辑', language: 'zh-CN' })
    const editor = stage.actor(602)
    await editor.says('/reminders')
    expect((await editor.last()).text).toContain('定时提醒')
  })
})

describe('what one of the office does alone', () => {
  it('is told to the others at once, and to nobody else', async () => {
    const second = await stage.villager(603)
    await createStaff(db, { telegramId: 603, role: 'editor', name: '周', language: 'zh-CN' })
    await second.says('/reminders')
    const seenBefore = (await villager.fromBot()).length
    const told = async () => (await second.last()).text ?? ''
    await admin.says('/reminders')
    await admin.presses('选举前一天')
    await admin.presses('暂停')
    expect(await told()).toMatch(
      /^注意：管理员（号码末四位 0001）暂停了定时提醒“选举前一天”，以后不再自动发/,
    )
    await second.presses('打开看看')
    expect(await told()).toContain('状态：已暂停')
    await second.presses('接着发')
    expect(await last()).toBe('周让定时提醒“选举前一天”接着发了。')
    await second.says('/calendar 黄家乡')
    await second.presses('定日子')
    await second.says('2026-12-22')
    await second.presses('确定改')
    expect(await told()).toContain('改好了')
    expect(await last()).toContain(
      '注意：周刚才改了选举日。\n衢州市 柯城区 黄家乡：12月22日（星期二）',
    )
    expect((await villager.fromBot()).length).toBe(seenBefore)
  })
})
