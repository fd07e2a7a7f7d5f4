import { beforeEach, describe, expect, it } from 'vitest'
import { createEnrolLink } from '../../src/groups/create-enrol-link.ts'
import { enrolSupervisor } from '../../src/groups/enrol-supervisor.ts'
import { importGroups } from '../../src/groups/import-groups.ts'
import { findSupervisor, listSupervisors } from '../../src/groups/supervisor-store.ts'
import { csv } from '../areas/editions.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import {
  createCast,
  groupHeader,
  groupIdOf,
  hash,
  inEightDays,
  now,
  supervisorIdOf,
} from './cast.ts'

const database = await createTestDatabase()
const { db } = database
const deps = { db, hash }
const wang = 700_000_001
const li = 700_000_002
let county = 0
let township = 0

beforeEach(async () => {
  await emptyDatabase(database)
  await createCast(db)
  county = await groupIdOf(db, 'LY')
  township = await groupIdOf(db, 'LY-01')
})

async function codeFor(name: string, replacesAccount = false): Promise<string> {
  const supervisorId = await supervisorIdOf(db, name)
  const result = await createEnrolLink(deps, { supervisorId, now, replacesAccount })
  if (result.outcome !== 'created') throw new Error(result.outcome)
  return result.code
}
const enrol = (code: string, telegramId: number, at = now) =>
  enrolSupervisor(deps, { code, telegramId, now: at })
const mayAct = async (groupId: number, telegramId: number) =>
  (await findSupervisor(db, { groupId, telegramId })) !== null

describe('enrolSupervisor', () => {
  it('lets the person with the personal code act in that group, and only there', async () => {
    expect(await mayAct(county, wang)).toBe(false)
    const code = await codeFor('甲一')
    expect(await enrol(code, wang)).toMatchObject({
      outcome: 'enrolled',
      groupId: county,
      groupName: '龙游县督导组',
      name: '甲一',
    })
    expect(await findSupervisor(db, { groupId: county, telegramId: wang })).toMatchObject({
      name: '甲一',
      title: '组长',
      state: 'enrolled',
      telegramId: wang,
    })
    expect(await mayAct(township, wang)).toBe(false)
    expect(await mayAct(county, li)).toBe(false)
    expect(await enrol(code, li)).toEqual({ outcome: 'wrong-code' })
  })

  it('enrols one person in several groups', async () => {
    await enrol(await codeFor('甲一'), wang)
    expect(await enrol(await codeFor('乙二'), wang)).toMatchObject({ outcome: 'enrolled' })
    expect([await mayAct(county, wang), await mayAct(township, wang)]).toEqual([true, true])
  })

  it('refuses a wrong code and one that ran out', async () => {
    expect(await enrol('AAAAAAAA', wang)).toEqual({ outcome: 'wrong-code' })
    expect(await enrol(await codeFor('甲一'), wang, inEightDays)).toEqual({
      outcome: 'expired-code',
    })
    expect(await mayAct(county, wang)).toBe(false)
  })

  it('refuses an account that stands for another name of the same roster', async () => {
    await enrol(await codeFor('甲一'), wang)
    expect(await enrol(await codeFor('甲二'), wang)).toEqual({
      outcome: 'account-taken',
      groupName: '龙游县督导组',
      name: '甲一',
    })
  })

  it('makes no link for somebody enrolled unless the account is to be replaced', async () => {
    await enrol(await codeFor('甲一'), wang)
    await expect(codeFor('甲一')).rejects.toThrow('no-supervisor')
    await expect(codeFor('甲二', true)).rejects.toThrow('no-supervisor')
  })

  it('moves a name to a new account, and the old one loses its rights', async () => {
    await enrol(await codeFor('甲一'), wang)
    expect(await enrol(await codeFor('甲一', true), li)).toMatchObject({
      outcome: 'enrolled',
      formerTelegramId: wang,
    })
    expect([await mayAct(county, wang), await mayAct(county, li)]).toEqual([false, true])
  })
})

describe('a name that goes from the roster', () => {
  const without = csv(
    groupHeader,
    'LY,龙游县督导组,supervision,county,330825000000,,县里,甲二',
    'LY-01,龙洲督导组,supervision,township,330825001000,cash|travel,,乙一:组长|乙二:成员',
  )

  it('loses its rights at once, and an unused link stops working', async () => {
    await enrol(await codeFor('甲一'), wang)
    await enrol(await codeFor('甲二'), li)
    const unused = await codeFor('甲一', true)
    await importGroups(db, { bytes: without, now })
    expect([await mayAct(county, wang), await mayAct(county, li)]).toEqual([false, true])
    expect(await enrol(unused, wang)).toEqual({ outcome: 'wrong-code' })
    expect((await listSupervisors(db, county)).map(({ name }) => name)).toEqual(['甲二'])
    const supervisorId = await supervisorIdOf(db, '甲一')
    expect(await createEnrolLink(deps, { supervisorId, now })).toEqual({ outcome: 'no-supervisor' })
  })

  it('must enrol again when it comes back', async () => {
    await enrol(await codeFor('甲一'), wang)
    await importGroups(db, { bytes: without, now })
    await createCast(db)
    expect(await mayAct(county, wang)).toBe(false)
    expect(await enrol(await codeFor('甲一'), wang)).toMatchObject({ outcome: 'enrolled' })
  })
})
