import type { Keyring } from '../../lib/keyring.ts'
import { phraseWords } from './phrase-words.ts'

const wordsInPhrase = 4

/**
 * The phrase of a local day (YYYY-MM-DD): four different words, the same for everybody. It follows from the master key,
 * so that nobody who has only the program, or earlier phrases, can tell it: one guess in 15 million is right.
 */
export function phraseOf(keyring: Keyring, day: string): string[] {
  const numbers = new DataView(keyring.hash('day-phrase', day).buffer)
  const left = [...phraseWords]
  return Array.from({ length: wordsInPhrase }, (_, at) => {
    const [word = ''] = left.splice(numbers.getUint32(at * 4) % left.length, 1)
    return word
  })
}

/** The phrases of so many days, from this one on. */
export function listPhrases(
  keyring: Keyring,
  from: string,
  days: number,
): { day: string; words: string[] }[] {
  return Array.from({ length: days }, (_, at) => {
    const day = Temporal.PlainDate.from(from).add({ days: at }).toString()
    return { day, words: phraseOf(keyring, day) }
  })
}
