import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/staff/audit.ts'
import { castGroup, meetAdmin } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'
import { voiceMessage } from '../tips/evidence/media/ogg.ts'
import {
  allTransitions,
  chatsExpected,
  chatsNaming,
  countNotices,
  countTold,
  expectNobodyKnows,
  readCalls,
  readUpdates,
  replayAudit,
} from './election-day-account.ts'
import {
  answersBot,
  asks,
  canaryOf,
  cardsIn,
  closes,
  declaresConflict,
  electionDay,
  erases,
  type Group,
  handsIn,
  isNotContent,
  linksTo,
  looksUp,
  mediationName,
  prepareDirectory,
  pressesAbout,
  reads,
  reports,
  standsIn,
  type Tip,
  takes,
  withdraws,
} from './election-day-people.ts'

/** One election day and what follows from it, told from the first tip to the last shred. The order of the tests is the day's. */

const clock = { at: new Date(0) }
const goTo = (local: string) => {
  clock.at = new Date(`${local}:00+08:00`)
}
const daysLater = (days: number) => {
  clock.at = new Date(clock.at.getTime() + days * 86_400_000)
}
const minutesLater = (minutes: number) => {
  clock.at = new Date(clock.at.getTime() + minutes * 60_000)
}
goTo(`${electionDay}T05:20`)

const stage = await createStage({ now: () => clock.at, logLevel: 'trace' })
await prepareDirectory(stage)
const admin = await meetAdmin(stage)
const botId = 500_000_001

const tips: Tip[] = []
const groups: Group[] = []
const people: ReturnType<typeof canaryOf>[] = []

async function villager() {
  const person = canaryOf(people.length + 1)
  people.push(person)
  return stage.villager(person.id, person)
}
/** Somebody else files a tip, a minute later. */
async function somebodyReports(told: Parameters<typeof reports>[1]): Promise<Tip> {
  minutesLater(1)
  const tip = await reports(await villager(), told)
  tips.push(tip)
  return tip
}
async function opens(name: string, kind: 'group' | 'supergroup' | 'forum'): Promise<Group> {
  const firstId = 40_001 + groups.length * 10
  const group = { ...(await castGroup(stage, { name, kind, firstId })), name }
  groups.push(group)
  return group
}
/** What the tip says stands in this group's chat, once, and in no other. Null: nowhere. */
async function expectIn(tip: Tip, group: Group | null): Promise<void> {
  const found: string[] = []
  for (const { name, supervisor } of groups)
    for (const _card of await cardsIn(supervisor, tip)) found.push(name)
  expect(found).toEqual(group === null ? [] : [group.name])
  if (group) tip.had.add(group.name)
}
const adminHears = (tip: Tip) => tip.namedIn.add('admin')

let township: Group
let neighbour: Group
let mediation: Group
let county: Group
let city: Group
/** Tips that later tests need again. */
let voice: Tip
let twin: Tip
let beating: Tip
let late: Tip

/** Each test goes on where the one before it ended: after the first that fails the others would only make noise. */
let isBroken = false
beforeEach(({ skip }) => skip(isBroken))
afterEach(({ task }) => {
  if (task.result?.state === 'fail') isBroken = true
})

describe('before the polls open', () => {
  it('a tip filed with buttons and a voice note alone is held, and no group is there', async () => {
    const wang = await villager()
    await wang.says('/report')
    await wang.presses('我明白了')
    await wang.presses('送钱')
    for (const place of ['龙游县', '龙洲街道', '红星']) await wang.presses(place)
    await wang.act('contact', {})
    expect((await wang.last()).text).toContain('请不要发联系人')
    const recording = { kind: 'voice', duration: 2, base64: voiceMessage().toString('base64') }
    await wang.act('upload', { files: [recording] })
    await wang.presses('不清楚')
    await wang.presses('昨天')
    await wang.presses('就这些')
    voice = await handsIn(wang, '（语音 1）')
    tips.push(voice)
    await stage.filesSettled()
    expect(await standsIn(admin)).toContain(`举报 ${voice.number} 现在没有督导组能收`)
    adminHears(voice)
    expect(await looksUp(voice)).toContain('正在安排督导组')
  })

  it('it goes out by itself when its group binds a chat', async () => {
    goTo(`${electionDay}T06:00`)
    township = await opens('龙游县第一督导组', 'forum')
    await expectIn(voice, township)
    await stage.filesSettled()
    const [recording] = (await township.supervisor.fromBot()).filter(({ media }) => media)
    expect(['voice', 'audio']).toContain(recording?.media?.kind)
    neighbour = await opens('龙游县第二督导组', 'supergroup')
    mediation = await opens(mediationName, 'group')
    county = await opens('龙游县督导组', 'supergroup')
    city = await opens('衢州市督导组', 'supergroup')
    await expectIn(voice, township)
  })
})

