import { createRhythm, createSlidingWindow, type Gate } from './rate-gates.ts'

/** At most `count` sends in any `perMs`. */
export type Limit = { count: number; perMs: number }
/** One send each `everyMs`; after a pause up to `burst` at once. */
export type Rhythm = { burst: number; everyMs: number }

/** Telegram's limits; every value can be set, so that a stand-in without limits fits too. */
export type PaceLimits = { bot: Limit; paid: Limit; chat: Rhythm; group: Limit }

/**
 * 30/s per bot, 1,000/s with paid broadcast, about 1/s per chat with a short burst, 20/min per group
 * (core.telegram.org/bots/faq). The burst lets a question follow an answer at once: nobody may wait three seconds for
 * the next button. A little longer than the round second, since the wire shifts arrivals.
 */
export const telegramLimits: PaceLimits = {
  bot: { count: 30, perMs: 1_005 },
  paid: { count: 1_000, perMs: 1_005 },
  chat: { burst: 3, everyMs: 1_010 },
  group: { count: 20, perMs: 60_500 },
}

/**
 * Bulk goes out evenly, and at most this part of a limit at once, to catch up. In bursts, the place that an urgent message needs would
 * come free only when the next burst does, up to a second later.
 */
const bulkBurstShare = 1 / 2

/** After a 429 for the whole bot the rate falls to this share of what it was, and not below the lowest share. */
const slowBy = 0.7
const lowestShare = 0.1
/** Without another 429 it rises by this share of the full rate. */
const raiseBy = 0.1
const raiseEveryMs = 10_000

export type Pace = {
  /** Milliseconds until the bot may send so many messages of this price together; 0: now. */
  botWaitMs: (isPaid: boolean, isBulk?: boolean, count?: number) => number
  /** Milliseconds until this chat may get so many together; 0: now. */
  chatWaitMs: (chatId: number, count?: number) => number
  /** Notes that so many messages go to this chat now. */
  take: (chatId: number, isPaid: boolean, count?: number) => void
  /** Telegram asked to wait (429). It does not say whether for the chat or for the bot; what was sent lately tells. */
  holdAfterRefusal: (forMs: number, chatId: number) => 'chat' | 'bot'
  /** Telegram cannot be reached: nothing goes for so long. */
  holdBot: (forMs: number) => void
  status: () => { share: number; heldForMs: number }
}

/** Keeps the limits. Time comes from `nowMs`, which must not go back. */
export function createPace(limits: PaceLimits, nowMs: () => number): Pace {
  const free = createSlidingWindow(limits.bot)
  const paid = createSlidingWindow(limits.paid)
  const even = { free: createEvenRhythm(limits.bot), paid: createEvenRhythm(limits.paid) }
  const chats = new Map<number, Gate[]>()
  let share = 1
  let changedAt = Number.NEGATIVE_INFINITY

  const gatesOf = (chatId: number): Gate[] => {
    const known = chats.get(chatId)
    if (known) return known
    // Group ids are negative.
    const gates = [
      createRhythm(limits.chat),
      ...(chatId < 0 ? [createSlidingWindow(limits.group)] : []),
    ]
    if (chats.size >= forgetAbove) forgetIdle(chats, nowMs())
    chats.set(chatId, gates)
    return gates
  }

  function setShare(next: number): void {
    share = next
    changedAt = nowMs()
    for (const [gate, limit] of [
      [free, limits.bot],
      [paid, limits.paid],
    ] as const)
      gate.setCount(Math.max(1, Math.round(limit.count * share)))
  }

  return {
    botWaitMs: (isPaid, isBulk = false, count = 1) => {
      if (share < 1 && nowMs() - changedAt >= raiseEveryMs) setShare(Math.min(1, share + raiseBy))
      const freeAt = (isPaid ? paid : free).freeAt(count)
      const evenAt = isBulk ? (isPaid ? even.paid : even.free).freeAt(count) : 0
      return Math.max(0, Math.max(freeAt, evenAt) - nowMs())
    },
    chatWaitMs: (chatId, count = 1) =>
      Math.max(0, ...gatesOf(chatId).map((gate) => gate.freeAt(count) - nowMs())),
    take: (chatId, isPaid, count = 1) => {
      const ofBot = isPaid ? [paid, even.paid] : [free, even.free]
      for (const gate of [...ofBot, ...gatesOf(chatId)]) gate.take(nowMs(), count)
    },
    holdAfterRefusal: (forMs, chatId) => {
      const until = nowMs() + forMs
      const gates = gatesOf(chatId)
      // One message into a quiet chat cannot be too many for the chat.
      if (gates.some((gate) => gate.loadAt(nowMs()) > quietLoad)) {
        for (const gate of gates) gate.holdUntil(until)
        return 'chat'
      }
      // What was under way when the bot was told to wait tells nothing new.
      const isKnown = free.heldUntil() > nowMs()
      for (const gate of [free, paid]) gate.holdUntil(until)
      if (!isKnown) setShare(Math.max(lowestShare, share * slowBy))
      return 'bot'
    },
    holdBot: (forMs) => {
      for (const gate of [free, paid]) gate.holdUntil(nowMs() + forMs)
    },
    status: () => ({ share, heldForMs: Math.max(0, free.heldUntil() - nowMs()) }),
  }
}

function createEvenRhythm({ count, perMs }: Limit): Gate {
  return createRhythm({
    burst: Math.max(1, Math.round(count * bulkBurstShare)),
    everyMs: perMs / count,
  })
}

/** Up to this part of what a chat may take, it counts as quiet. */
const quietLoad = 0.4
/** Chats remembered before those that may send freely anyway are forgotten. */
const forgetAbove = 10_000

function forgetIdle(chats: Map<number, Gate[]>, now: number): void {
  for (const [chatId, gates] of chats)
    if (gates.every((gate) => gate.isIdle(now))) chats.delete(chatId)
}
