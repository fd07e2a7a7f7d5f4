import type { Area } from './area.ts'
import type { AreaIndex, IndexEntry } from './area-index.ts'
import { plainName, stemOf } from './area-name.ts'
import { foldText, soundOf } from './area-words.ts'

const separators = /[\s,，、。.;；:：/\\|·・'’"“”()（）_-]+/u

/** A whole path fits in; a pasted page must not be searched for word by word. */
const longestText = 80

/** From near to far. Up to `stem` it is the place itself; what follows is merely alike. */
const ranks = { name: 0, stem: 1, township: 2, begins: 3, contains: 4, sounds: 5 }

export type AreaMatch = {
  area: Area
  /** "衢州市 龙游县 龙洲街道 山底村" */
  path: string
  /** False: the name only begins with, contains or sounds like what was typed. */
  exact: boolean
}
type Hit = { entry: IndexEntry; rank: number }

/**
 * The villages and communities that a typed text may mean, best first. When some bear exactly that name, only these,
 * so that the caller can ask which of them. Words for a township or county narrow the answer (“贺村 山底”,
 * “龙游县山底村”) unless nothing would be left.
 */
export function searchAreas(index: AreaIndex, text: string, limit = 50): AreaMatch[] {
  const typed = foldText(text.slice(0, longestText))
  const words = typed.split(separators).filter((word) => word !== '')
  const joined = words.join('')
  if (joined === '') return []
  const whole = findHits(index, joined)
  const hits = isExact(whole) ? whole : (findNarrowed(index, words) ?? whole)
  // 龍遊山底: traditional characters are not in the directory, their sound is.
  const answer = hits.length > 0 ? hits : (findNarrowed(index, words.map(soundOf)) ?? [])
  return answer.slice(0, limit).map(({ entry, rank }) => ({
    area: entry.area,
    path: entry.path,
    exact: rank <= ranks.stem,
  }))
}

/** Null when there is nothing to narrow by; what fits none of the words for higher places is given all the same. */
function findNarrowed(index: AreaIndex, words: readonly string[]): Hit[] | null {
  let unnarrowed: Hit[] | null = null
  for (const parts of splitWords(index, words)) {
    // Places are written from the large to the small one, so the last word is tried first as the village's.
    for (const [at, word] of [...parts.entries()].reverse()) {
      const hits = findHits(index, word)
      const others = parts.filter((_, other) => other !== at)
      const within = hits.filter(({ entry }) => others.every((other) => entry.above.has(other)))
      if (within.length > 0) return within
      if (hits.length > 0) unnarrowed ??= hits
    }
  }
  return unnarrowed
}

/**
 * The ways to read what was typed as several words: as it stands, then with more and more words for higher places
 * split off. Not all at once: 九华乡上方村 is 九华乡 and 上方村, although there is also a township 上方.
 */
function splitWords(index: AreaIndex, words: readonly string[]): string[][] {
  const ways = [[...words]]
  for (let last = words; ; last = ways.at(-1) ?? []) {
    const next = last.flatMap((word) => splitOffAbove(index, word))
    if (next.length === last.length) return ways.filter((parts) => parts.length > 1)
    ways.push(next)
  }
}

/** 龙游县龙洲街道山底村 → 龙游县, 龙洲街道山底村. The longest word wins. */
function splitOffAbove(index: AreaIndex, word: string): string[] {
  if (index.aboveWords.has(word)) return [word]
  for (let length = word.length - 1; length >= 2; length--) {
    const head = word.slice(0, length)
    if (index.aboveWords.has(head)) return [head, word.slice(length)]
  }
  return [word]
}

function findHits(index: AreaIndex, word: string): Hit[] {
  const rankOf = /^[a-z]+$/.test(word) ? rankLatin(word) : rankChinese(word)
  const hits: Hit[] = []
  for (const entry of index.entries) {
    const rank = rankOf(entry) ?? (entry.township.has(word) ? ranks.township : null)
    if (rank !== null) hits.push({ entry, rank })
  }
  // A township's name lists its villages too, so there the places that merely bear it are not the whole answer.
  const ofExactName = hits.filter(({ rank }) => rank <= ranks.stem)
  const answer = ofExactName.length > 0 && !index.aboveWords.has(word) ? ofExactName : hits
  return answer.sort(byRank)
}

function rankChinese(word: string): (entry: IndexEntry) => number | null {
  const plain = plainName(word)
  const stem = stemOf(plain)
  // Traditional characters and slips of the input method are found by their sound.
  const sound = soundOf(stem)
  return ({ names, sounds }) => {
    if (names.includes(plain)) return ranks.name
    if (names.includes(stem)) return ranks.stem
    if (names.some((name) => name.startsWith(stem))) return ranks.begins
    if (names.some((name) => name.includes(stem))) return ranks.contains
    return sounds.includes(sound) ? ranks.sounds : null
  }
}

function rankLatin(word: string): (entry: IndexEntry) => number | null {
  return ({ names, sounds, initials }) => {
    if (names.includes(word) || sounds.includes(word)) return ranks.name
    if (word.length < 2) return null
    if (initials.includes(word)) return ranks.stem
    if (sounds.some((sound) => sound.startsWith(word))) return ranks.begins
    return initials.some((letters) => letters.startsWith(word)) ? ranks.contains : null
  }
}

function isExact(hits: readonly Hit[]): boolean {
  return (hits[0]?.rank ?? ranks.sounds) <= ranks.stem
}

function byRank(a: Hit, b: Hit): number {
  return (
    a.rank - b.rank ||
    a.entry.area.name.length - b.entry.area.name.length ||
    (a.entry.area.code < b.entry.area.code ? -1 : 1)
  )
}
