/**
 * Telegram's sending limits. A bot and a chat fill a bucket at their rate (a full bucket of one
 * second, or of the burst); a group is counted in a sliding minute. A refused message uses up nothing.
 */
import type { Limits, ViolationKind, Violations } from './control/schemas.ts'

const MINUTE_MS = 60_000
/** Chats whose bucket is full again are forgotten once there are so many, or twice what was left. */
const KEPT_CHATS = 50_000

interface Sending {
  botId: number
  chatId: number
  isGroup: boolean
  isPaid: boolean
  count: number
}

export interface Limiter {
  limits: Limits
  violations: Violations
  /** Seconds to wait, or null when the messages may go out now. */
  takeMessages(sending: Sending): number | null
  takeEdit(sending: Omit<Sending, 'isPaid' | 'count'>): number | null
  resetViolations(): void
  /** Also forgets what was sent. */
  clear(): void
}

interface Bucket {
  tokens: number
  at: number
}

export function createLimiter(limits: Limits, nowMs: () => number): Limiter {
  const bots = new Map<string, Bucket>()
  const chats = new Map<string, Bucket>()
  const groups = new Map<string, number[]>()
  const edits = new Map<string, number[]>()
  let pruneAbove = KEPT_CHATS

  const limiter: Limiter = {
    limits: { ...limits },
    violations: noViolations(),
    takeMessages({ botId, chatId, isGroup, isPaid, count }) {
      const { limits: now } = limiter
      const botRate = isPaid ? now.bot_paid_per_second : now.bot_per_second
      const key = `${botId} ${chatId}`
      const at = nowMs()
      const bot = botRate && fill(bots, `${botId} ${isPaid}`, botRate, botRate, at)
      const chat = now.chat_per_second && fill(chats, key, now.chat_per_second, now.chat_burst, at)
      const group = isGroup && now.group_per_minute ? recent(groups, key, at) : null
      const botMs = bot && botRate ? shortage(bot, count, botRate, botRate) : 0
      const chatMs =
        chat && now.chat_per_second ? shortage(chat, count, now.chat_per_second, now.chat_burst) : 0
      const groupMs = group ? windowWait(group, count, now.group_per_minute ?? 0, at) : 0
      if (botMs > 0) limiter.violations[isPaid ? 'bot_paid' : 'bot'] += 1
      if (chatMs > 0) limiter.violations.chat += 1
      if (groupMs > 0) limiter.violations.group += 1
      const waitMs = Math.max(botMs, chatMs, groupMs)
      if (waitMs > 0) return Math.ceil(waitMs / 1000)
      if (bot) bot.tokens -= count
      if (chat) chat.tokens -= count
      for (let n = 0; group && n < count; n += 1) group.push(at)
      if (chats.size > pruneAbove) forgetFull(now.chat_burst)
      return null
    },
    takeEdit({ botId, chatId, isGroup }) {
      const rate = limiter.limits.group_edits_per_minute
      if (!isGroup || !rate) return null
      const at = nowMs()
      const window = recent(edits, `${botId} ${chatId}`, at)
      const waitMs = windowWait(window, 1, rate, at)
      if (waitMs > 0) {
        limiter.violations.group_edit += 1
        return Math.ceil(waitMs / 1000)
      }
      window.push(at)
      return null
    },
    resetViolations() {
      limiter.violations = noViolations()
    },
    clear() {
      for (const memory of [bots, chats, groups, edits]) memory.clear()
      limiter.resetViolations()
    },
  }

  /** Refilled only when somebody looks. */
  function fill(
    buckets: Map<string, Bucket>,
    key: string,
    rate: number,
    burst: number,
    at: number,
  ): Bucket {
    let bucket = buckets.get(key)
    if (!bucket) {
      bucket = { tokens: burst, at }
      buckets.set(key, bucket)
    }
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * rate)
    bucket.at = at
    return bucket
  }

  function forgetFull(burst: number): void {
    const rate = limiter.limits.chat_per_second ?? 1
    const at = nowMs()
    for (const [key, bucket] of chats) {
      if (bucket.tokens + ((at - bucket.at) / 1000) * rate >= burst) chats.delete(key)
    }
    pruneAbove = Math.max(KEPT_CHATS, chats.size * 2)
  }

  return limiter
}

function noViolations(): Violations {
  const none: Record<ViolationKind, number> = {
    bot: 0,
    bot_paid: 0,
    chat: 0,
    group: 0,
    group_edit: 0,
  }
  return none
}

/** An album larger than the bucket may go out of a full one, else it never could. */
function shortage(bucket: Bucket, count: number, rate: number, burst: number): number {
  const missing = Math.min(count, burst) - bucket.tokens
  // Refilling in fractions leaves a full token a hair short of one.
  return missing > 1e-6 ? (missing / rate) * 1000 : 0
}

function recent(windows: Map<string, number[]>, key: string, at: number): number[] {
  const known = windows.get(key)
  if (!known) {
    const fresh: number[] = []
    windows.set(key, fresh)
    return fresh
  }
  while (known[0] !== undefined && known[0] <= at - MINUTE_MS) known.shift()
  return known
}

function windowWait(window: number[], count: number, rate: number, at: number): number {
  const excess = window.length + Math.min(count, rate) - rate
  if (excess <= 0) return 0
  return (window[excess - 1] ?? at) + MINUTE_MS - at
}
