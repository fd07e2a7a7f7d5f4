import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { importAreas } from '../../src/areas/import-areas.ts'
import { seedDirectory } from '../../src/areas/seed-directory.ts'
import { bindInbox } from '../../src/groups/bind-inbox.ts'
import { createBindCode } from '../../src/groups/create-bind-code.ts'
import { findGroupByChat, listGroups, listRoutingGroups } from '../../src/groups/group-store.ts'
import { importGroups } from '../../src/groups/import-groups.ts'
import { seedGroups } from '../../src/groups/seed-groups.ts'
import { csv, edition2016, readEdition2017 } from '../areas/editions.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import { createCast, groupHeader, groupIdOf, groupLines, hash, now } from './cast.ts'

const database = await createTestDatabase()
const { db } = database
const shipped = readFileSync(new URL('../../prisma/seed/groups.csv', import.meta.url))
const importLines = (...lines: string[]) => importGroups(db, { bytes: csv(...lines), now })
const [, ly = '', ly01 = ''] = groupLines

beforeEach(() => emptyDatabase(database))

describe('the shipped groups', () => {
  it('are 72 supervision groups: a city, six counties, and 65 that share the 100 townships', async () => {
    await seedDirectory(db, now)
    expect(await seedGroups(db, now)).toBe(true)
    const groups = await listGroups(db)
    const ofLevel = (level: string) => groups.filter((group) => group.level === level)
    expect(groups.every(({ kind }) => kind === 'supervision')).toBe(true)
    expect(['city', 'county', 'township'].map((level) => ofLevel(level).length)).toEqual([1, 6, 65])
    const townships = ofLevel('township').flatMap(({ areaIds }) => areaIds)
    expect([townships.length, new Set(townships).size]).toEqual([100, 100])
    expect(groups.every(({ inboxState }) => inboxState === 'unbound')).toBe(true)
    expect(await seedGroups(db, now)).toBe(false)
  })

  it('cover every village of both editions, by former codes too', async () => {
    for (const bytes of [edition2016, readEdition2017()]) {
      await importAreas(db, { bytes, now })
      const result = await importGroups(db, { bytes: shipped, now })
      expect(result).toMatchObject({ outcome: 'imported', uncovered: [] })
    }
  })

  it('stay away from a directory that has other places', async () => {
    await importAreas(db, {
      bytes: csv('code,name,level,parentCode', '330700000000,金华市,city,'),
      now,
    })
    expect(await seedGroups(db, now)).toBe(false)
    expect(await db.group.count()).toBe(0)
  })
})

describe('importGroups without a directory', () => {
  it('changes nothing and says why, not what is wrong with each line', async () => {
    expect(await importGroups(db, { bytes: shipped, now })).toEqual({ outcome: 'no-directory' })
  })
})

