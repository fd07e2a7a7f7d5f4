import type { Translator } from '../../messages/messages.ts'
import type { StepKind } from './interview-schema.ts'
import { renderText } from './render-screen.ts'
import type { Screen } from './screen.ts'

/** One character inside a label says too little to be taken for it. */
const partMinLength = 2

/**
 * The button that typed words name, as its data; null when they name none or several. Where own words are an answer,
 * only a whole label counts: “昨天晚上在村口” says more than the button “昨天”.
 */
export function matchButton(
  t: Translator,
  screen: Screen,
  kind: StepKind,
  text: string,
): string | null {
  const buttons = screen.keyboard.flat().map(({ label, data }) => {
    const words = fold(renderText(t, label))
    const number = /^\d+/.exec(words)?.[0] ?? ''
    return { data, number, words: words.slice(number.length) }
  })
  const typed = fold(text)
  if (typed === '') return null
  const whole = buttons.filter(({ words, number }) => words === typed || number === typed)
  if (whole.length > 0) return onlyOne(whole)
  if (kind !== 'choice' || typed.length < partMinLength) return null
  return onlyOne(buttons.filter(({ words }) => words.includes(typed) || typed.includes(words)))
}

function onlyOne(buttons: { data: string }[]): string | null {
  return buttons.length === 1 ? (buttons[0]?.data ?? null) : null
}

/** Letters and digits only, so that commas, spaces and capitals do not matter. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
