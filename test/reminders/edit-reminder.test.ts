import { beforeEach, describe, expect, it } from 'vitest'
import { editReminder } from '../../src/reminders/edit-reminder.ts'
import { readEdit } from '../../src/reminders/preview-edit.ts'
import { isOffsetRule, type Reminder, type Rule } from '../../src/reminders/reminder.ts'
import { type FinishedDraft, wordingOf } from '../../src/reminders/reminder-draft.ts'
import { findReminder } from '../../src/reminders/reminder-store.ts'
import { verifyAudit } from '../../src/staff/audit.ts'
import { createReminderWorld, timezone } from './reminder-world.ts'

const world = await createReminderWorld()
const { db, deps } = world
const day = '2026-11-24'

/** 4, 5: villages of 龙洲街道, which votes on the 29th. 7, 8: of 湖镇镇, on the 30th. 11: of 贺村镇, without a day. */
beforeEach(async () => {
  await world.reset({ 3: '2026-11-29', 6: '2026-11-30' })
  world.at('2026-11-23 10:00')
  await world.admin()
})

const get = async (id: number): Promise<Reminder> => {
  const reminder = await findReminder(db, id)
  if (!reminder) throw new Error('gone')
  return reminder
}
const treeNow = async () => (await deps.directory.current(db)).tree
const edit = async (id: number, change: Partial<FinishedDraft>, was?: string) => {
  const reminder = await get(id)
  const by = { now: deps.now(), timezone, staffId: 1, tree: await treeNow() }
  const request = { id, was: was ?? wordingOf(reminder), given: { ...reminder, ...change } }
  return db.$transaction((tx) => editReminder(tx, by, request))
}
const moveDeps = async () => ({ tree: await treeNow(), now: deps.now(), timezone })
/** What somebody is shown first, as “effect from to villages”. */
const look = async (id: number, change: Partial<FinishedDraft>) => {
  const reminder = await get(id)
  const { villages } = await readEdit(db, await moveDeps(), reminder, { ...reminder, ...change })
  const say = (due: { day: string; minute: number } | null) =>
    due ? `${due.day.slice(5)}/${due.minute}` : '-'
  return villages.map((one) => [one.effect, say(one.from), say(one.to), one.villages].join(' '))
}
const days = (offsetDays: number, atMinute = 540): Rule => ({ offsetDays, atMinute })
const sendAll = () => db.delivery.updateMany({ data: { state: 'sent' } })
const chats = async () => (await world.planned()).map((line) => line.split(':')[0])

