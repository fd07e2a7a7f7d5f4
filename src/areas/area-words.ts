import { pinyin } from 'pinyin-pro'
import { plainName, stemOf } from './area-name.ts'

/** How place names here are read where the dictionary reads the character differently. */
const localReadings: Record<string, string> = { 都: 'du', 长: 'zhang', 乐: 'yue' }
const digits = '〇一二三四五六七八九'

/** The ways to write one name. `sounds` is pinyin without tones and spaces, `initials` its first letters. */
export type NameWords = { names: string[]; sounds: string[]; initials: string[] }

/** What can be typed to mean this name (and these aliases). */
export function wordsOf(name: string, aliases: readonly string[] = []): NameWords {
  const names = [name, ...aliases].flatMap((text) => {
    const plain = plainName(foldText(text))
    return [plain, stemOf(plain)]
  })
  const read = names.flatMap(readings)
  return {
    names: [...new Set(names)],
    sounds: [...new Set(read.map((syllables) => syllables.join('')))],
    initials: [...new Set(read.map((syllables) => syllables.map((one) => one[0]).join('')))],
  }
}

/** Takes the accidents of typing out: full-width forms, capitals, tone marks, 1 for 一. */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[üǖǘǚǜ]/gu, 'v')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .replace(/[0-9]/g, (digit) => digits[Number(digit)] ?? digit)
    .trim()
}

/** Pinyin of a text in which some letters may be latin already. Works on traditional characters as on simplified. */
export function soundOf(text: string): string {
  return syllablesOf(text).join('')
}

function readings(text: string): string[][] {
  const usual = syllablesOf(text)
  const characters = [...text]
  // Syllables and characters run side by side only in a text without latin words.
  if (usual.length !== characters.length) return [usual]
  const local = characters.map((character, at) => localReadings[character] ?? usual[at] ?? '')
  return local.every((syllable, at) => syllable === usual[at]) ? [usual] : [usual, local]
}

function syllablesOf(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
}
