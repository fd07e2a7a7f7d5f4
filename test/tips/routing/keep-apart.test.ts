import { beforeEach, describe, expect, it } from 'vitest'
import { importGroups } from '../../../src/groups/import-groups.ts'
import { takeAnswer } from '../../../src/tips/dialogue/answer-message.ts'
import { keepTipsApart } from '../../../src/tips/routing/keep-apart.ts'
import { moveTip } from '../../../src/tips/routing/move-tip.ts'
import { csv } from '../../areas/editions.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type Sent, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const log = { error: () => {} } as never
let world: World

/** The rosters as they are imported anew. */
async function importRosters(township: string, county = '甲一:组长|甲二') {
  const bytes = csv(
    'code,name,kind,level,territory,categories,description,roster',
    'QZ,衢州市督导组,supervision,city,330800000000,,市里,丙一:组长',
    `LY,龙游县督导组,supervision,county,330825000000,,县里,${county}`,
    `LY-01,龙洲督导组,supervision,township,330825001000,,,${township}`,
  )
  expect(await importGroups(db, { bytes, now: world.deps.now() })).toMatchObject({
    outcome: 'imported',
  })
}

async function look(): Promise<Sent[]> {
  await keepTipsApart(db, { ...world.deps, log })
  return world.deliver()
}

const groupOf = async () =>
  (await db.tip.findFirstOrThrow({ include: { group: true } })).group?.code ?? 'held'

beforeEach(async () => {
  world = await createWorld(database)
})

describe('an accused who joins the roster after filing', () => {
  beforeEach(async () => {
    await world.file({ who: '戴建明' })
    await world.deliver()
    expect(await look()).toEqual([])
  })

  it('does not meet the tip there: it leaves the chat with everything, and goes up', async () => {
    await importRosters('乙一:组长|乙二:成员|戴建明:成员')
    const sent = await look()
    expect(await groupOf()).toBe('LY')
    const inOld = sent.filter(({ to }) => to.chatId === cast.township.chatId)
    expect(inOld.map(({ outgoing }) => outgoing.kind)).toEqual(['edit', 'delete-many'])
    expect(JSON.stringify(inOld)).not.toContain('戴建明')
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('戴建明')
    expect(await look()).toEqual([])
  })

  it('does not get it back by leaving the roster again', async () => {
    await importRosters('乙一:组长|乙二:成员|戴建明:成员')
    await look()
    await importRosters('乙一:组长|乙二:成员')
    await look()
    expect(await groupOf()).toBe('LY')
    // Who was on the roster may still sit in the chat.
    await world.file({ who: '戴建明' })
    await world.deliver()
    const last = await db.tip.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(last).toMatchObject({ groupId: await world.groupId('LY') })
  })

  it('of every group leaves it held, and its reporter hears no untruth', async () => {
    const all = '乙一:组长|戴建明:成员'
    await importRosters(all, '甲一:组长|戴建明')
    await db.group.update({ where: { code: 'QZ' }, data: { inboxState: 'broken' } })
    await look()
    expect(await groupOf()).toBe('held')
    const heard = await world.opened(1)
    expect(heard.at(-1)).toContain('我们正在另外安排')
  })

  it('is looked for once for each change, and not in between', async () => {
    await importRosters('乙一:组长|乙二:成员|毛大力:成员')
    expect(await look()).toEqual([])
    await db.supervisor.updateMany({ where: { name: '毛大力' }, data: { state: 'enrolled' } })
    expect(await keepTipsApart(db, { ...world.deps, log })).toBe(0)
    expect(await groupOf()).toBe('LY-01')
  })
})

describe('a tip that no group may see', () => {
  it('is held, and its reporter hears who else may be told, the admins that no inbox would help', async () => {
    await world.file({ who: '市委的领导' })
    const sent = await world.deliver()
    expect(await groupOf()).toBe('held')
    for (const { chatId } of [cast.city, cast.county, cast.township])
      expect(world.textsTo(sent, chatId)).toEqual([])
    expect(world.textsTo(sent, cast.admin).join()).toMatch(/QF-000001.*绑定收件群没有用/)
    expect(world.textsTo(sent, cast.admin).join()).not.toContain('市委')
    expect(await world.opened(1)).toEqual([expect.stringMatching(/没有给任何一个督导组看.*12388/)])
  })
})

describe('a tip whose last group declares a conflict', () => {
  it('is held, and its reporter hears what is true', async () => {
    await world.file({ who: '县委书记' })
    const groupId = await world.groupId('QZ')
    await world.deliver()
    await db.$transaction((tx) =>
      moveTip(tx, world.deps, 1, { cause: 'conflict', excludedGroupIds: [groupId] }),
    )
    expect(await groupOf()).toBe('held')
    expect(await world.opened(1)).toEqual([
      expect.stringMatching(/原来的督导组不再办.*没有别的督导组适合办.*12388/),
    ])
  })
})

describe('what the reporter says only later', () => {
  const say = async (text: string) => {
    await world.file({ who: '三哥' })
    await world.deliver()
    const writing = { chatId: cast.villager, tipId: 1, messageId: null }
    await db.$transaction((tx) => takeAnswer(tx, world.deps, writing, { kind: 'text', text }))
    return world.deliver()
  }

  it('goes with the tip past a group of which it names somebody', async () => {
    const sent = await say('三哥就是督导组的乙二')
    expect(await groupOf()).toBe('LY')
    expect(world.textsTo(sent, cast.township.chatId).join()).not.toContain('三哥')
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('三哥就是督导组的乙二')
  })

  it('that names an office of the township leads to the county', async () => {
    await say('三哥是副镇长')
    expect(await groupOf()).toBe('LY')
  })

  it('that names nobody there stays with the group', async () => {
    const sent = await say('三哥是开小店的')
    expect(await groupOf()).toBe('LY-01')
    expect(world.textsTo(sent, cast.township.chatId).join()).toContain('开小店')
  })
})

describe('an accused known by an office alone', () => {
  it.each([
    ['村支书', 'unknown', 'LY-01'],
    ['副镇长', 'unknown', 'LY'],
    ['包村干部', 'helper', 'LY'],
    ['县委组织部副部长', 'township_official', 'QZ'],
    ['市委的领导', 'unknown', 'held'],
  ])('such as %s goes to who stands above', async (who, role, code) => {
    await world.file({ who, role })
    await world.deliver()
    expect(await groupOf()).toBe(code)
  })
})
