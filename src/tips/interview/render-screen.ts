import type { Keyboard, Outgoing } from '../../delivery/outgoing.ts'
import { splitText } from '../../lib/plain-text.ts'
import type { Translator } from '../../messages/messages.ts'
import type { Text } from './answer-text.ts'
import type { Screen } from './screen.ts'

/** Telegram's limit for one message, in UTF-16 units at the strictest reading. */
export const messageMaxLength = 4_096

type TextMessage = Extract<Outgoing, { kind: 'text' }>

/** A screen as messages in one language; the buttons hang under the last. */
export function renderScreen(t: Translator, screen: Screen): TextMessage[] {
  const text = screen.lines.map((line) => renderText(t, line)).join('\n\n')
  const keyboard: Keyboard = screen.keyboard
    .filter((row) => row.length > 0)
    .map((row) => row.map(({ label, data }) => ({ text: renderText(t, label), data })))
  const parts = splitText(text, messageMaxLength)
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1 && keyboard.length > 0
    return { kind: 'text', text: part, ...(isLast ? { keyboard } : {}) }
  })
}

export function renderText(t: Translator, text: Text): string {
  if (typeof text === 'string') return text
  if ('lines' in text) {
    const between = text.between === undefined ? '\n' : renderText(t, text.between)
    return text.lines.map((line) => renderText(t, line)).join(between)
  }
  const params = Object.entries(text.params ?? {}).map(
    ([name, value]): [string, string | number] => [
      name,
      typeof value === 'number' ? value : renderText(t, value),
    ],
  )
  if ('key' in text) return t(text.key, Object.fromEntries(params))
  const filled = new Map(params)
  return text.words[t.language].replace(/\{\{(\w+)\}\}/g, (placeholder, name) =>
    String(filled.get(name) ?? placeholder),
  )
}
