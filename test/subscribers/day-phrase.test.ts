import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../../src/lib/keyring.ts'
import { listPhrases, phraseOf } from '../../src/subscribers/verify/day-phrase.ts'
import { phraseWords } from '../../src/subscribers/verify/phrase-words.ts'

const keyring = createKeyring(new Uint8Array(32).fill(7))
const other = createKeyring(new Uint8Array(32).fill(8))

/** As it is heard from somebody who tells neither zh from z, nor n from l, nor -ng from -n. */
const heard = (syllable: string) =>
  syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^[nr]/, 'l')
    .replace(/^hu(?=[a-z])/, 'f')
    .replace(/ng$/, 'n')

describe('the phrase of the day', () => {
  it('has four different words, the same whenever it is asked for', () => {
    const days = listPhrases(keyring, '2017-01-01', 366)
    for (const { day, words } of days) {
      expect(new Set(words).size).toBe(4)
      expect(phraseWords).toEqual(expect.arrayContaining(words))
      expect(phraseOf(keyring, day)).toEqual(words)
    }
    expect(days.at(-1)?.day).toBe('2018-01-01')
  })

  it('is another one every day, and with another key', () => {
    const days = listPhrases(keyring, '2017-01-01', 366).map(({ words }) => words.join())
    expect(new Set(days).size).toBe(366)
    const others = listPhrases(other, '2017-01-01', 366).map(({ words }) => words.join())
    expect(days.filter((phrase, at) => phrase === others[at])).toEqual([])
  })

  it('uses every word of the list about as often as the others', () => {
    const words = listPhrases(keyring, '2017-01-01', 3_200).flatMap((phrase) => phrase.words)
    const counts = phraseWords.map((word) => words.filter((one) => one === word).length)
    expect(Math.min(...counts)).toBeGreaterThan(130)
    expect(Math.max(...counts)).toBeLessThan(270)
  })
})

describe('its words', () => {
  it('are 64 of two characters', () => {
    expect(new Set(phraseWords).size).toBe(64)
    expect(phraseWords.filter((word) => [...word].length !== 2)).toEqual([])
  })

  it('begin so differently that nobody mishears one for another', () => {
    const first = phraseWords.map((word) =>
      heard(pinyin(word, { toneType: 'none', type: 'array' })[0] ?? ''),
    )
    expect(first.filter((sound, at) => first.indexOf(sound) !== at)).toEqual([])
  })
})