describe('a reminder of days', () => {
  const fiveDays = async (more: object = {}) => {
    const contentId = await world.content('还有几天')
    return world.reminder({ rule: days(-5), matter: { contentId }, ...more })
  }
  beforeEach(async () => {
    for (const areaId of [4, 5, 7, 8, 11]) await world.subscriber(areaId, areaId)
  })

  it('comes on the new day, and not again where it came', async () => {
    const id = await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await sendAll()
    world.at(`${day} 10:00`)
    expect(await look(id, { rule: days(-4, 1_110) })).toEqual([
      'sent - - 2',
      'moved 11-25/540 11-26/1110 2',
    ])
    expect(await edit(id, { rule: days(-4, 1_110) })).toBe('changed')
    for (const date of ['11-24', '11-25', '11-26', '11-27'])
      for (const minute of ['09:00', '18:30', '20:00']) await world.tickAt(`2026-${date} ${minute}`)
    expect(await world.planned()).toHaveLength(4)
    expect(await world.runs()).toEqual([`${day} sent 2`, '2026-11-26 sent 2'])
  })

  it('that is moved in the middle of it comes to those who had none', async () => {
    await world.subscriber(14, 4, 20)
    const id = await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await sendAll()
    world.at(`${day} 10:00`)
    expect(await look(id, { rule: days(-3) })).toEqual([
      'sent - - 1',
      'moved 11-24/540 11-26/540 1',
      'moved 11-25/540 11-27/540 2',
    ])
    await edit(id, { rule: days(-3) })
    for (const date of ['11-24', '11-25', '11-26', '11-27'])
      for (const minute of ['10:01', '20:00']) await world.tickAt(`2026-${date} ${minute}`)
    expect((await chats()).toSorted()).toEqual(['14', '4', '5', '7', '8'])
  })

  it('whose hour alone changes keeps its day, also when some had it early', async () => {
    await world.subscriber(14, 4, 8)
    const id = await fiveDays()
    await world.tickAt(`${day} 08:00`)
    expect(await chats()).toEqual(['14'])
    world.at(`${day} 08:30`)
    expect(await edit(id, { rule: days(-5, 720) })).toBe('changed')
    await world.tickAt(`${day} 09:00`)
    expect(await chats()).toEqual(['14'])
    await world.tickAt(`${day} 12:00`)
    await world.tickAt(`${day} 12:01`)
    expect(await chats()).toEqual(['14', '4', '5'])
  })

  it('whose new day is today comes at once, or tells that it is too late', async () => {
    const id = await fiveDays()
    world.at(`${day} 14:00`)
    await db.reminderRun.deleteMany()
    expect(await look(id, { rule: days(-6) })).toContain('now 11-25/540 11-24/540 2')
    expect(await look(id, { rule: days(-6), missed: 'skip' })).toContain(
      'missed 11-25/540 11-24/540 2',
    )
    expect(await look(id, { rule: days(-6), missed: 'ask' })).toContain(
      'asked 11-25/540 11-24/540 2',
    )
    await edit(id, { rule: days(-6) })
    await world.tickAt(`${day} 14:01`)
    expect(await chats()).toEqual(['7', '8'])
  })

  it('that was missed today comes at a later hour of today when it is given one', async () => {
    for (const missed of ['skip', 'ask'] as const) {
      await db.reminder.deleteMany()
      const id = await fiveDays({ missed, nextAt: new Date(`${day}T00:00:00+08:00`) })
      await world.tickAt(`${day} 14:00`)
      expect(await look(id, { rule: days(-5, 1_110) })).toContain('moved 11-24/540 11-24/1110 2')
      await edit(id, { rule: days(-5, 1_110) })
      await world.tickAt(`${day} 18:30`)
    }
    expect(await chats()).toEqual(['4', '5', '4', '5'])
  })

  it('takes in or leaves out places of another audience', async () => {
    const id = await fiveDays({ audience: { areas: [3] } })
    expect(await look(id, { audience: { areas: [6] } })).toEqual([
      'gone 11-24/540 - 2',
      'moved - 11-25/540 2',
    ])
    await edit(id, { audience: { areas: [6] } })
    for (const date of ['11-24', '11-25']) await world.tickAt(`2026-${date} 09:00`)
    expect(await chats()).toEqual(['7', '8'])
  })

  it('says something else from now on, and nothing anew where it came', async () => {
    const id = await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await sendAll()
    const contentId = await world.content('新的话')
    await edit(id, { matter: { contentId } })
    for (const date of ['11-24', '11-25']) await world.tickAt(`2026-${date} 10:00`)
    expect(await world.planned()).toEqual(['4: 还有几天', '5: 还有几天', '7: 新的话', '8: 新的话'])
  })

  it('that becomes one by the clock does not come a second time today', async () => {
    const id = await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await sendAll()
    const preview = await readEdit(db, await moveDeps(), await get(id), {
      ...(await get(id)),
      rule: { cron: '0 15 * * *' },
    })
    expect(preview).toMatchObject({
      isSaidToday: true,
      villages: [{ effect: 'sent' }, { effect: 'gone' }],
    })
    await edit(id, { rule: { cron: '0 15 * * *' } })
    for (const minute of ['12:00', '15:00', '20:00']) await world.tickAt(`${day} ${minute}`)
    expect(await world.planned()).toHaveLength(2)
    await world.tickAt('2026-11-25 15:00')
    expect(await world.planned()).toHaveLength(7)
  })
})

