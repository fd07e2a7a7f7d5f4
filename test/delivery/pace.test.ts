import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPace, type PaceLimits } from '../../src/delivery/pace.ts'

const limits: PaceLimits = {
  bot: { count: 30, perMs: 1_000 },
  paid: { count: 1_000, perMs: 1_000 },
  chat: { burst: 3, everyMs: 1_000 },
  group: { count: 20, perMs: 60_000 },
}

function createClockedPace() {
  const clock = { ms: 1_000_000 }
  const pace = createPace(limits, () => clock.ms)
  const send = (chatId: number, times = 1) => {
    for (let sent = 0; sent < times; sent++) pace.take(chatId, false)
  }
  return { clock, pace, send }
}

describe('the pace', () => {
  it('lets thirty go to different chats at once and the next a second after the first', () => {
    const { pace, send } = createClockedPace()
    for (let chat = 1; chat <= 30; chat++) {
      expect(pace.botWaitMs(false)).toBe(0)
      send(chat)
    }
    expect(pace.botWaitMs(false)).toBe(1_000)
  })

  it('lets paid broadcast go at its own rate', () => {
    const { pace, send } = createClockedPace()
    for (let chat = 1; chat <= 30; chat++) send(chat)
    expect(pace.botWaitMs(true)).toBe(0)
    for (let chat = 1; chat <= 1_000; chat++) pace.take(chat, true)
    expect(pace.botWaitMs(true)).toBe(1_000)
  })

  it('spreads bulk over the second, so that an urgent one finds a place at any time', () => {
    const { pace, clock, send } = createClockedPace()
    let chat = 1
    const waits: number[] = []
    for (; clock.ms < 1_005_000; clock.ms += 1) {
      while (pace.botWaitMs(false, true) === 0) send(chat++)
      if (clock.ms > 1_002_000) waits.push(pace.botWaitMs(false))
    }
    expect(chat).toBeGreaterThan(30 * 5 * 0.95)
    expect(Math.max(...waits)).toBeLessThan(600)
  })

  it('lets a short burst into one chat and then one a second', () => {
    const { pace, clock, send } = createClockedPace()
    send(7, 3)
    expect(pace.chatWaitMs(7)).toBe(1_000)
    expect(pace.chatWaitMs(8)).toBe(0)
    clock.ms += 1_000
    expect(pace.chatWaitMs(7)).toBe(0)
    send(7)
    expect(pace.chatWaitMs(7)).toBe(1_000)
  })

  it('counts every message of an album, for the group as for the bot', () => {
    const { pace, clock } = createClockedPace()
    pace.take(-7, false, 10)
    pace.take(-7, false, 8)
    expect(pace.chatWaitMs(-7, 2)).toBeLessThan(60_000)
    expect(pace.chatWaitMs(-7, 3)).toBe(60_000)
    expect(pace.botWaitMs(false, false, 12)).toBe(0)
    expect(pace.botWaitMs(false, false, 13)).toBe(1_000)
    clock.ms += 60_000
    expect(pace.chatWaitMs(-7, 10)).toBe(0)
  })

  it('lets an album that is larger than a burst go into a quiet chat, and then waits it off', () => {
    const { pace, clock } = createClockedPace()
    expect(pace.chatWaitMs(7, 10)).toBe(0)
    pace.take(7, false, 10)
    expect(pace.chatWaitMs(7)).toBe(8_000)
    clock.ms += 8_000
    expect(pace.chatWaitMs(7)).toBe(0)
    expect(pace.chatWaitMs(7, 10)).toBe(2_000)
  })

  it('never exceeds a limit, whatever the order of sends and pauses', () => {
    const move = fc.record({
      chat: fc.integer({ min: -3, max: 40 }),
      pauseMs: fc.integer({ min: 0, max: 400 }),
      count: fc.constantFrom(1, 1, 1, 4, 10),
    })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 400 }), (all) => {
        const { pace, clock } = createClockedPace()
        const sent: { chat: number; at: number }[] = []
        for (const { chat, pauseMs, count } of all) {
          clock.ms += pauseMs
          // Into this chat one at a time: an album may go beyond its burst.
          const size = chat === 5 ? 1 : count
          if (pace.botWaitMs(false, false, size) > 0 || pace.chatWaitMs(chat, size) > 0) continue
          pace.take(chat, false, size)
          for (let n = 0; n < size; n += 1) sent.push({ chat, at: clock.ms })
        }
        for (const { at } of sent) {
          const inWindow = (perMs: number) =>
            sent.filter((one) => one.at <= at && one.at > at - perMs)
          expect(inWindow(1_000).length).toBeLessThanOrEqual(30)
          const minute = inWindow(60_000).filter(({ chat }) => chat === -1)
          expect(minute.length).toBeLessThanOrEqual(20)
          // Three at once and one in each second since.
          const shortly = inWindow(3_000).filter(({ chat }) => chat === 5)
          expect(shortly.length).toBeLessThanOrEqual(5)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('after a refusal', () => {
  it('holds back the chat that was sent to too often, and nobody else', () => {
    const { pace, send, clock } = createClockedPace()
    send(7, 3)
    expect(pace.holdAfterRefusal(5_000, 7)).toBe('chat')
    expect(pace.chatWaitMs(7)).toBe(5_000)
    expect(pace.botWaitMs(false)).toBe(0)
    clock.ms += 5_000
    expect(pace.chatWaitMs(7)).toBe(0)
  })

  it('holds back the whole bot when the chat was quiet, because then it must be the bot', () => {
    const { pace, send } = createClockedPace()
    send(7)
    expect(pace.holdAfterRefusal(5_000, 7)).toBe('bot')
    expect(pace.botWaitMs(false)).toBe(5_000)
  })

  it('lowers the rate once for all that were under way together', () => {
    const { pace, send } = createClockedPace()
    for (let chat = 1; chat <= 20; chat++) {
      send(chat)
      pace.holdAfterRefusal(5_000, chat)
    }
    expect(pace.status().share).toBe(0.7)
  })

  it('lowers the rate with each and raises it again slowly', () => {
    const { pace, send, clock } = createClockedPace()
    const inOneSecond = () => {
      clock.ms += 1_000
      let sent = 0
      while (pace.botWaitMs(false) === 0) {
        send(1_000 + sent)
        sent += 1
      }
      return sent
    }
    expect(inOneSecond()).toBe(30)
    send(1)
    pace.holdAfterRefusal(0, 1)
    expect(inOneSecond()).toBe(21)
    clock.ms += 10_000
    expect(inOneSecond()).toBe(24)
    for (let tenSeconds = 0; tenSeconds < 3; tenSeconds++) {
      clock.ms += 10_000
      pace.botWaitMs(false)
    }
    expect(inOneSecond()).toBe(30)
    expect(pace.status().share).toBe(1)
  })
})
