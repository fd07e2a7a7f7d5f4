const controls = /[\p{Cc}--\n]/gv
/** Nothing to see, but able to reorder or hide what stands beside them in somebody else's message. */
const invisibles = /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]/gu

/** What a person typed, fit to be kept and shown: no control or invisible characters, no half characters, trimmed. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/\t/gu, ' ')
    .replace(invisibles, '')
    .replace(controls, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
}

/** As a person counts: an emoji or a rare character is one, not two. */
export function countCharacters(text: string): number {
  return [...text].length
}

/** The first `count` characters and what is left over. */
export function cutText(text: string, count: number): { head: string; rest: string } {
  const characters = [...text]
  return { head: characters.slice(0, count).join(''), rest: characters.slice(count).join('') }
}

/**
 * Parts of at most `maxUnits` UTF-16 units that together are the text, nothing lost but white space at the cuts.
 * Cuts at the last line break of a part, else between two characters.
 */
export function splitText(text: string, maxUnits: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > maxUnits) {
    const end = findCut(rest, maxUnits)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  parts.push(rest)
  return parts.filter((part) => part !== '')
}

function findCut(text: string, maxUnits: number): number {
  const line = text.lastIndexOf('\n', maxUnits)
  // A line break far in front would leave a part nearly empty.
  if (line > maxUnits / 2) return line
  const last = text.charCodeAt(maxUnits - 1)
  const isFirstHalf = last >= 0xd800 && last <= 0xdbff
  return isFirstHalf ? maxUnits - 1 : maxUnits
}