describe('importGroups', () => {
  beforeEach(() => createCast(db))

  it('changes nothing when the same file comes again', async () => {
    const before = await db.group.findMany({ include: { territory: true, supervisors: true } })
    expect(await importLines(...groupLines)).toMatchObject({
      outcome: 'imported',
      summary: { created: [], changed: [], retired: [], joined: [], left: [], unchanged: 2 },
    })
    expect(await db.group.findMany({ include: { territory: true, supervisors: true } })).toEqual(
      before,
    )
  })

  it('changes names, territories, categories and rosters by code, and keeps id and inbox', async () => {
    const groupId = await groupIdOf(db, 'LY-01')
    const bound = await createBindCode({ db, hash }, { groupId, now })
    if (bound.outcome !== 'created') throw new Error(bound.outcome)
    await bindInbox({ db, hash }, { code: bound.code, chatId: -9, forum: false, now })
    const result = await importLines(
      groupHeader,
      ly,
      'LY-01,东华督导组,supervision,township,330825002000|330825001000,,新,乙二:组长|乙三',
    )
    expect(result).toMatchObject({
      outcome: 'imported',
      uncovered: [],
      summary: {
        changed: [{ code: 'LY-01', name: '东华督导组' }],
        joined: [{ group: 'LY-01', name: '乙三' }],
        left: [{ group: 'LY-01', name: '乙一' }],
        unchanged: 1,
      },
    })
    expect(await findGroupByChat(db, -9)).toMatchObject({
      id: groupId,
      name: '东华督导组',
      categories: [],
      description: '新',
      inboxState: 'bound',
    })
    const [routing] = await listRoutingGroups(db, (await findGroupByChat(db, -9))?.areaIds ?? [])
    expect(routing).toMatchObject({
      code: 'LY-01',
      // 乙一 has left the roster, but may still read in the chat.
      rosterNames: ['乙一', '乙组长', '乙二', '乙组长', '乙三'],
      openTips: 0,
    })
  })

  it('retires a group that went, with its inbox and roster, and brings it back under the same id', async () => {
    const groupId = await groupIdOf(db, 'LY-01')
    expect(await importLines(groupHeader, ly)).toMatchObject({
      outcome: 'imported',
      summary: { retired: [{ code: 'LY-01', name: '龙洲督导组' }], unchanged: 1 },
    })
    expect((await listGroups(db)).map(({ code }) => code)).toEqual(['LY'])
    await importLines(groupHeader, ly, ly01)
    expect((await listGroups(db)).map(({ id }) => id)).toContain(groupId)
    expect(await db.supervisor.count({ where: { groupId, state: 'listed' } })).toBe(2)
  })

  it('leaves rosters alone when the file has no such column', async () => {
    const result = await importLines(
      'code,name,kind,level,territory,categories,description',
      'LY,龙游县督导组,supervision,county,330825000000,,县里',
      'LY-01,龙洲督导组,supervision,township,330825001000,cash|travel,',
    )
    expect(result).toMatchObject({ outcome: 'imported', summary: { unchanged: 2 } })
  })

  it('names the villages that no supervision group answers for', async () => {
    const result = await importLines(
      groupHeader,
      ly01,
      'LY,调解组,mediation,county,330825000000,,,',
    )
    expect(result).toMatchObject({ uncovered: ['衢州市 龙游县 东华街道 方门街村'] })
  })

  it.each([
    [
      'a double code',
      ['A,a,supervision,city,330800000000,,,', 'A,b,supervision,city,330800000000,,,'],
      [[3, 'double-code']],
    ],
    [
      'an empty code and name',
      [',,supervision,city,330800000000,,,'],
      [
        [2, 'empty-code'],
        [2, 'empty-name'],
      ],
    ],
    ['an unknown kind', ['A,a,watch,city,330800000000,,,'], [[2, 'bad-kind']]],
    [
      'a level that is none of an office',
      ['A,a,supervision,village,330800000000,,,'],
      [[2, 'bad-level']],
    ],
    ['an empty territory', ['A,a,supervision,city,,,,'], [[2, 'empty-territory']]],
    [
      'an unknown place',
      ['A,a,supervision,city,330899000000|330800000000,,,'],
      [[2, 'unknown-area']],
    ],
    [
      'a category with a blank',
      ['A,a,supervision,city,330800000000,red packet,,'],
      [[2, 'bad-category']],
    ],
    [
      'a name that stands twice',
      ['A,a,supervision,city,330800000000,,,甲:组长|甲'],
      [[2, 'double-roster-name']],
    ],
    [
      'a title without a name',
      ['A,a,supervision,city,330800000000,,,甲|:组长'],
      [[2, 'empty-roster-name']],
    ],
  ])('refuses %s with its line and writes nothing', async (_, lines, expected) => {
    const result = await importLines(groupHeader, ...lines)
    if (result.outcome !== 'refused') throw new Error(result.outcome)
    expect(result.problems.map(({ line, code }) => [line, code])).toEqual(expected)
    expect((await listGroups(db)).map(({ code }) => code)).toEqual(['LY', 'LY-01'])
  })

  it('refuses a retired place', async () => {
    const lines = new TextDecoder().decode(edition2016).split('\n')
    await importAreas(db, { bytes: edition2016, now })
    const without = lines.filter((line) => !line.startsWith('330825001214'))
    await importAreas(db, { bytes: csv(...without), now })
    const result = await importLines(groupHeader, 'A,a,supervision,city,330825001214,,,')
    expect(result).toMatchObject({ problems: [{ line: 2, code: 'retired-area' }] })
  })
})

describe('a file that is only a part', () => {
  it('is refused until somebody says that the other groups really went', async () => {
    await seedDirectory(db, now)
    await seedGroups(db, now)
    const part = csv(groupHeader, 'QZ,衢州市督导组,supervision,city,330800000000,,,')
    expect(await importGroups(db, { bytes: part, now })).toEqual({
      outcome: 'too-many-retired',
      retired: 71,
      known: 72,
    })
    const result = await importGroups(db, { bytes: part, now, mayRetireMany: true })
    expect(result).toMatchObject({ outcome: 'imported', uncovered: [] })
  })
})
