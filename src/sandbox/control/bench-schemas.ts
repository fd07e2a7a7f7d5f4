/** The switches of the test bed: clock, limits, faults, log. Part of `schemas.ts`. */
import { z } from 'zod'

/** GET → { now_ms, controllable }; POST /control/clock → the same, later. */
export const advanceClock = z.object({ advance_ms: z.int().positive() })

const rate = z.number().positive().nullable()

/**
 * GET and PATCH /control/limits → Limits. `null` switches one off. Rates are messages a second or a
 * minute; `chat_burst` is how many may come at once before the rate of one chat counts.
 */
export const limits = z.object({
  bot_per_second: rate,
  bot_paid_per_second: rate,
  chat_per_second: rate,
  chat_burst: z.int().positive(),
  group_per_minute: rate,
  group_edits_per_minute: rate,
})
export type Limits = z.infer<typeof limits>
export const changeLimits = limits.partial()

const violationKind = z.enum(['bot', 'bot_paid', 'chat', 'group', 'group_edit'])
export type ViolationKind = z.infer<typeof violationKind>
/** GET /control/violations → Violations; DELETE zeroes them. */
export const violations = z.record(violationKind, z.int())
export type Violations = z.infer<typeof violations>

/**
 * POST /control/faults → FaultView; GET → FaultView[]; DELETE /control/faults, /control/faults/:id.
 *
 * - `rate-limited`: 429 with `retry_after` seconds; `server-error`: 500 JSON; `bad-gateway`: 502 HTML;
 *   `unauthorized`: 401; `malformed`: 200 with broken JSON: none of them acts.
 * - `hang`: no answer for `hang_ms`, or until cleared; then it acts as usual.
 * - `cut`: acts, then cuts the connection instead of answering.
 * - `refuse`: cuts the connection before acting.
 * - `duplicate-update`: the updates that match are delivered twice.
 * - `late-update`: they are held back for `hang_ms`, or until cleared, and overtaken by others.
 */
export const fault = z.object({
  kind: z.enum([
    'rate-limited',
    'server-error',
    'bad-gateway',
    'unauthorized',
    'malformed',
    'hang',
    'cut',
    'refuse',
    'duplicate-update',
    'late-update',
  ]),
  /** Method name, `*` as wildcard (`send*`); for updates the update's type (`callback_query`). */
  match: z.string().default('*'),
  chat_id: z.int().optional(),
  bot_id: z.int().optional(),
  /** How many times; without it until cleared. */
  count: z.int().positive().optional(),
  /** Let so many matching calls pass first. */
  skip: z.int().min(0).default(0),
  retry_after: z.int().positive().default(5),
  hang_ms: z.int().positive().optional(),
})
export type Fault = z.infer<typeof fault>
export const faultView = fault.extend({ id: z.int(), hits: z.int() })
export type FaultView = z.infer<typeof faultView>

/** GET /control/log → LogPage, in order of arrival; DELETE empties it. */
export const logQuery = z.object({
  after: z.coerce.number().int().default(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(1000),
  /** The newest so many that match, instead of the first `limit` after `after`. */
  last: z.coerce.number().int().min(1).max(100_000).optional(),
  method: z.string().optional(),
  chat_id: z.coerce.number().int().optional(),
  ok: z.stringbool().optional(),
})

const logEntry = z.object({
  seq: z.int(),
  /** By the stand-in's clock, and by a clock that never jumps; both in milliseconds. */
  at_ms: z.number(),
  monotonic_ms: z.number(),
  bot_id: z.int(),
  method: z.string(),
  chat_id: z.union([z.int(), z.string()]).optional(),
  /** 0 while the call is under way or when the connection was cut without an answer. */
  status: z.int(),
  description: z.string().optional(),
  fault: z.string().optional(),
  message_id: z.int().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  result: z.unknown().optional(),
})
export type LogEntry = z.infer<typeof logEntry>
/** `dropped`: how many older entries the log has let go. */
export const logPage = z.object({
  entries: z.array(logEntry),
  next_after: z.int(),
  dropped: z.int(),
})
export type LogPage = z.infer<typeof logPage>

/** GET /control/counters?chat_id=: calls by method and status, and messages stored per chat. */
export const counters = z.object({
  calls: z.record(z.string(), z.record(z.string(), z.int())),
  messages_sent: z.int(),
  chats_reached: z.int(),
  /** How many chats got how many messages: `{ "1": 99_998, "2": 2 }` shows two doubles. */
  chats_by_messages: z.record(z.string(), z.int()),
  messages_to_chat: z.int().optional(),
})
export type Counters = z.infer<typeof counters>
