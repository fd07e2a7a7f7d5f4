import { beforeEach, describe, expect, it } from 'vitest'
import { pauseReminder, resumeReminder } from '../../src/reminders/change-reminder.ts'
import { readMoves } from '../../src/reminders/preview-move.ts'
import { findReminder } from '../../src/reminders/reminder-store.ts'
import { answerMissedRun, countByHand, runByHand } from '../../src/reminders/run-by-hand.ts'
import { sendReminders } from '../../src/reminders/send-reminders.ts'
import { createReminderWorld, timezone } from './reminder-world.ts'

const world = await createReminderWorld()
const { db, deps } = world
const day = '2026-11-24'

/** 4, 5: villages of 龙洲街道. 7, 8: of 湖镇镇. 11: of 贺村镇. */
beforeEach(async () => {
  await world.reset({ 3: '2026-11-29', 6: '2026-11-30' })
  world.at('2026-11-23 10:00')
})

describe('a reminder by the clock', () => {
  const everyMorning = async (more: object = {}) => {
    const contentId = await world.content('规矩')
    return world.reminder({ rule: { cron: '0 9 * * *' }, matter: { contentId }, ...more })
  }

  it('reaches everybody once, in whatever process the minute comes', async () => {
    await everyMorning()
    await world.subscriber(1, 4)
    await world.subscriber(2, 11)
    await world.tickAt(`${day} 08:59`)
    await Promise.all([
      world.tickAt(`${day} 09:00`),
      world.tickAt(`${day} 09:00`, world.process()),
      world.tickAt(`${day} 09:00`, world.process()),
    ])
    await world.tickAt(`${day} 09:01`)
    // The clock of the machine is set back, and the minute comes again.
    await world.tickAt(`${day} 09:00`)
    expect(await world.planned()).toEqual(['1: 规矩', '2: 规矩'])
    expect(await world.runs()).toEqual([`${day}T09:00 sent 2`])
    await world.tickAt('2026-11-25 09:00')
    expect(await world.runs()).toHaveLength(2)
  })

  it('that cannot be planned holds up no other of its minute', async () => {
    for (const name of ['一', '二', '三']) await everyMorning({ name })
    await world.subscriber(1, 4)
    await db.$executeRawUnsafe(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.name LIKE '二 %' THEN RAISE 'refused'; END IF; RETURN NEW; END $$`)
    await db.$executeRaw`CREATE TRIGGER refuse BEFORE INSERT ON delivery_queue FOR EACH ROW EXECUTE FUNCTION refuse()`
    world.at(`${day} 09:00`)
    expect(await sendReminders(db, deps)).toBe(2)
    expect(
      world.logLines.splice(0).filter((line) => line.includes('reminder failed')),
    ).toHaveLength(1)
    expect(await world.planned()).toEqual(['1: 规矩', '1: 规矩'])
    await db.$executeRaw`DROP FUNCTION refuse CASCADE`
    // With what was in the way gone, the next minute has it.
    expect(await world.tickAt(`${day} 09:01`)).toBe(1)
    expect(await world.planned()).toHaveLength(3)
  })

  it('comes at the hour that somebody chose', async () => {
    await everyMorning()
    await world.subscriber(1, 4)
    await world.subscriber(2, 4, 8)
    await world.subscriber(3, 5, 19)
    await world.tickAt(`${day} 08:00`)
    expect(await world.planned()).toEqual(['2: 规矩'])
    await world.tickAt(`${day} 09:00`)
    expect(await world.planned()).toEqual(['2: 规矩', '1: 规矩'])
    for (const minute of ['09:01', '12:00', '19:00', '19:01', '20:00'])
      await world.tickAt(`${day} ${minute}`)
    expect(await world.planned()).toEqual(['2: 规矩', '1: 规矩', '3: 规矩'])
    expect(await world.runs()).toEqual([`${day}T09:00 sent 3`])
  })

  it('sends in the hours of the day only, also what is left over', async () => {
    await everyMorning()
    await world.subscriber(1, 4)
    await world.tickAt(`${day} 09:00`)
    expect(await db.deliveryQueue.findMany()).toMatchObject([
      { sendFrom: 450, sendUntil: 1260, state: 'open' },
    ])
  })

  it('goes through a series, one at a time, and only on when somebody got it', async () => {
    const seriesId = await world.series('九严禁')
    for (const place of [1, 2]) await world.content(`第${place}条`, { seriesId, place })
    const id = await everyMorning({ matter: { seriesId, seriesPlace: 0 } })
    await world.admin()
    await world.tickAt(`${day} 09:00`)
    expect(await world.runs()).toEqual([`${day}T09:00 nothing 0 nobody`])
    await world.subscriber(1, 4)
    for (const next of [25, 26, 27, 28]) await world.tickAt(`2026-11-${next} 09:00`)
    expect(await world.planned()).toEqual(['1: 第1条', '1: 第2条'])
    expect((await world.runs()).at(-1)).toBe('2026-11-27T09:00 nothing 0 series-over')
    expect(await findReminder(db, id)).toMatchObject({ state: 'ended' })
    expect(await world.told()).toEqual([expect.stringContaining('已经发完')])
  })

  it('says so when its content is not published', async () => {
    await everyMorning()
    await db.contentVersion.updateMany({ data: { state: 'withdrawn' } })
    await world.admin()
    await world.subscriber(1, 4)
    await world.tickAt(`${day} 09:00`)
    expect(await world.runs()).toEqual([`${day}T09:00 nothing 0 no-content`])
    expect(await world.told()).toEqual([expect.stringContaining('没有发布')])
  })

  it('leaves out who switched its kind off', async () => {
    await everyMorning()
    const id = await world.subscriber(1, 4)
    await world.subscriber(2, 4)
    await db.subscriber.update({ where: { id }, data: { mutedTopics: ['reminder'] } })
    await world.tickAt(`${day} 09:00`)
    expect(await world.planned()).toEqual(['2: 规矩'])
  })

  it('that was missed asks the office, and the first answer counts', async () => {
    await everyMorning({ missed: 'ask' })
    await world.subscriber(1, 4)
    const staffId = await world.admin()
    await world.tickAt(`${day} 15:00`)
    expect(await world.runs()).toEqual([`${day}T09:00 asked 0 missed`])
    expect(await world.told()).toEqual([expect.stringContaining('现在补发吗')])
    const { id: runId = 0 } = (await db.reminderRun.findFirst()) ?? {}
    const answer = (isSent: boolean) =>
      db.$transaction((tx) => answerMissedRun(tx, deps, { runId, isSent, staffId }))
    world.at(`${day} 22:00`)
    expect(await answer(true)).toEqual({ outcome: 'quiet' })
    world.at(`${day} 16:00`)
    expect(await answer(true)).toEqual({ outcome: 'sent', recipients: 1 })
    expect(await answer(false)).toEqual({ outcome: 'answered' })
    await world.tickAt(`${day} 16:01`)
    expect(await world.planned()).toEqual(['1: 规矩'])
    expect(await world.runs()).toEqual([`${day}T09:00 sent 1 by-hand`])
  })

  it('that is paused stops, also in the middle, and passes over what was due meanwhile', async () => {
    const id = await everyMorning()
    await world.subscriber(1, 4)
    await world.subscriber(2, 4, 12)
    const staffId = await world.admin()
    const by = () => ({ now: deps.now(), timezone, staffId })
    await world.tickAt(`${day} 09:00`)
    expect(await db.$transaction((tx) => pauseReminder(tx, by(), id))).toBe(true)
    expect(await db.deliveryQueue.findMany()).toMatchObject([{ state: 'paused' }])
    await world.tickAt(`${day} 12:00`)
    world.at(`${day} 13:00`)
    expect(await db.$transaction((tx) => resumeReminder(tx, by(), id))).toBe(true)
    await world.tickAt(`${day} 13:01`)
    expect(await world.planned()).toEqual(['1: 规矩'])
    expect(await db.deliveryQueue.findMany()).toMatchObject([{ state: 'open' }])
    await world.tickAt('2026-11-25 09:00')
    expect(await world.planned()).toEqual(['1: 规矩', '1: 规矩'])
    expect(await db.$transaction((tx) => resumeReminder(tx, by(), id))).toBe(false)
  })

  it('can be sent by hand, once a minute at most and not at night', async () => {
    const id = await everyMorning()
    await world.subscriber(1, 4)
    await world.subscriber(2, 4, 19)
    const staffId = await world.admin()
    const send = () => db.$transaction((tx) => runByHand(tx, deps, { reminderId: id, staffId }))
    world.at(`${day} 06:00`)
    expect(await send()).toEqual({ outcome: 'quiet' })
    world.at(`${day} 10:00`)
    const reminder = await findReminder(db, id)
    expect(reminder && (await countByHand(db, deps, reminder))).toMatchObject({
      people: 2,
      areas: 1,
    })
    expect(await send()).toEqual({ outcome: 'sent', recipients: 2 })
    expect(await send()).toEqual({ outcome: 'answered' })
    expect(await world.planned()).toHaveLength(2)
  })
})

describe('a reminder of days', () => {
  const fiveDays = async (more: object = {}) => {
    const contentId = await world.content('{村名}还有{天数}天')
    const rule = { offsetDays: -5, atMinute: 540 }
    return world.reminder({ rule, matter: { contentId }, ...more })
  }
  beforeEach(async () => {
    for (const areaId of [4, 5, 7, 8, 11]) await world.subscriber(areaId, areaId)
  })

  it('goes to each village on its own day, once, with its own words', async () => {
    await fiveDays()
    for (const date of ['11-23', '11-24', '11-25', '11-26'])
      for (const minute of ['07:30', '09:00', '09:01', '20:59'])
        await world.tickAt(`2026-${date} ${minute}`)
    expect(await world.planned()).toEqual([
      '4: 山底村还有5天',
      '5: 下村还有5天',
      '7: 山底村还有5天',
      '8: 大街社区还有5天',
    ])
    expect(await world.runs()).toEqual(['2026-11-24 sent 2', '2026-11-25 sent 2'])
  })

  const sendAll = () => db.delivery.updateMany({ data: { state: 'sent' } })

  it('takes back what waits where the day moves away on the very day, and tells of the new one', async () => {
    await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await db.delivery.updateMany({ where: { id: 1 }, data: { state: 'sent' } })
    const moved = [4, 5].map((areaId) => ({ areaId, from: '2026-11-29', to: '2026-12-01' }))
    const { tree } = await deps.directory.current(db)
    const effects = await readMoves(db, { tree, now: deps.now(), timezone }, moved)
    expect(effects.map(({ effect, villages }) => `${effect} ${villages}`)).toEqual([
      'sent 1',
      'moved 1',
    ])
    await world.setDay(3, '2026-12-01')
    await world.tickAt(`${day} 09:01`)
    const planned = await db.delivery.findMany({ where: { lane: 'bulk' }, orderBy: { id: 'asc' } })
    expect(planned).toMatchObject([{ state: 'sent' }, { state: 'cancelled' }])
    await world.tickAt('2026-11-26 09:00')
    expect((await world.planned()).slice(2)).toEqual(['5: 下村还有5天'])
  })

  it('comes once for each of a village whose day moves in the middle of it, also for those of a later hour', async () => {
    await world.subscriber(14, 4, 20)
    await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await sendAll()
    const { tree } = await deps.directory.current(db)
    const move = [{ areaId: 4, from: '2026-11-29', to: '2026-12-01' }]
    const effects = await readMoves(db, { tree, now: deps.now(), timezone }, move)
    expect(effects).toMatchObject([{ effect: 'moved', villages: 1 }])
    await world.setDay(4, '2026-12-01')
    for (const minute of ['12:00', '20:00']) await world.tickAt(`${day} ${minute}`)
    await sendAll()
    for (const minute of ['09:00', '20:00']) await world.tickAt(`2026-11-26 ${minute}`)
    const planned = (await world.planned()).filter((line) => /^1?4:/.test(line))
    expect(planned).toEqual(['4: 山底村还有5天', '14: 山底村还有5天'])
  })

  it('goes on where the day moves away by mistake and back within minutes', async () => {
    await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await world.setDay(3, '2026-12-19')
    await world.tickAt(`${day} 09:01`)
    await world.setDay(3, '2026-11-29')
    await world.tickAt(`${day} 09:02`)
    const waiting = await db.delivery.findMany({ where: { lane: 'bulk', state: 'pending' } })
    expect(waiting.map(({ recipientId }) => recipientId)).toEqual([1, 2])
  })

  it('does not come again where the day moves away afterwards, and comes where it moves before', async () => {
    await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await sendAll()
    // 4 had it; 7 did not yet; 11 gets its first day.
    await world.setDay(4, '2026-12-01')
    await world.setDay(7, '2026-12-03')
    await world.setDay(11, '2026-11-29')
    for (const date of ['11-24', '11-25', '11-26', '11-27', '11-28', '11-29', '11-30'])
      await world.tickAt(`2026-${date} 09:30`)
    expect((await world.planned()).map((line) => line.split(':')[0])).toEqual([
      ...['4', '5', '11', '8', '7'],
    ])
  })

  it('comes once also when the day moves across New Year, and again at the next election', async () => {
    await world.setDay(11, '2026-12-30')
    await fiveDays({ audience: { areas: [10] } })
    await world.tickAt('2026-12-25 09:00')
    await world.setDay(11, '2027-01-09')
    await world.tickAt('2027-01-04 09:00')
    expect(await world.planned()).toHaveLength(1)
    await world.setDay(11, '2028-01-09')
    await world.tickAt('2028-01-04 09:00')
    expect(await world.planned()).toHaveLength(2)
  })

  it('gives a village that moved away before its hour the reminder on its new day', async () => {
    await db.subscriber.updateMany({ where: { areaId: 5 }, data: { hour: 8 } })
    await fiveDays()
    await world.tickAt(`${day} 08:00`)
    await world.setDay(4, '2026-12-10')
    await world.tickAt(`${day} 09:00`)
    expect(await world.planned()).toEqual(['5: 下村还有5天'])
    await world.tickAt('2026-12-05 09:00')
    expect((await world.planned()).at(-1)).toBe('4: 山底村还有5天')
  })

  it('gives up in the night what it could not send on its day', async () => {
    await fiveDays()
    await world.tickAt(`${day} 09:00`)
    await world.tickAt('2026-11-25 00:00')
    const states = await db.delivery.findMany({ where: { lane: 'bulk' } })
    expect(states.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  })

  it('by hand goes to villages that are at this step and had none', async () => {
    const id = await fiveDays({ rule: { offsetDays: -12, atMinute: 540 } })
    const staffId = await world.admin()
    await world.setDay(4, '2026-12-20')
    world.at('2026-11-23 12:00')
    // 5 is six days before its day, still in the step that began twelve days before; 7 and 8 seven.
    const sent = await db.$transaction((tx) => runByHand(tx, deps, { reminderId: id, staffId }))
    expect(sent).toEqual({ outcome: 'sent', recipients: 3 })
    expect((await world.planned()).map((line) => line.split(':')[0])).toEqual(['5', '7', '8'])
  })
})
