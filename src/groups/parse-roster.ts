export type RosterEntry = { name: string; title: string }

/** `name:title|name:title`, the title optional, both punctuation marks also in their full-width form. */
export function parseRoster(text: string): RosterEntry[] {
  if (text.trim() === '') return []
  return text.split(/[|｜]/u).map((part) => {
    const [name = '', ...title] = part.split(/[:：]/u)
    return { name: name.trim(), title: title.join(':').trim() }
  })
}
