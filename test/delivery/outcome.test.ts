import { GrammyError, HttpError } from 'grammy'
import { describe, expect, it } from 'vitest'
import { decideNext } from '../../src/delivery/outcome.ts'
import type { Address, Outgoing, SendOutcome } from '../../src/delivery/outgoing.ts'
import { toSendOutcome } from '../../src/telegram/errors.ts'

const text = { kind: 'text' as const, text: 'x' }
const first = {
  lane: 'urgent' as const,
  attempts: 1,
  outgoing: text as Outgoing,
  to: { chatId: 5 } as Address,
  mindsTopic: false,
}
const refusal = (error_code: number, description: string, parameters = {}) =>
  new GrammyError('refused', { ok: false, error_code, description, parameters }, 'sendMessage', {})

type Parameters = { retry_after?: number; migrate_to_chat_id?: number }

/** What Telegram is known to answer, word by word. */
const meanings: [number, string, SendOutcome['kind'], Parameters?][] = [
  [429, 'Too Many Requests: retry after 7', 'wait', { retry_after: 7 }],
  [403, 'Forbidden: bot was blocked by the user', 'gone'],
  [403, 'Forbidden: user is deactivated', 'gone'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'gone'],
  [400, 'Bad Request: chat not found', 'gone'],
  [400, 'Bad Request: PEER_ID_INVALID', 'gone'],
  [403, 'Forbidden: bot was kicked from the group chat', 'gone'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'gone'],
  [403, 'Forbidden: bot was kicked from the channel chat', 'gone'],
  [403, 'Forbidden: bot is not a member of the group chat', 'gone'],
  [403, 'Forbidden: bot is not a member of the supergroup chat', 'gone'],
  [403, 'Forbidden: bot is not a member of the channel chat', 'gone'],
  [403, 'Forbidden: the group chat was deleted', 'gone'],
  [403, "Forbidden: the bot can't send messages to the bot", 'gone'],
  [403, "Forbidden: bots can't send messages to bots", 'gone'],
  [403, 'Forbidden: something new', 'gone'],
  [
    400,
    'Bad Request: group chat was upgraded to a supergroup chat',
    'moved',
    { migrate_to_chat_id: -100_123 },
  ],
  [400, 'Bad Request: group chat was upgraded to a supergroup chat', 'route'],
  [400, 'Bad Request: message thread not found', 'route'],
  [400, 'Bad Request: TOPIC_CLOSED', 'route'],
  [400, 'Bad Request: TOPIC_DELETED', 'route'],
  [400, 'Bad Request: not enough rights to send text messages to the chat', 'route'],
  [400, 'Bad Request: not enough rights to send photos to the chat', 'route'],
  [400, 'Bad Request: not enough rights to send documents to the chat', 'route'],
  [400, 'Bad Request: not enough rights to send videos to the chat', 'route'],
  [400, 'Bad Request: not enough rights to send voice notes to the chat', 'route'],
  [400, 'Bad Request: have no write access to the chat', 'route'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'route'],
  [400, 'Bad Request: CHAT_ADMIN_REQUIRED', 'route'],
  [400, 'Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN', 'route'],
  [400, 'Bad Request: not enough rights to create a topic', 'route'],
  [400, 'Bad Request: not enough rights to edit the topic', 'route'],
  [400, 'Bad Request: not enough rights to close or open the topic', 'route'],
  [400, 'Bad Request: not enough rights to manage pinned messages in the chat', 'route'],
  [
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    'sent',
  ],
  [400, 'Bad Request: message to edit not found', 'edit-gone'],
  [400, "Bad Request: message can't be edited", 'edit-gone'],
  [400, 'Bad Request: message to delete not found', 'edit-gone'],
  [400, "Bad Request: message can't be deleted", 'edit-gone'],
  [400, "Bad Request: message can't be deleted for everyone", 'edit-gone'],
  [400, 'Bad Request: message to be replied not found', 'reply-gone'],
  [400, 'Bad Request: wrong file identifier/HTTP URL specified', 'no-file'],
  [400, 'Bad Request: wrong remote file identifier specified: Wrong string length', 'no-file'],
  [400, 'Bad Request: wrong file_id or the file is temporarily unavailable', 'no-file'],
  [400, 'Bad Request: file is too big', 'bug'],
  [413, 'Request Entity Too Large', 'bug'],
  [400, 'Bad Request: photo has unsupported extension. Use one of .jpg, .jpeg, .gif', 'bug'],
  [400, 'Bad Request: message is too long', 'bug'],
  [400, 'Bad Request: message caption is too long', 'bug'],
  [400, 'Bad Request: message text is empty', 'bug'],
  [400, "Bad Request: can't parse entities: unexpected end", 'bug'],
  [400, 'Bad Request: BUTTON_DATA_INVALID', 'bug'],
  [400, 'Bad Request: reply markup is too long', 'bug'],
  [400, 'Bad Request: chat_id is empty', 'bug'],
  [400, 'Bad Request: message to copy not found', 'bug'],
  [401, 'Unauthorized', 'fatal'],
  [401, 'Unauthorized: invalid token specified', 'fatal'],
  [404, 'Not Found', 'fatal'],
  [
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    'fatal',
  ],
  [409, 'Conflict: terminated by other getUpdates request', 'fatal'],
  [421, 'Misdirected Request: unallowed token specified', 'fatal'],
  [500, 'Internal Server Error: restart', 'unknown'],
  [
    500,
    "Internal Server Error: sent message was immediately deleted and can't be returned",
    'unknown',
  ],
  [502, 'Bad Gateway', 'unknown'],
  [504, 'Gateway Timeout', 'unknown'],
]

