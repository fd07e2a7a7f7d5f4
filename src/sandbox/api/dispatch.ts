/** One call of a bot, from its parameters to Telegram's answer, with the faults that were ordered. */
import type { Deliverer } from '../delivery/deliver.ts'
import { notFound, Refusal, refusalBody, tooManyRequests, unauthorized } from '../errors.ts'
import type { Faults, FaultTarget } from '../faults.ts'
import type { Journal, Outcome } from '../journal.ts'
import type { Limiter } from '../limits.ts'
import type { CallContext, Method } from '../methods/method.ts'
import type { Upload } from '../methods/params.ts'
import type { Settings } from '../options.ts'
import { createBot, parseToken } from '../world/people.ts'
import type { Bot } from '../world/state.ts'
import type { World } from '../world/world.ts'

export interface Parts {
  world: World
  settings: Settings
  limiter: Limiter
  faults: Faults
  journal: Journal
  delivery: Deliverer
  methods: ReadonlyMap<string, { name: string; method: Method }>
  /** Aborted when the stand-in stops, so that nothing waits any longer. */
  closing: AbortSignal
}

/** `cut`: the connection is to be destroyed instead. */
export type Answer =
  | { kind: 'answer'; status: number; body: string; type: string; retryAfter?: number }
  | { kind: 'cut' }

export interface Call {
  token: string
  method: string
  params: Record<string, unknown>
  uploads: ReadonlyMap<string, Upload>
  hangUp: () => AbortSignal
}

const JSON_TYPE = 'application/json'

export function findBot(parts: Parts, token: string): Bot | null {
  const id = parseToken(token)
  if (id === null) return null
  const known = parts.world.state.bots.get(id)
  if (known) return known.token === token && !known.revoked ? known : null
  if (!parts.settings.openTokens) return null
  return createBot(parts.world, { token, username: parts.settings.botUsername })
}

export function answerCall(parts: Parts, call: Call): Answer | Promise<Answer> {
  if (parseToken(call.token) === null) return refuse(notFound())
  const bot = findBot(parts, call.token)
  if (!bot) return refuse(unauthorized())
  const found = parts.methods.get(call.method.toLowerCase())
  const name = found?.name ?? call.method
  const entry = parts.journal.begin({ botId: bot.user.id, method: name, params: call.params })
  const finish = (answer: Answer, outcome: Omit<Outcome, 'status'>): Answer => {
    const status = answer.kind === 'answer' ? answer.status : 0
    parts.journal.finish(entry, { status, ...outcome })
    return answer
  }
  const act = () => (found ? run(parts, bot, found.method, call, finish) : unknown(finish))

  const target = { name, botId: bot.user.id, chatId: chatIdOf(call.params) }
  const fault = parts.faults.takeCall(target)
  return fault ? playFault(parts, fault, act, finish) : act()
}

type Finish = (answer: Answer, outcome: Omit<Outcome, 'status'>) => Answer

function unknown(finish: Finish): Answer {
  const refusal = notFound()
  return finish(refuse(refusal), { description: refusal.message })
}

function run(
  parts: Parts,
  bot: Bot,
  method: Method,
  call: Pick<Call, 'params' | 'uploads' | 'hangUp'>,
  finish: Finish,
): Answer | Promise<Answer> {
  const context: CallContext = { ...parts, bot, uploads: call.uploads, hangUp: call.hangUp }
  const failed = (error: unknown): Answer => {
    const refusal = error instanceof Refusal ? error : internal(error)
    return finish(refuse(refusal), { description: refusal.message })
  }
  const done = (result: unknown): Answer => finish(success(result), { result })
  try {
    const result = method.run(context, call.params)
    // Most methods answer at once; a promise for each would cost a turn of the loop per message.
    return result instanceof Promise ? result.then(done, failed) : done(result)
  } catch (error) {
    return failed(error)
  }
}

function internal(error: unknown): Refusal {
  const text = error instanceof Error ? error.message : String(error)
  return new Refusal(500, `Internal Server Error: ${text}`)
}

function success(result: unknown): Answer {
  const body = `{"ok":true,"result":${JSON.stringify(result)}}`
  return { kind: 'answer', status: 200, type: JSON_TYPE, body }
}

export function refuse(refusal: Refusal): Answer {
  return {
    kind: 'answer',
    status: refusal.code,
    type: JSON_TYPE,
    body: refusalBody(refusal),
    retryAfter: refusal.parameters?.retry_after,
  }
}

async function playFault(
  parts: Parts,
  fault: NonNullable<ReturnType<Faults['takeCall']>>,
  act: () => Answer | Promise<Answer>,
  finish: Finish,
): Promise<Answer> {
  const broken = (status: number, body: string, type: string): Answer =>
    finish({ kind: 'answer', status, body, type }, { fault: fault.kind })
  const refused = (refusal: Refusal): Answer =>
    finish(refuse(refusal), { description: refusal.message, fault: fault.kind })
  switch (fault.kind) {
    case 'rate-limited':
      return refused(tooManyRequests(fault.retry_after))
    case 'server-error':
      return refused(new Refusal(500, 'Internal Server Error: restart'))
    case 'unauthorized':
      return refused(unauthorized())
    case 'bad-gateway':
      return broken(502, BAD_GATEWAY, 'text/html')
    case 'malformed':
      return broken(200, '{"ok":true,"result":{"message_id":', JSON_TYPE)
    case 'refuse':
      return finish({ kind: 'cut' }, { fault: fault.kind })
    case 'cut':
      await act()
      return finish({ kind: 'cut' }, { fault: fault.kind })
    default:
      await parts.faults.released(fault)
      return act()
  }
}

const BAD_GATEWAY =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n'

function chatIdOf(params: Record<string, unknown>): FaultTarget['chatId'] {
  const id = Number(params.chat_id)
  return params.chat_id !== undefined && Number.isFinite(id) ? id : undefined
}

/** Methods whose result would be lost in an answer to a webhook. */
const NOT_BY_WEBHOOK = /^(?:get|setwebhook|deletewebhook|close|logout)/i

/** Runs the call a webhook answered with; its result is nobody's. */
export function runWebhookReply(parts: Parts, bot: Bot, body: string): void {
  const params = parseReply(body)
  const method = typeof params?.method === 'string' ? params.method : ''
  if (!params || method === '' || NOT_BY_WEBHOOK.test(method)) return
  const hangUp = () => new AbortController().signal
  void answerCall(parts, { token: bot.token, method, params, uploads: new Map(), hangUp })
}

function parseReply(body: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null
  } catch {
    return null
  }
}
