import { beforeEach, describe, expect, it } from 'vitest'
import { changeDirectoryVersion } from '../../../src/areas/area-store.ts'
import { pruneMarks } from '../../../src/groups/daily-mark-store.ts'
import { sendDigest, sendDigests } from '../../../src/tips/deadlines/send-digests.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type Sent, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World

function goTo(local: string): void {
  const at = new Date(`${local}:00+08:00`)
  world.passTime(at.getTime() - world.deps.now().getTime())
}

async function ring(digestHour: number | null = 9): Promise<Sent[]> {
  await sendDigests(db, { ...world.deps, digestHour })
  return world.deliver()
}

async function digestAt(local: string): Promise<string[]> {
  goTo(local)
  return world.textsTo(await ring(), cast.township.chatId)
}

const close = () => db.tip.updateMany({ data: { state: 'closed', closedAt: world.deps.now() } })

beforeEach(async () => {
  world = await createWorld(database)
  goTo('2017-03-27T10:00')
  await world.file()
  await world.deliver()
})

describe('the summary of an inbox', () => {
  it('has the same lines every day', async () => {
    expect(await digestAt('2017-03-28T09:00')).toEqual([
      '2017-03-28 小结（龙洲督导组）\n新来：1 件\n没有人接手：1 件\n正在办：0 件\n其中超过时间：0 件\n上次小结以后办结：0 件\n最早的几件：QF-000001（0 天）',
    ])
    await db.tip.updateMany({ data: { state: 'acknowledged' } })
    expect(await digestAt('2017-04-05T09:30')).toEqual([
      '2017-04-05 小结（龙洲督导组）\n新来：0 件\n没有人接手：0 件\n正在办：1 件\n其中超过时间：1 件\n上次小结以后办结：0 件\n最早的几件：QF-000001（8 天）',
    ])
  })

  it('goes to each inbox once a day, whoever asks and how often', async () => {
    goTo('2017-03-28T09:00')
    const day = '2017-03-28'
    const groupId = await world.groupId('LY-01')
    const once = () => db.$transaction((tx) => sendDigest(tx, world.deps, { groupId, day }))
    const answers = await Promise.all([once(), once(), ring()])
    expect(answers.filter((answer) => answer === true).length).toBeLessThanOrEqual(1)
    await world.deliver()
    expect(await digestAt('2017-03-28T09:02')).toEqual([])
    expect(await db.delivery.count({ where: { purpose: 'digest' } })).toBe(1)
    expect(await digestAt('2017-03-29T09:00')).toHaveLength(1)
  })

  it('is not sent when nothing is open and nothing happened', async () => {
    await digestAt('2017-03-28T09:00')
    goTo('2017-03-28T15:00')
    await close()
    const [last] = await digestAt('2017-03-29T09:00')
    expect(last).toContain('上次小结以后办结：1 件\n最早的几件：没有')
    expect(await digestAt('2017-03-30T09:00')).toEqual([])
  })

  it('looks back over the weekend on a Monday', async () => {
    await digestAt('2017-03-24T09:00')
    await digestAt('2017-03-31T09:00')
    goTo('2017-04-01T18:00')
    await close()
    expect(await digestAt('2017-04-02T09:00')).toEqual([])
    expect((await digestAt('2017-04-05T09:00'))[0]).toContain('办结：1 件')
  })

  it('comes in its hour only, and on days off only where people vote', async () => {
    expect(await digestAt('2017-03-28T08:59')).toEqual([])
    expect(await digestAt('2017-03-28T12:00')).toEqual([])
    expect(await digestAt('2017-04-09T09:00')).toEqual([])
    await db.area.updateMany({
      where: { level: 'township', name: '龙洲街道' },
      data: { electionDay: new Date('2017-04-16') },
    })
    await changeDirectoryVersion(db)
    expect(await digestAt('2017-04-16T09:00')).toHaveLength(1)
    expect(await ring(null)).toEqual([])
  })

  it('is left out for a chat that cannot be written to', async () => {
    await db.group.updateMany({ data: { inboxState: 'broken' } })
    expect(await digestAt('2017-03-28T09:00')).toEqual([])
  })

  it('forgets old days', async () => {
    await digestAt('2017-03-28T09:00')
    expect(await pruneMarks(db, '2017-03-28')).toBe(0)
    expect(await pruneMarks(db, '2017-03-29')).toBeGreaterThan(0)
  })
})
