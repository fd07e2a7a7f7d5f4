import type { Keyboard } from '../delivery/outgoing.ts'
import type { Language, Translate } from '../messages/messages.ts'

/** What a villager can do next, under every message that ends something. */
export function homeKeyboard(t: Translate): Keyboard {
  return [
    [{ text: t('common:button.report'), data: 'home:report' }],
    [
      { text: t('common:button.village'), data: 'home:village' },
      { text: t('common:button.settings'), data: 'home:settings' },
      { text: t('common:button.help'), data: 'home:help' },
    ],
  ]
}

/** Offers the other language, in that language: who cannot read this one must be able to find it. */
export function welcomeKeyboard(current: Language): Keyboard {
  return current === 'en'
    ? [[{ text: '中文', data: 'l:zh-CN' }]]
    : [[{ text: 'English', data: 'l:en' }]]
}

export const languageKeyboard: Keyboard = [
  [
    { text: '中文', data: 'l:zh-CN' },
    { text: 'English', data: 'l:en' },
  ],
]

const perRow = 5

/** Short buttons, such as numbers, beside each other. */
export function inRows<T>(buttons: readonly T[]): T[][] {
  const rows = Math.ceil(buttons.length / perRow)
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * perRow, (row + 1) * perRow))
}