describe('in the morning', () => {
  it('two press at once and one has it; a question that would tell who reported is stopped', async () => {
    goTo(`${electionDay}T07:30`)
    const [first, second] = await Promise.all([
      pressesAbout(township.supervisor, voice, '我来办'),
      pressesAbout(township.colleague, voice, '我来办'),
    ])
    const won = [first, second].filter(({ text }) => text?.includes('由您来办'))
    const lost = [first, second].filter(({ text }) => text?.includes('已经接下了'))
    expect([won.length, lost.length]).toEqual([1, 1])
    const winner = won[0] === first ? township.supervisor : township.colleague

    await asks(winner, voice, '您叫什么名字？')
    expect((await winner.last()).text).toContain('问了姓名')
    await winner.presses('不发了')
    await asks(winner, voice, '烟是什么牌子？')
    voice.asked += 1
    expect(await reads(voice)).toContain('烟是什么牌子？')
    expect(await standsIn(voice.villager)).not.toContain('您叫什么名字')
    await pressesAbout(voice.villager, voice, '回答')
    await voice.villager.says('利群，硬壳的')
    await voice.villager.presses('说完了')
    expect(await standsIn(township.supervisor)).toContain('利群，硬壳的')

    twin = await somebodyReports({ who: '笑面虎' })
    await expectIn(twin, township)
    await takes(township.supervisor, twin)
    await linksTo(township.supervisor, twin, voice)
    expect(await reads(twin)).toContain('正在查您说的事')
    expect(await looksUp(twin)).toContain('已经有人接手办理')

    await closes(winner, voice, '属实')
    // Who waited for it is told the same, about their own number.
    twin.results += 1
    expect(await reads(voice)).toContain(`${voice.number} 有结果了：查过了，您说的是真的`)
    expect(await reads(twin)).toContain(`${twin.number} 有结果了：查过了，您说的是真的`)
  })

  it('violence shows 110 first and comes as urgent; closed by mistake, it is resumed', async () => {
    goTo(`${electionDay}T08:30`)
    const li = await villager()
    await li.says('/report')
    await li.presses('我明白了')
    await li.presses('打人')
    expect((await li.last()).text).toContain('请马上打 110')
    await li.presses('知道了')
    await li.presses('还在发生')
    await li.says('龙洲街道 后厅')
    await li.says('铁头')
    await li.presses('帮他拉票的人')
    await li.presses('就这些')
    beating = await handsIn(li, '铁头')
    tips.push(beating)
    await expectIn(beating, township)
    const [card] = await cardsIn(township.supervisor, beating)
    expect(card?.text).toMatch(/^举报 QF-\d{6}\n紧急\n/)

    await takes(township.supervisor, beating)
    await closes(township.supervisor, beating, '不属实')
    expect(await reads(beating)).toContain('没有查到证据')
    await pressesAbout(township.colleague, beating, '重新办理')
    expect(await looksUp(beating)).toContain('已经有人接手办理')
    await closes(township.colleague, beating, '移交有关部门', '公安机关')
    expect(await reads(beating)).toContain('交给公安机关')
  })

  it('a quarrel goes to the mediators, is given back, taken over, and contested one level up', async () => {
    const quarrel = await somebodyReports({ what: '选举的纠纷', who: '小算盘' })
    await expectIn(quarrel, mediation)
    await takes(mediation.supervisor, quarrel)
    await pressesAbout(mediation.supervisor, quarrel, '更多')
    await pressesAbout(mediation.supervisor, quarrel, '退回本组')
    await takes(mediation.colleague, quarrel)
    for (const label of ['更多', '换我来办', '是，换我来办'])
      await pressesAbout(mediation.supervisor, quarrel, label)
    await closes(mediation.supervisor, quarrel, '不属实')
    expect(await reads(quarrel)).toContain('没有查到证据')

    await isNotContent(quarrel, '名单上还是没有我')
    await expectIn(quarrel, county)
    expect(await standsIn(county.supervisor)).toContain('名单上还是没有我')
    await takes(county.supervisor, quarrel)
    await closes(county.supervisor, quarrel, '属实')
    await reads(quarrel)
  })

  it('is handed to the neighbours with a reason; who had it there leaves, and the group goes on', async () => {
    const stray = await somebodyReports({ who: '过江龙' })
    await expectIn(stray, township)
    await takes(township.supervisor, stray)
    await pressesAbout(township.supervisor, stray, '转交')
    await pressesAbout(township.supervisor, stray, '龙游县第二督导组')
    await pressesAbout(township.supervisor, stray, '写一个理由')
    await answersBot(township.supervisor, '事情出在东华街道')
    await expectIn(stray, neighbour)
    expect(await standsIn(neighbour.supervisor)).toContain(
      '由“龙游县第一督导组”转来：事情出在东华街道',
    )
    await takes(neighbour.colleague, stray)
    await neighbour.colleague.act('leave', {})
    await takes(neighbour.supervisor, stray)
    await closes(neighbour.supervisor, stray, '属实')
    await reads(stray)
  })

  it('is withdrawn while somebody has it; what was linked to it comes back, and is erased', async () => {
    const main = await somebodyReports({ who: '老油条' })
    const linked = await somebodyReports({ who: '地头蛇' })
    await takes(township.supervisor, main)
    await takes(township.supervisor, linked)
    await expectIn(main, township)
    await linksTo(township.supervisor, linked, main)
    await reads(linked)
    const tired = await somebodyReports({ who: '墙头草' })
    await expectIn(tired, township)
    await takes(township.supervisor, tired)
    await linksTo(township.supervisor, tired, main)
    await withdraws(tired)
    await expectIn(tired, null)
    await withdraws(main)
    await expectIn(main, null)
    await stage.ring('tidy tips')
    await expectIn(linked, township)
    expect(await erases(linked)).toContain('内容都销毁了')
    await expectIn(linked, null)
    expect(await standsIn(township.supervisor)).not.toMatch(/老油条|地头蛇|墙头草/)
  })

  it('is erased while somebody has it: the group goes on, and nobody can be told any more', async () => {
    const silent = await somebodyReports({ who: '铁公鸡' })
    await takes(township.colleague, silent)
    await expectIn(silent, township)
    expect(await erases(silent)).toContain('督导组接着办')
    await closes(township.colleague, silent, '属实')
    // Closed, but the way to the reporter is gone.
    silent.results -= 1
  })
})