/** What is done with a message to a topic of a group then, in the urgent lane and in bulk, at the first try. */
const follows: Record<SendOutcome['kind'], [urgent: string, bulk: string]> = {
  sent: ['sent', 'sent'],
  wait: ['again', 'again'],
  unreachable: ['again', 'again'],
  gone: ['blocked', 'blocked'],
  moved: ['again', 'again'],
  route: ['again', 'again'],
  'edit-gone': ['sent', 'sent'],
  'reply-gone': ['again', 'again'],
  'no-file': ['again', 'again'],
  unknown: ['again', 'uncertain'],
  bug: ['failed', 'failed'],
  fatal: ['again', 'again'],
}

describe('what Telegram answers', () => {
  it.each(meanings)('%i “%s” means %s', (code, description, kind, parameters) => {
    const outcome = toSendOutcome(refusal(code, description, parameters))
    expect(outcome.kind).toBe(kind)
    const done = (lane: 'urgent' | 'bulk') => {
      const outgoing: Outgoing = { ...text, replyTo: 3 }
      const to = { chatId: -5, threadId: 9 }
      const next = decideNext(outcome, { ...first, lane, outgoing, to })
      return next.kind === 'end' ? next.end.state : next.kind
    }
    expect([done('urgent'), done('bulk')]).toEqual(follows[kind])
  })

  it('an unchanged edit counts as sent', () => {
    const description =
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same'
    expect(toSendOutcome(refusal(400, description))).toEqual({ kind: 'sent' })
  })

  it('a flood limit says how long to wait', () => {
    const outcome = toSendOutcome(
      refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
    )
    expect(outcome).toEqual({ kind: 'wait', afterMs: 7_250 })
  })

  it('a migrated group gives its new id', () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat'
    const outcome = toSendOutcome(refusal(400, description, { migrate_to_chat_id: -100123 }))
    expect(outcome).toEqual({ kind: 'moved', chatId: -100123 })
  })

  it('a connection that was refused cannot have carried the message, one that was cut can', () => {
    const failed = (code: string) =>
      new HttpError('failed', Object.assign(new Error('x'), { code }))
    expect(toSendOutcome(failed('ECONNREFUSED')).kind).toBe('unreachable')
    expect(toSendOutcome(failed('ECONNRESET'))).toEqual({ kind: 'unknown', reason: 'ECONNRESET' })
  })
})

