import { GrammyError, HttpError } from 'grammy'
import type { SendOutcome } from '../delivery/outgoing.ts'

/** What a 400 or 403 of Telegram means for us, by the words it contains. First match wins. */
const refusals: [
  RegExp,
  'gone' | 'route' | 'edit-gone' | 'edit-refused' | 'reply-gone' | 'no-file' | 'done',
][] = [
  [/message is not modified/, 'done'],
  [/message to edit not found|message to delete not found/, 'edit-gone'],
  // There, and older than Telegram lets it be changed.
  [/message can't be edited|message can't be deleted/, 'edit-refused'],
  [/MESSAGE_ID_INVALID|message identifier is not specified/, 'edit-gone'],
  // Asked not to mind; some kinds of messages mind nevertheless.
  [/message to (?:be replied|reply) not found|reply message not found/, 'reply-gone'],
  [
    /wrong (?:remote )?file.?(?:identifier|_id)|wrong file_id|temporarily unavailable|FILE_REFERENCE_/,
    'no-file',
  ],
  [/FILE_PARTS?_|IMAGE_PROCESS_FAILED|WEBPAGE_CURL_FAILED/, 'no-file'],
  [/bot was blocked by the user|user is deactivated|bot can't initiate conversation/, 'gone'],
  [/chat not found|bot was kicked|bot is not a member|group chat was deleted/, 'gone'],
  [/PEER_ID_INVALID|USER_IS_BLOCKED|INPUT_USER_DEACTIVATED|CHANNEL_PRIVATE/, 'gone'],
  [/bots can't send messages to bots|can't send messages to the bot/, 'gone'],
  [/message thread not found|TOPIC_CLOSED|TOPIC_DELETED|TOPIC_ID_INVALID/, 'route'],
  [/upgraded to a supergroup/, 'route'],
  [/not enough rights|have no write access|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED/, 'route'],
  [/CHAT_SEND_\w+_FORBIDDEN|CHAT_RESTRICTED|VOICE_MESSAGES_FORBIDDEN/, 'route'],
  [/the chat is not a forum|need administrator rights/, 'route'],
]

/** System codes of a connection that was never made: the request cannot have arrived. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'])
const unreachableWaitMs = 2_000
const leastWaitSeconds = 1
/** Longer than any wait that Telegram was seen to ask for. */
const mostWaitSeconds = 86_400

/**
 * Turns what a call to Telegram threw into the one table of outcomes. Keeps Telegram's description, which names
 * nobody, and nothing else: grammY's errors carry the token (in the address) and the payload.
 */
export function toSendOutcome(error: unknown): SendOutcome {
  if (error instanceof GrammyError) return fromAnswer(error)
  const code = codeOf(error)
  if (code && neverSent.has(code))
    return { kind: 'unreachable', afterMs: unreachableWaitMs, reason: code }
  return { kind: 'unknown', reason: code ?? 'no answer' }
}

/** The types of grammY are a promise that nobody checked: between us and Telegram others may answer. */
function fromAnswer(error: GrammyError): SendOutcome {
  const { error_code: code, parameters } = error
  if (!Number.isInteger(code)) return { kind: 'unknown', reason: 'no answer of Telegram' }
  const reason = reasonOf(error)
  if (Number.isSafeInteger(parameters.migrate_to_chat_id))
    return { kind: 'moved', chatId: Number(parameters.migrate_to_chat_id) }
  if (code === 429)
    return { kind: 'wait', afterMs: waitSeconds(parameters.retry_after) * 1_000 + 250 }
  if (code >= 500) return { kind: 'unknown', reason }
  if (code === 401 || code === 404 || code === 409 || code === 421) return { kind: 'fatal', reason }
  const meaning = refusals.find(([words]) => words.test(reason))?.[1]
  if (meaning === 'done') return { kind: 'sent' }
  if (meaning === 'edit-refused') return { kind: 'edit-gone', isTooOld: true }
  if (meaning === 'edit-gone' || meaning === 'reply-gone') return { kind: meaning }
  return { kind: meaning ?? (code === 403 ? 'gone' : 'bug'), reason }
}

function waitSeconds(asked: unknown): number {
  const seconds = typeof asked === 'number' && asked > 0 ? asked : leastWaitSeconds
  return Math.min(Math.max(seconds, leastWaitSeconds), mostWaitSeconds)
}

/** Telegram explains itself in a line of plain English. Anything else may repeat what we sent, or our address. */
const plainReason = /^(?!.*\/bot)[\x20-\x7e]{1,200}$/

export function reasonOf({ error_code, description }: GrammyError): string {
  const isPlain = typeof description === 'string' && plainReason.test(description)
  return isPlain ? description : `error ${error_code}`
}

/** The code of a failed connection, such as ECONNRESET; never the message, which holds the address with the token. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof HttpError ? error.error : error
  if (!(cause instanceof Error)) return undefined
  if (cause.name === 'AbortError' || cause.name === 'TimeoutError') return 'timeout'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}
