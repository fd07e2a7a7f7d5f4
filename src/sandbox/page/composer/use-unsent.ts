import { useState } from 'react'

/** What was typed, per person and chat. Outside of any component: the chat is drawn anew when the server comes back. */
const unsent = new Map<string, string>()

/** Words that are not sent yet, and how to change them; they are there again after the chat was drawn anew. */
export function useUnsent(place: string): [string, (words: string) => void] {
  const [words, setWords] = useState(unsent.get(place) ?? '')
  const keep = (changed: string) => {
    unsent.set(place, changed)
    setWords(changed)
  }
  return [words, keep]
}
