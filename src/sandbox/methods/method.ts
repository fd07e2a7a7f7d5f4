/** What a method of the Bot API is made of, and what it gets to work with. */
import type { z } from 'zod'
import { badRequest, type Refusal } from '../errors.ts'
import type { Journal } from '../journal.ts'
import type { Limiter } from '../limits.ts'
import type { Settings } from '../options.ts'
import type { Bot } from '../world/state.ts'
import type { World } from '../world/world.ts'
import type { Upload } from './params.ts'

export interface CallContext {
  world: World
  bot: Bot
  limiter: Limiter
  journal: Journal
  settings: Settings
  delivery: Delivery
  /** Files of a multipart body, for `attach://name`. */
  uploads: ReadonlyMap<string, Upload>
  /** Aborted when the caller hangs up. Made on demand: a send never looks. */
  hangUp: () => AbortSignal
}

/** The side of update delivery that methods can see. */
export interface Delivery {
  poll(bot: Bot, request: PollRequest, signal: AbortSignal): Promise<unknown[]>
  /** Ends a waiting getUpdates with this conflict. */
  terminatePoll(botId: number, reason: string): void
  /** Forgets what is under way and starts again with the bot's present webhook. */
  restartWebhook(bot: Bot): void
}

export interface PollRequest {
  offset: number
  limit: number
  timeoutSeconds: number
}

export interface Method<S extends z.ZodType = z.ZodType> {
  params: S
  run(context: CallContext, raw: unknown): unknown
}

/** `missing`: what Telegram says when a required parameter is not there. */
export function defineMethod<S extends z.ZodType>(definition: {
  params: S
  missing?: Record<string, () => Refusal>
  handle(context: CallContext, params: z.output<S>): unknown
}): Method<S> {
  const { params, missing, handle } = definition
  return {
    params,
    run(context, raw) {
      const parsed = params.safeParse(raw)
      if (!parsed.success) throw wrongParameter(parsed.error, raw, missing)
      return handle(context, parsed.data)
    },
  }
}

const MISSING: Record<string, () => Refusal> = {
  chat_id: () => badRequest('chat_id is empty'),
  from_chat_id: () => badRequest('chat_id is empty'),
  message_id: () => badRequest('message identifier is not specified'),
  message_ids: () => badRequest('message identifiers are not specified'),
  text: () => badRequest('message text is empty'),
  user_id: () => badRequest('invalid user_id specified'),
  file_id: () => badRequest('file_id not specified'),
}

function wrongParameter(
  error: z.ZodError,
  raw: unknown,
  missing: Record<string, () => Refusal> = {},
): Refusal {
  const issue = error.issues[0]
  const name = String(issue?.path[0] ?? 'parameters')
  const given = (raw as Record<string, unknown> | null | undefined)?.[name]
  if (given === undefined || given === '') {
    const refusal = missing[name] ?? MISSING[name]
    return refusal ? refusal() : badRequest(`parameter "${name}" is required`)
  }
  if (name === 'reply_markup') {
    if (typeof given === 'string' && !isJson(given)) {
      return badRequest("can't parse reply keyboard markup JSON object")
    }
    if (!isObjectLike(given)) return badRequest('object expected as reply markup')
  }
  return badRequest(`can't parse parameter "${path(issue)}": ${issue?.message ?? 'invalid value'}`)
}

function path(issue: z.core.$ZodIssue | undefined): string {
  return issue?.path.map(String).join('.') ?? ''
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isObjectLike(given: unknown): boolean {
  const value: unknown = typeof given === 'string' ? JSON.parse(given) : given
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
