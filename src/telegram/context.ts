import { Context } from 'grammy'
import type { Db } from '../db/open-database.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Address, Keyboard } from '../delivery/outgoing.ts'
import type { Language, Translator } from '../messages/messages.ts'
import type { Staff } from '../staff/staff-store.ts'
import type { Subscriber } from '../subscribers/subscriber.ts'
import type { Prompt } from '../tips/reporter/prompt.ts'

/** What one update is worked off with. `tx` is the transaction that marks it done; see `HandleUpdate`. */
export type Turn = {
  tx: Db
  enqueue: Enqueue
  language: Language
  t: Translator
  /** What role the person has in the office. All of these are read at most once, as they were when the update came in. */
  staff: () => Promise<Staff | null>
  /** What is kept about the private chat as a subscriber; null in groups. */
  subscriber: () => Promise<Subscriber | null>
  /** What the bot asked the private chat to type; null in groups. */
  prompt: () => Promise<Prompt | null>
  /** Called after the commit, in order: the only place for calls to Telegram that no ledger needs. */
  afterCommit: (() => void)[]
}

const turns = new WeakMap<object, Turn>()

/** Must precede `bot.handleUpdate(update)`: grammY passes the update along, and nothing else. */
export function beginTurn(update: object, turn: Turn): void {
  turns.set(update, turn)
}

/**
 * The context of every handler. Handlers never call the network: `say` and `show` write to the ledger, in the
 * transaction of the update, so that an answer goes out if and only if what it tells has happened.
 */
export class ChatContext extends Context {
  get turn(): Turn {
    const turn = turns.get(this.update)
    if (!turn) throw new Error('This update has no turn')
    return turn
  }

  get tx(): Db {
    return this.turn.tx
  }

  t(key: string, params?: Record<string, unknown>): string {
    return this.turn.t(key, params)
  }

  /** A new message into this chat and topic. */
  async say(text: string, keyboard?: Keyboard): Promise<void> {
    await this.turn.enqueue(this.tx, {
      lane: 'urgent',
      purpose: 'reply',
      address: placeOf(this),
      outgoing: { kind: 'text', text, ...(keyboard ? { keyboard } : {}) },
    })
  }

  /** Changes the text whose button was pressed; without one, under a file, or when it is gone, a new message. */
  async show(text: string, keyboard?: Keyboard): Promise<void> {
    const pressed = this.callbackQuery?.message
    // Date 0: Telegram no longer has it (InaccessibleMessage).
    if (!pressed || pressed.date === 0 || pressed.text === undefined)
      return this.say(text, keyboard)
    await this.turn.enqueue(this.tx, {
      lane: 'urgent',
      purpose: 'reply',
      address: placeOf(this),
      outgoing: {
        kind: 'edit',
        messageId: pressed.message_id,
        text,
        ...(keyboard ? { keyboard } : {}),
      },
    })
  }

  /** Answers the pressed button: a short line over the chat, or a window to close when `isAlert`. At most 200 characters. */
  toast(text?: string, isAlert = false): void {
    this.answered = true
    const { callbackQuery, api } = this
    if (!callbackQuery) return
    this.turn.afterCommit.push(() => {
      // Too late or already answered: the person only loses the toast.
      api
        .answerCallbackQuery(
          callbackQuery.id,
          text === undefined ? {} : { text, show_alert: isAlert },
        )
        .catch(() => {})
    })
  }

  /** Whether `toast` was called, so that every press is answered exactly once. */
  answered = false
}

/** A function and not a private member: grammY narrows contexts structurally, and private members would not fit. */
function placeOf(ctx: Context): Address {
  const chatId = ctx.chat?.id ?? ctx.from?.id
  if (chatId === undefined) throw new Error('This update has no chat')
  const message = ctx.callbackQuery?.message ?? ctx.message
  const threadId =
    message && 'is_topic_message' in message && message.is_topic_message
      ? message.message_thread_id
      : undefined
  return { chatId, threadId }
}