describe('at noon, about people of the groups themselves', () => {
  let delicate: Tip
  let unseen: Tip
  let main: Tip
  let linked: Tip

  it('goes past the group whose roster names the accused, and past the county that declares a conflict', async () => {
    goTo(`${electionDay}T11:00`)
    delicate = await somebodyReports({ who: '钱守成' })
    await expectIn(delicate, county)
    await declaresConflict(county.colleague, delicate)
    await expectIn(delicate, city)
    const below = [await standsIn(township.supervisor), await standsIn(county.supervisor)].join()
    expect(below).not.toMatch(new RegExp(`钱守成|${delicate.number}`))
    await takes(city.supervisor, delicate)
    await closes(city.supervisor, delicate, '不属实')
    await reads(delicate)
  })

  it('is held while the city’s chat is gone, whatever state it was in, and goes out when the chat is back', async () => {
    const role = '乡镇干部'
    main = await somebodyReports({ who: '县里的孔令先', role })
    linked = await somebodyReports({ who: '孔令先他们家', role })
    unseen = await somebodyReports({ who: '孔令先和他弟弟', role })
    for (const tip of [main, linked, unseen]) await expectIn(tip, city)
    await takes(city.supervisor, main)
    await takes(city.colleague, linked)
    await linksTo(city.colleague, linked, main)
    await reads(linked)

    await city.supervisor.act('kick', { user_id: botId })
    await stage.settled()
    expect(await looksUp(unseen)).toContain('正在安排督导组')
    await withdraws(main)
    await stage.ring('tidy tips')
    expect(await looksUp(linked)).toContain('正在安排督导组')
    await isNotContent(delicate, '没有一个人来问过')
    expect(await looksUp(delicate)).toContain('正在安排督导组')
    for (const tip of [unseen, linked, delicate]) adminHears(tip)

    await city.supervisor.act('add', { user_id: botId })
    await city.supervisor.act('promote', { user_id: botId, rights: { '*': true } })
    await stage.settled()
    for (const tip of [unseen, linked, delicate]) await expectIn(tip, city)
    await expectIn(main, null)
  })

  it('is held when all who might have it are involved, and can be withdrawn then', async () => {
    await takes(city.supervisor, delicate)
    await declaresConflict(city.supervisor, delicate)
    await expectIn(delicate, null)
    expect(await standsIn(city.supervisor)).not.toContain('钱守成')
    expect(await looksUp(delicate)).toContain('正在安排督导组')
    await withdraws(delicate)
    for (const tip of [unseen, linked]) {
      await takes(city.supervisor, tip)
      await closes(city.supervisor, tip, '移交有关部门', '纪委监委')
      await reads(tip)
    }
  })
})

describe('in the afternoon', () => {
  it('a tip that nobody takes goes up, and its reporter hears it', async () => {
    goTo(`${electionDay}T13:59`)
    late = await somebodyReports({ who: '夜猫子' })
    for (const local of ['14:01', '14:15', '14:30']) {
      goTo(`${electionDay}T${local}`)
      await stage.ring('tend deadlines')
    }
    await expectIn(late, township)
    late.namedIn.add(`leader of ${township.name}`)
    goTo(`${electionDay}T15:00`)
    await stage.ring('tend deadlines')
    await expectIn(late, county)
    expect(await reads(late)).toMatch(/超过了说好的时间.*上一级督导组/)
    await takes(county.supervisor, late)
    await closes(county.supervisor, late, '不属实')
    await reads(late)
  })
})

