import { toPlainDigits } from './plain-digits.ts'

/** Numbers in an address name nobody. */
const links = /https?:\/\/[^\s，。；、）]+/giu
/** Groups of digits on one line, apart as people write them: 138 0013 8000, 330802-19900101-123X. */
const runs = /\d+[Xx]?(?:[^\S\n]{0,2}[-‐–—·._~()][^\S\n]{0,2}\d+[Xx]?|[^\S\n]{1,3}\d+[Xx]?)*/gu
const groups = /\d+[Xx]?/gu

type Kind = 'ids' | 'phones' | 'landlines'
type Pattern = { kind: Kind; digits: RegExp; lengths?: RegExp }

/** What a number looks like without its gaps, and where that is not enough how long its groups are. The first that fits counts. */
const patterns: Pattern[] = [
  // Six digits for the place, eight for the day of birth, four more.
  {
    kind: 'ids',
    digits: /^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/u,
  },
  // Of identity cards before 1999: the year has two digits, and the last one is missing.
  {
    kind: 'ids',
    digits: /^[1-6]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/u,
    lengths: /^(?:15|6 6 3|6 9)$/u,
  },
  { kind: 'phones', digits: /^(?:0086|86|0)?1[3-9]\d{9}$/u },
  // Of a bank. Hotlines that stand beside each other are not in groups of four.
  { kind: 'ids', digits: /^\d{16,19}$/u, lengths: /^(?:\d\d|4 4 4 4(?: [1-3])?|6 1[03])$/u },
  { kind: 'landlines', digits: /^(?:0\d{9,11}|[48]00\d{7})$/u, lengths: /^(?:\d+|[34] .*)$/u },
]
const longest = 22

/** A local number has no prefix: only what stands before it tells that it is one. */
const local =
  /(?:电话|热线|座机|致电|拨打|来电|\btel|\bphone)\D{0,8}?(?<![\d-])(\d{3,4}[ -]?\d{4})(?![\d-])/giu

/** Numbers that would name somebody, cards of banks among the `ids`. Short ones such as 12388 or 110 are nobody's. */
export function findNumbers(text: string): Record<Kind, string[]> {
  const found: Record<Kind, string[]> = { ids: [], phones: [], landlines: [] }
  const plain = toPlainDigits(text).replaceAll(links, ' ')
  for (const [run] of plain.matchAll(runs)) {
    const parts = run.match(groups) ?? []
    for (let from = 0; from < parts.length; ) {
      const one = findFrom(parts, from)
      if (one) found[one.kind].push(one.number)
      from = one ? one.until : from + 1
    }
  }
  const known = new Set(found.landlines.map((number) => number.slice(-7)))
  for (const [, number = ''] of plain.matchAll(local)) {
    const digits = number.replace(/\D/u, '')
    if (!known.has(digits.slice(-7))) found.landlines.push(digits)
  }
  return found
}

/** The first number that this group and those behind it make together. */
function findFrom(parts: readonly string[], from: number) {
  for (const { kind, digits, lengths } of patterns) {
    let number = ''
    let sizes = ''
    for (let at = from; at < parts.length && number.length < longest; at++) {
      const part = parts[at] ?? ''
      number += part
      sizes += `${sizes === '' ? '' : ' '}${part.length}`
      if (!digits.test(number) || (lengths && !lengths.test(sizes))) continue
      if (kind !== 'ids' || number.length === 15 || number.length === 18 || isCard(number))
        return { kind, number, until: at + 1 }
    }
  }
  return null
}

/** By the check digit of ISO/IEC 7812: other long numbers hardly ever have it. */
function isCard(digits: string): boolean {
  const sum = [...digits].reverse().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return all + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
