import { rulesOf } from './office-rules.ts'
import { rewriteXml } from './rewrite-xml.ts'

/** Notes on cells without their writers. Excel puts the writer's name into the words of the note as well. */
export function cleanComments(bytes: Uint8Array): Uint8Array {
  const names = new Set<string>()
  rewriteXml(bytes, {
    text: (words, element) => {
      const name = element === 'x:author' ? words.trim() : ''
      if (name !== '') names.add(name)
      return words
    },
  })
  const longestFirst = [...names].sort((a, b) => b.length - a.length)
  return rewriteXml(bytes, {
    ...rulesOf('', new Set()),
    text: (words, element) => {
      if (element === 'x:author') return ''
      return longestFirst.reduce((left, name) => left.replaceAll(name, ''), words)
    },
  })
}