describe('after the day', () => {
  it('reporters are asked after a week, and the answer goes to the level above', async () => {
    goTo('2017-04-07T16:00')
    await stage.ring('ask after closed tips')
    await stage.ring('ask after closed tips')
    // Nobody is asked who took the tip back or erased the way to them.
    const left = ['老油条', '地头蛇', '墙头草', '铁公鸡', '钱守成', '县里的孔令先']
    for (const tip of tips.filter(({ words }) => !left.includes(words))) {
      tip.cared += 1
      expect(await reads(tip)).toContain(`${tip.number} 办完有 7 天了`)
    }

    await pressesAbout(voice.villager, voice, '没有')
    expect(await standsIn(county.supervisor)).toContain(
      `举报 ${voice.number}（龙游县第一督导组 办理），举报人说没有人找麻烦`,
    )
    voice.namedIn.add(county.name)
    await pressesAbout(late.villager, late, '不用再问了')
    await pressesAbout(beating.villager, beating, '有，请联系我')
    await expectIn(beating, county)
    await takes(county.supervisor, beating)
    await closes(county.supervisor, beating, '属实')
    await reads(beating)
  })

  it('the link to the reporters goes, then all that was said', async () => {
    daysLater(60)
    await stage.ring('end links')
    await voice.villager.says('/status')
    expect((await voice.villager.last()).text).toContain('请把查询码发给我')
    await voice.villager.says(voice.code)
    expect((await voice.villager.last()).text).toContain(`${voice.number}：已经办完`)
    await expectIn(voice, township)

    daysLater(140)
    await stage.ring('end contents')
    for (const tip of tips) await expectIn(tip, null)
    const everywhere = await Promise.all(groups.map(({ supervisor }) => standsIn(supervisor)))
    for (const { words } of tips) expect(everywhere.join()).not.toContain(words)
    expect(everywhere.join()).not.toMatch(
      /孔令先|利群|什么牌子|东华街道|名单上还是没有我|没有一个人来问过/,
    )
    await voice.villager.says(voice.code)
    expect((await voice.villager.last()).text).toContain('没有查到')
    await stage.settled()
  })
})

describe('what came of it', () => {
  it('everything that can happen to a tip has happened, and the audit tells the whole of it', async () => {
    expect([...(await replayAudit(stage))].sort()).toEqual(allTransitions().sort())
    expect(await verifyAudit(stage.db)).toMatchObject({ ok: true })
  })

  it('every number stood in the chats where it had to, and in no other', async () => {
    const calls = await readCalls(stage)
    const cast = { groups, tips, adminId: admin.id }
    expect(tips.map((tip) => [tip.number, tip.words, ...chatsNaming(calls, tip, cast)])).toEqual(
      tips.map((tip) => [tip.number, tip.words, ...chatsExpected(tip)]),
    )
  })

  it('every reporter got one receipt, one ping for each message and one result for each conclusion', async () => {
    const calls = await readCalls(stage)
    const notices = await countNotices(stage)
    expect(tips.map((tip) => [tip.words, countTold(calls, tip)])).toEqual(
      tips.map(({ words, number, asked, results, cared }) => [
        words,
        { receipts: 1, pings: asked + results + cared + (notices.get(number) ?? 0), results },
      ]),
    )
  })

  it('no phone that rang showed what it rang for', async () => {
    const calls = await readCalls(stage)
    for (const { villager } of tips) {
      const rang = calls
        .filter(
          ({ method, chat_id }) => method === 'sendMessage' && Number(chat_id) === villager.id,
        )
        .map(({ params }) => String(params?.text ?? ''))
      expect(rang.join('\n')).not.toMatch(
        /您的事|有结果了|换了一个督导组|正在查您说的事|想问您|找您麻烦/,
      )
    }
  })

  it('nobody but Telegram ever saw who they are', async () => {
    const codesOf = (id: number) =>
      tips
        .filter((tip) => tip.villager.id === id)
        .flatMap(({ code }) => [code, code.replaceAll(' ', '')])
    const reporters = people.map((person) => ({ person, codes: codesOf(person.id) }))
    expect(reporters.every(({ codes }) => codes.length === 2)).toBe(true)
    expectNobodyKnows(await readCalls(stage), stage.logLines, reporters)
    // As a check of the check: what Telegram told the service held every name.
    const told = JSON.stringify(await readUpdates(stage))
    for (const { first_name, username } of people)
      for (const name of [first_name, username]) expect(told).toContain(name)
  })
})
