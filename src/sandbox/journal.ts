/**
 * The request log: every call of a bot in order of arrival, and counters that stay cheap over
 * hundreds of thousands of messages.
 */
import type { Counters, LogEntry, LogPage } from './control/schemas.ts'

export interface Journal {
  /** The entry is in the log at once; its outcome is filled in by `finish`. */
  begin(call: { botId: number; method: string; params: unknown }): LogEntry
  finish(entry: LogEntry, outcome: Outcome): void
  countMessage(chatId: number, count: number): void
  read(query: LogFilter): LogPage
  counters(chatId?: number): Counters
  clear(): void
}

export interface Outcome {
  /** 0 when the connection was cut without an answer. */
  status: number
  description?: string
  fault?: string
  result?: unknown
}

interface LogFilter {
  after: number
  limit: number
  last?: number
  method?: string
  chat_id?: number
  ok?: boolean
}

export function createJournal(options: {
  nowMs: () => number
  keepBodies: boolean
  capacity: number
}): Journal {
  let entries: LogEntry[] = []
  let dropped = 0
  let seq = 0
  let calls: Record<string, Record<string, number>> = {}
  let perChat = new Map<number, number>()
  let messagesSent = 0

  return {
    begin({ botId, method, params }) {
      seq += 1
      const entry: LogEntry = {
        seq,
        at_ms: options.nowMs(),
        monotonic_ms: performance.now(),
        bot_id: botId,
        method,
        chat_id: chatIdOf(params),
        status: 0,
      }
      if (options.keepBodies) entry.params = visibleParams(params)
      entries.push(entry)
      // Dropping one by one would move the whole array each time.
      if (entries.length > options.capacity * 1.1) {
        dropped += entries.length - options.capacity
        entries = entries.slice(-options.capacity)
      }
      return entry
    },
    finish(entry, outcome) {
      entry.status = outcome.status
      if (outcome.description !== undefined) entry.description = outcome.description
      if (outcome.fault !== undefined) entry.fault = outcome.fault
      const messageId = messageIdOf(outcome.result)
      if (messageId !== undefined) entry.message_id = messageId
      if (options.keepBodies && outcome.result !== undefined) entry.result = outcome.result
      calls[entry.method] ??= {}
      const byStatus = calls[entry.method] ?? {}
      byStatus[outcome.status] = (byStatus[outcome.status] ?? 0) + 1
    },
    countMessage(chatId, count) {
      messagesSent += count
      perChat.set(chatId, (perChat.get(chatId) ?? 0) + count)
    },
    read(query) {
      const found = query.last === undefined ? readOn(query) : readNewest(query, query.last)
      return { entries: found, next_after: found.at(-1)?.seq ?? query.after, dropped }
    },
    counters(chatId) {
      const byMessages: Record<string, number> = {}
      for (const count of perChat.values()) byMessages[count] = (byMessages[count] ?? 0) + 1
      return {
        calls,
        messages_sent: messagesSent,
        chats_reached: perChat.size,
        chats_by_messages: byMessages,
        messages_to_chat: chatId === undefined ? undefined : (perChat.get(chatId) ?? 0),
      }
    },
    clear() {
      entries = []
      dropped = 0
      calls = {}
      perChat = new Map()
      messagesSent = 0
    },
  }

  function readOn(query: LogFilter): LogEntry[] {
    const found: LogEntry[] = []
    const first = Math.max(0, query.after - dropped - (seq - dropped - entries.length))
    for (let n = first; n < entries.length && found.length < query.limit; n += 1) {
      const entry = entries[n]
      if (entry && matches(entry, query)) found.push(entry)
    }
    return found
  }

  function readNewest(query: LogFilter, count: number): LogEntry[] {
    const found: LogEntry[] = []
    for (let n = entries.length - 1; n >= 0 && found.length < count; n -= 1) {
      const entry = entries[n]
      // They are in order: in front of this one there is nothing after `after`.
      if (!entry || entry.seq <= query.after) break
      if (matches(entry, query)) found.push(entry)
    }
    return found.reverse()
  }
}

function matches(entry: LogEntry, query: LogFilter): boolean {
  if (entry.seq <= query.after) return false
  if (query.method && entry.method.toLowerCase() !== query.method.toLowerCase()) return false
  if (query.chat_id !== undefined && Number(entry.chat_id) !== query.chat_id) return false
  if (query.ok !== undefined && (entry.status === 200) !== query.ok) return false
  return true
}

function chatIdOf(params: unknown): number | string | undefined {
  const id = (params as { chat_id?: unknown } | null | undefined)?.chat_id
  return typeof id === 'number' || typeof id === 'string' ? id : undefined
}

function messageIdOf(result: unknown): number | undefined {
  const first: unknown = Array.isArray(result) ? result[0] : result
  const id = (first as { message_id?: unknown } | null | undefined)?.message_id
  return typeof id === 'number' ? id : undefined
}

/** Uploaded bytes have no place in a log. */
function visibleParams(params: unknown): Record<string, unknown> {
  if (typeof params !== 'object' || params === null) return {}
  return Object.fromEntries(
    Object.entries(params).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'object' && value !== null && 'bytes' in value ? '(file)' : value,
    ]),
  )
}
