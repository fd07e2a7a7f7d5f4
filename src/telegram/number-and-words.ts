import { numberOfTip } from '../tips/tip.ts'

/** “QF-000123 why”, as people type it after a command; `number` is null when it does not begin with one. */
export function readNumberAndWords(text: string): { number: string | null; words: string } {
  const plain = text.trim()
  const found = /^(?:QF|ＱＦ)?\s*\p{Pd}?\s*(\d{1,9})(?!\d)[\s,，:：]*(.*)$/isu.exec(
    plain.replace(/[０-９]/g, (digit) => digit.normalize('NFKC')),
  )
  if (!found) return { number: null, words: plain }
  return { number: numberOfTip(Number(found[1])), words: (found[2] ?? '').trim() }
}
