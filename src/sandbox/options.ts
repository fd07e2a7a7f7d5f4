/** What a stand-in can be told, and what it does when told nothing. */
import type { Limits } from './control/schemas.ts'
import type { Snapshot } from './world/snapshot.ts'

export interface StandInOptions {
  /** Milliseconds since 1970. */
  now?: () => number
  /** Moves the clock that `now` reads; without it the clock cannot be set through the control API. */
  advanceClock?: (ms: number) => void
  /** Rates to hold bots to; `null` switches one off. */
  limits?: Partial<Limits>
  /** Makes this bot from the start. */
  bot?: { token: string; username?: string; first_name?: string; privacy_mode?: boolean }
  /** Any well-formed token makes a bot on its first call. */
  openTokens?: boolean
  /** Username of bots that are made on their first call. */
  botUsername?: string
  /** The first update_id of every bot. */
  updateIdBase?: number
  snapshot?: Snapshot
  /** Keep parameters and results of every call in the log. */
  keepBodies?: boolean
  /** Entries the log keeps before it lets the oldest go. */
  logCapacity?: number
  /** How long after the press an answer is taken. */
  callbackAnswerSeconds?: number
  /** Webhook: first pause after the immediate retry; doubles up to `webhookMaxRetryMs`. */
  retryScaleMs?: number
  webhookMaxRetryMs?: number
  webhookTimeoutMs?: number
  /** How many milliseconds a second of getUpdates `timeout` and of `Retry-After` lasts. */
  secondMs?: number
  /** Fastify's logger; off unless given. */
  logger?: boolean
}

export type Settings = Required<
  Omit<StandInOptions, 'advanceClock' | 'bot' | 'snapshot' | 'botUsername'>
> &
  Pick<StandInOptions, 'advanceClock' | 'bot' | 'snapshot' | 'botUsername'> & { limits: Limits }

/** Telegram's published rates; the burst is not published. */
const DEFAULT_LIMITS: Limits = {
  bot_per_second: 30,
  bot_paid_per_second: 1000,
  chat_per_second: 1,
  chat_burst: 3,
  group_per_minute: 20,
  group_edits_per_minute: null,
}

export function resolveOptions(options: StandInOptions): Settings {
  return {
    now: Date.now,
    openTokens: options.bot === undefined,
    updateIdBase: 100_000_001,
    keepBodies: true,
    logCapacity: 1_000_000,
    callbackAnswerSeconds: 15,
    retryScaleMs: 2_000,
    webhookMaxRetryMs: 60_000,
    webhookTimeoutMs: 60_000,
    secondMs: 1_000,
    logger: false,
    ...withoutUndefined(options),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  }
}

/** So that an option passed on as undefined does not push its default aside. */
function withoutUndefined(options: StandInOptions): StandInOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
