import type { AreaIndex } from './area-index.ts'
import { foldText, soundOf, wordsOf } from './area-words.ts'
import type { AreaMatch } from './search-areas.ts'

/** Letters of pinyin: “的” or a slip may be left over, a verb with what was given may not. */
const longestRest = 4

/**
 * Whether a text names places and says nothing else. “昨天晚上，张村有人送烟” names one too, but is no answer to “which village?”. Compared by sound,
 * so that traditional characters and pinyin count as the names that they are.
 */
export function isOnlyPlaces(
  index: AreaIndex,
  matches: readonly AreaMatch[],
  text: string,
): boolean {
  const found = matches.flatMap(({ area }) => {
    const { sounds, initials } = wordsOf(area.name, area.aliases)
    return [...sounds, ...initials]
  })
  const names = [...new Set([...found, ...[...index.aboveWords].map(soundOf)])]
  const rest = names
    .sort((one, other) => other.length - one.length)
    .reduce((left, name) => left.replaceAll(name, ' '), lettersOf(text))
  return rest.replaceAll(' ', '').length <= longestRest
}

const lettersOf = (text: string) => soundOf(foldText(text).replaceAll(/[^\p{L}\p{N}]/gu, ''))
