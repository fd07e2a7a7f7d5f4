import { cleanText } from '../lib/plain-text.ts'

/** Characters; a first line that is longer is part of the text. */
const titleMaxLength = 40

/** What somebody typed as a message: the first of several lines is its title. Null: nothing. */
export function parseWords(typed: string): { title: string; body: string } | null {
  const text = cleanText(typed)
  if (text === '') return null
  const [first = '', ...rest] = text.split('\n')
  const body = rest.join('\n').trim()
  const title = first.trim()
  if (body === '' || [...title].length > titleMaxLength) return { title: '', body: text }
  return { title, body }
}
