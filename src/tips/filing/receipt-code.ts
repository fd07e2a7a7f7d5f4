import { randomInt } from 'node:crypto'

const groups = 4
const digitsPerGroup = 4
const length = groups * digitsPerGroup
/**
 * A code leaves this remainder when divided by seven. Nine of ten slips (a wrong digit, two that changed places) do
 * not, so they are told from a code that was never given. Costs less than three of the 53 bits: 50 are left to guess.
 */
const divisor = 7n
const remainder = 5n

/** Sixteen digits, 50 bits: as easy to read out and to type as a bank card's, and not to be guessed. */
export function createReceiptCode(): string {
  for (;;) {
    const parts = Array.from({ length: groups }, () =>
      String(randomInt(10 ** digitsPerGroup)).padStart(digitsPerGroup, '0'),
    )
    if (isWhole(parts.join(''))) return parts.join(' ')
  }
}

export type ReceiptReading =
  | { kind: 'code'; digits: string }
  /** As many digits as a code has, and no code: one of them is wrong. */
  | { kind: 'slip' }
  /** Only the number of a tip, QF-000123. */
  | { kind: 'number' }
  | { kind: 'digits'; n: number }
  | { kind: 'none' }

/** Finds the code in what somebody typed or copied, the line of the receipt or the whole of it. */
export function readReceiptCode(text: string): ReceiptReading {
  const plain = text.normalize('NFKC')
  const rest = plain.replace(/QF\s*\p{Pd}?\s*\d{1,9}/giu, '|')
  const runs = rest.match(/\d(?:[\s\p{Pd}.,·]*\d)*/gu) ?? []
  const digits = runs.map((run) => run.replace(/\D/gu, ''))
  const codes = digits.filter((run) => run.length === length)
  const code = codes.find(isWhole)
  if (code !== undefined) return { kind: 'code', digits: code }
  if (codes.length > 0) return { kind: 'slip' }
  if (digits.length > 0) return { kind: 'digits', n: Math.max(...digits.map((run) => run.length)) }
  return { kind: rest === plain ? 'none' : 'number' }
}

/** What is hashed of a code that was made here: its digits. */
export function digitsOfCode(code: string): string {
  return code.replace(/\D/g, '')
}

function isWhole(digits: string): boolean {
  return BigInt(digits) % divisor === remainder
}