describe('what is done then', () => {
  it('sends an urgent message again when no answer came, later each time, and never gives it up', () => {
    const waits = [1, 2, 3, 6, 50].map((attempts) =>
      decideNext({ kind: 'unknown', reason: 'cut' }, { ...first, attempts }),
    )
    expect(waits.map((next) => next.kind === 'again' && next.afterMs)).toEqual([
      1_000, 2_000, 5_000, 60_000, 60_000,
    ])
  })

  it('leaves a bulk message without an answer to a person', () => {
    const next = decideNext({ kind: 'unknown', reason: 'cut' }, { ...first, lane: 'bulk' })
    expect(next).toEqual({ kind: 'uncertain', reason: 'cut' })
  })

  it('says in a new message what an edit can no longer say', () => {
    const edit: Outgoing = { kind: 'edit', messageId: 5, text: 'changed', keyboard: [] }
    const next = decideNext({ kind: 'edit-gone' }, { ...first, outgoing: edit })
    expect(next).toMatchObject({ kind: 'again', outgoing: { kind: 'text', text: 'changed' } })
  })

  it('counts the deletion of what is gone already as done', () => {
    const next = decideNext(
      { kind: 'edit-gone' },
      { ...first, outgoing: { kind: 'delete', messageId: 5 } },
    )
    expect(next).toEqual({ kind: 'end', end: { state: 'sent' } })
  })

  it('tells what is too old to be changed from what is gone', () => {
    const reasonAfter = (description: string) => {
      const outgoing: Outgoing = { kind: 'delete', messageId: 5, mustExist: true }
      const outcome = toSendOutcome(refusal(400, description))
      const next = decideNext(outcome, { ...first, lane: 'bulk', outgoing })
      return next.kind === 'end' && next.end.state === 'failed' && next.end.reason
    }
    expect(reasonAfter('Bad Request: message to delete not found')).toBe('edit-gone')
    for (const what of ['deleted', 'deleted for everyone', 'edited'])
      expect(reasonAfter(`Bad Request: message can't be ${what}`)).toBe('edit-refused')
  })

  it('does not count an attempt when Telegram asked to wait', () => {
    const next = decideNext(
      { kind: 'wait', afterMs: 3_000 },
      { ...first, lane: 'bulk', attempts: 4 },
    )
    expect(next).toMatchObject({ kind: 'again', afterMs: 3_000, isAttempt: false })
  })

  it('gives up a file that cannot be had after some tries, so that its chat does not wait for ever', () => {
    const outcome: SendOutcome = { kind: 'no-file', reason: 'the file cannot be read' }
    expect(decideNext(outcome, { ...first, attempts: 4 }).kind).toBe('again')
    expect(decideNext(outcome, { ...first, attempts: 5 })).toMatchObject({
      kind: 'end',
      end: { state: 'failed', why: 'bug' },
    })
  })

  it('says in the chat itself what has lost its topic, unless somebody decides about that', () => {
    const to = { chatId: -5, threadId: 9 }
    const outcome: SendOutcome = { kind: 'route', reason: 'Bad Request: TOPIC_CLOSED' }
    expect(decideNext(outcome, { ...first, to })).toMatchObject({ to: { chatId: -5 } })
    expect(decideNext(outcome, { ...first, to, mindsTopic: true })).toMatchObject({ kind: 'end' })
    expect(decideNext(outcome, { ...first, to: { chatId: -5 } })).toMatchObject({ kind: 'end' })
  })
})

describe('in the supergroup that a group became', () => {
  const to = { chatId: -5, threadId: 9 }
  const moved = (outgoing: Outgoing) =>
    decideNext({ kind: 'moved', chatId: -100_5 }, { ...first, to, outgoing })

  it('a message goes out without its topic and what it answered, which have other numbers there', () => {
    expect(moved({ ...text, replyTo: 3 })).toMatchObject({
      kind: 'again',
      to: { chatId: -100_5 },
      outgoing: text,
    })
  })

  it('a change of a message becomes a new message', () => {
    expect(moved({ kind: 'edit', messageId: 3, text: 'x', keyboard: [] })).toMatchObject({
      outgoing: { ...text, keyboard: [] },
    })
    const media = { kind: 'photo' as const, fileId: 'f' }
    expect(moved({ kind: 'edit-media', messageId: 3, media })).toMatchObject({ outgoing: media })
  })

  it('there is nothing to delete', () => {
    const end = { kind: 'end', end: { state: 'sent' } }
    expect(moved({ kind: 'delete', messageId: 3 })).toEqual(end)
    expect(moved({ kind: 'delete-many', messageIds: [3] })).toEqual(end)
  })
})
