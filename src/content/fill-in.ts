/** What a text may leave open, by the words that an office writes between braces. */
const names: Record<string, keyof Blanks> = {
  村名: 'village',
  village: 'village',
  天数: 'days',
  days: 'days',
  选举日: 'day',
  day: 'day',
}
const blank = /\{\s*([\p{L}]+)\s*\}/gu

/** `days` counts from today to the election day, which `day` names as people say it. Null: there is none yet. */
export type Blanks = { village: string; days: string | null; day: string | null }

/** Puts in what is known. What is not is left out, so look at `listUnknown` and `listBlanks` before. */
export function fillIn(text: string, blanks: Blanks): string {
  return text.replaceAll(blank, (whole, name: string) => {
    const key = names[name]
    return key === undefined ? whole : (blanks[key] ?? '')
  })
}

/** Blanks that nothing can fill, as they were written: most likely a slip. */
export function listUnknown(text: string): string[] {
  return [...text.matchAll(blank)].flatMap(([whole, name = '']) => (name in names ? [] : [whole]))
}

/** Which blanks a text has. Those with none are the same for everybody. */
export function listBlanks(text: string): (keyof Blanks)[] {
  const found = [...text.matchAll(blank)].flatMap(([, name = '']) => names[name] ?? [])
  return [...new Set(found)]
}
