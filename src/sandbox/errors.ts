/** Telegram's refusals, in its own words. Thrown by methods, answered in one place. */

export interface RefusalParameters {
  retry_after?: number
  migrate_to_chat_id?: number
}

export class Refusal extends Error {
  readonly code: number
  readonly parameters: RefusalParameters | undefined
  constructor(code: number, description: string, parameters?: RefusalParameters) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export function refusalBody(refusal: Refusal): string {
  return JSON.stringify({
    ok: false,
    error_code: refusal.code,
    description: refusal.message,
    ...(refusal.parameters && { parameters: refusal.parameters }),
  })
}

export const badRequest = (text: string) => new Refusal(400, `Bad Request: ${text}`)
export const forbidden = (text: string) => new Refusal(403, `Forbidden: ${text}`)
export const conflict = (text: string) => new Refusal(409, `Conflict: ${text}`)
export const unauthorized = () => new Refusal(401, 'Unauthorized')
export const notFound = () => new Refusal(404, 'Not Found')

export const tooManyRequests = (seconds: number) =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })

export const chatNotFound = () => badRequest('chat not found')
export const threadNotFound = () => badRequest('message thread not found')

export const migrated = (chatId: number) =>
  new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    migrate_to_chat_id: chatId,
  })

/** People asked for something that cannot be: answered by the control API as `{ error }`. */
export class Misuse extends Error {
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}
