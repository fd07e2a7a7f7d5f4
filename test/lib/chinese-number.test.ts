import { expect, it } from 'vitest'
import { readChineseNumber } from '../../src/lib/chinese-number.ts'

it.each([
  ['三', 3],
  ['十', 10],
  ['十五', 15],
  ['二十三', 23],
  ['二百', 200],
  ['两千', 2_000],
  ['一千零五十', 1_050],
  ['一万五千', 15_000],
  ['15', null],
  ['', null],
  ['三元', null],
])('the number “%s” is %s', (text, number) => {
  expect(readChineseNumber(text)).toBe(number)
})
