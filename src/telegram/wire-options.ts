import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Keyboard } from '../delivery/outgoing.ts'

type TextContent = {
  keyboard?: Keyboard | undefined
  isProtected?: boolean | undefined
  asksReply?: boolean | undefined
}

/** No preview: fetching it would tell a stranger's server that the message is read, and when. */
export function contentOptions({ keyboard, isProtected, asksReply }: TextContent) {
  return {
    link_preview_options: { is_disabled: true },
    protect_content: isProtected ?? false,
    ...(keyboard ? { reply_markup: toMarkup(keyboard) } : {}),
    ...(asksReply && !keyboard ? { reply_markup: { force_reply: true as const } } : {}),
  }
}

export function replyOptions(replyTo: number | undefined, mustReply = false) {
  return replyTo === undefined
    ? {}
    : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: !mustReply } }
}

export function toMarkup(keyboard: Keyboard = []): InlineKeyboardMarkup {
  return {
    inline_keyboard: keyboard.map((row) =>
      row.map((button) =>
        'url' in button
          ? { text: button.text, url: button.url }
          : { text: button.text, callback_data: button.data },
      ),
    ),
  }
}

/** Left out when it is no number: a success with a strange result is a success, and sending again would double it. */
export function numberOf<Name extends string>(name: Name, id: unknown): { [key in Name]?: number } {
  return (Number.isSafeInteger(id) ? { [name]: id } : {}) as { [key in Name]?: number }
}