describe('a reminder by the clock', () => {
  const everyMorning = async (more: object = {}) => {
    const contentId = await world.content('规矩')
    return world.reminder({ rule: { cron: '0 9 * * *' }, matter: { contentId }, ...more })
  }
  beforeEach(async () => {
    for (const areaId of [4, 7]) await world.subscriber(areaId, areaId)
  })

  it('comes at its new time, from tomorrow when it came today', async () => {
    const id = await everyMorning()
    await edit(id, { rule: { cron: '0 10 * * *' } })
    await world.tickAt(`${day} 09:00`)
    expect(await world.planned()).toEqual([])
    await world.tickAt(`${day} 10:00`)
    world.at(`${day} 11:00`)
    await edit(id, { rule: { cron: '0 15 * * *' } })
    await world.tickAt(`${day} 15:00`)
    expect(await world.planned()).toHaveLength(2)
    await world.tickAt('2026-11-25 15:00')
    expect(await world.planned()).toHaveLength(4)
  })

  it('that becomes one of days comes today to nobody who had it this morning', async () => {
    const id = await everyMorning()
    await world.tickAt(`${day} 09:00`)
    await sendAll()
    world.at(`${day} 10:00`)
    expect(await look(id, { rule: days(-5, 720) })).toEqual(['sent - - 2', 'moved - 11-25/720 2'])
    await edit(id, { rule: days(-5, 720) })
    await world.subscriber(5, 5)
    for (const date of ['11-24', '11-25', '11-26']) await world.tickAt(`2026-${date} 12:00`)
    expect(await chats()).toEqual(['4', '7', '5', '7'])
  })

  it('goes on with a series where it was, also after something else', async () => {
    const seriesId = await world.series('九严禁')
    for (const place of [1, 2, 3]) await world.content(`第${place}条`, { seriesId, place })
    const contentId = await world.content('别的')
    const id = await everyMorning({
      matter: { seriesId, seriesPlace: 0 },
      audience: { areas: [4] },
    })
    await world.tickAt(`${day} 09:00`)
    await edit(id, { matter: { contentId } })
    await world.tickAt('2026-11-25 09:00')
    await edit(id, { matter: { seriesId, seriesPlace: 0 } })
    await world.tickAt('2026-11-26 09:00')
    expect(await world.planned()).toEqual(['4: 第1条', '4: 别的', '4: 第2条'])
  })

  it('is changed once, in the audit, and not by who saw something else', async () => {
    const id = await everyMorning()
    const was = wordingOf(await get(id))
    expect(await edit(id, {}, was)).toBe('unchanged')
    expect(await edit(id, { missed: 'skip', name: '早上好' }, was)).toBe('changed')
    expect(await edit(id, { missed: 'ask' }, was)).toBe('outdated')
    expect(await get(id)).toMatchObject({ missed: 'skip', name: '早上好', state: 'active' })
    expect(isOffsetRule((await get(id)).rule)).toBe(false)
    const line = await db.auditLine.findFirst({ orderBy: { id: 'desc' } })
    expect(line).toMatchObject({
      action: 'reminder changed',
      subject: `reminder:${id}`,
      detail: { name: '提醒 → 早上好', missed: 'late → skip' },
    })
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
  })

  it('that waits for an answer about a missed time waits no longer when its time changes', async () => {
    const id = await everyMorning({ missed: 'ask' })
    await world.tickAt(`${day} 15:00`)
    expect(await world.runs()).toEqual([`${day}T09:00 asked 0 missed`])
    await edit(id, { rule: { cron: '0 16 * * *' } })
    expect(await world.runs()).toEqual([`over:1:${day}T09:00 skipped 0 missed`])
    await world.tickAt(`${day} 16:00`)
    expect(await world.planned()).toHaveLength(2)
  })
})
