import { readReceiptCode } from '../tips/filing/receipt-code.ts'

/** So many digits are meant as a receipt code, even when some are missing. */
const codeMinLength = 8
const labels = /查询码|编号|receipt code|number|QF\s*\p{Pd}?\s*\d{1,9}/giu

/** A code, a line of the receipt or the whole receipt, but no sentence that has digits in it. */
export function isTypedCode(text: string): boolean {
  const reading = readReceiptCode(text)
  if (reading.kind === 'none') return false
  const plain = text.normalize('NFKC')
  if (['code', 'slip'].includes(reading.kind) && /查询码|receipt code/i.test(plain)) return true
  const isBare = /^[\d\s\p{P}]*$/u.test(plain.replace(labels, ''))
  return isBare && (reading.kind !== 'digits' || reading.n >= codeMinLength)
}

/** The same with nothing missing: what opens a tip to whoever has it. */
export const isWholeCode = (text: string): boolean =>
  readReceiptCode(text).kind === 'code' && isTypedCode(text)
