/** Checks of buttons that Telegram makes beyond their types. */
import { badRequest } from '../errors.ts'
import { isInline } from '../world/messages.ts'
import type { InlineButton, ReplyMarkup } from '../world/wire.ts'

const MAX_CALLBACK_BYTES = 64
/** Not documented; bots meet it at about this size of the JSON. */
const MAX_MARKUP_BYTES = 10_240

/** What a button does; without one of these it is a text button. */
const ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
]

/** Gives the markup back without empty rows, or undefined when nothing is left. */
export function checkMarkup(markup: ReplyMarkup | undefined): ReplyMarkup | undefined {
  if (!markup) return undefined
  if (isInline(markup)) {
    const rows = markup.inline_keyboard.filter((row) => row.length > 0)
    for (const row of rows) for (const button of row) checkInlineButton(button)
    checkSize(markup)
    return rows.length > 0 ? { inline_keyboard: rows } : undefined
  }
  if ('keyboard' in markup) {
    const rows = markup.keyboard.filter((row) => row.length > 0)
    for (const row of rows) for (const button of row) checkKeyText(button)
    if (rows.length === 0) throw badRequest('reply keyboard markup must be non-empty')
    checkSize(markup)
  }
  return markup
}

function checkSize(markup: ReplyMarkup): void {
  if (Buffer.byteLength(JSON.stringify(markup)) > MAX_MARKUP_BYTES) {
    throw badRequest('reply markup is too long')
  }
}

function checkKeyText(button: string | { text: string }): void {
  if ((typeof button === 'string' ? button : button.text).trim() === '') {
    throw badRequest('keyboard button text must be non-empty')
  }
}

function checkInlineButton(button: InlineButton): void {
  if (button.text.trim() === '') {
    throw badRequest('inline keyboard button text must be non-empty')
  }
  if (!ACTIONS.some((action) => button[action] !== undefined)) {
    throw badRequest(
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
  }
  if (button.callback_data !== undefined) {
    const size = Buffer.byteLength(button.callback_data)
    if (size < 1 || size > MAX_CALLBACK_BYTES) throw badRequest('BUTTON_DATA_INVALID')
  }
  if (button.url !== undefined && !isLink(button.url)) {
    throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`)
  }
}

function isLink(url: string): boolean {
  return /^(?:https?:\/\/|tg:\/\/|ton:\/\/)?[^\s/.]+[./?:]\S*$/i.test(url)
}
