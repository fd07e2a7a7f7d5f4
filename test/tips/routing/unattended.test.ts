import { beforeEach, describe, expect, it } from 'vitest'
import { leaveSupervisor } from '../../../src/tips/handling/leave-supervisor.ts'
import { openRouting } from '../../../src/tips/tip-content.ts'
import { findTip } from '../../../src/tips/tip-store.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World

const nobodyOf = (prefix: string) =>
  db.supervisor.updateMany({
    where: { name: { startsWith: prefix } },
    data: { state: 'listed', telegramId: null },
  })
const tipOf = (id: number) => db.tip.findUniqueOrThrow({ where: { id }, include: { group: true } })

beforeEach(async () => {
  world = await createWorld(database)
})

describe('a group in which nobody is enrolled', () => {
  it('gets no tip: the level above does, and the reason and the alarm say why, once a day', async () => {
    await nobodyOf('乙')
    await world.file()
    await world.file()
    const sent = await world.deliver()
    expect((await tipOf(1)).group?.code).toBe('LY')
    const tip = await findTip(db, 1)
    const reasons = tip ? openRouting(world.keyring, tip).at(-1)?.reasons : []
    expect(reasons).toContainEqual({ code: 'skipped-nobody', params: { group: 'LY-01', steps: 1 } })
    expect(world.textsTo(sent, cast.township.chatId)).toEqual([])
    const alarms = world.textsTo(sent, cast.admin).filter((text) => text.includes('没有一个登记过'))
    expect(alarms).toEqual([expect.stringContaining('“龙洲督导组”')])
  })

  it('gets rid of what waits there when the last of it leaves the chat, taken or not', async () => {
    await world.file()
    await world.deliver()
    const leave = (telegramId: number) =>
      db.$transaction((tx) =>
        leaveSupervisor(tx, world.deps, { chatId: cast.township.chatId, telegramId }),
      )
    await leave(cast.yier)
    expect((await tipOf(1)).group?.code).toBe('LY-01')
    await leave(cast.yiyi)
    expect(await tipOf(1)).toMatchObject({ state: 'waiting', group: { code: 'LY' } })
    const sent = await world.deliver()
    expect(world.textsTo(sent, cast.admin).join()).toContain('没有一个登记过的组员')
  })
})
