/** The old parse_mode Markdown: no nesting, four kinds of entities. */
import { badRequest } from '../errors.ts'
import type { Entity } from '../world/wire.ts'
import type { Formatted } from './formatted.ts'

const STYLES: Record<string, string> = { '*': 'bold', _: 'italic', '`': 'code' }

export function parseMarkdown(source: string): Formatted {
  const entities: Entity[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const char = source[at] ?? ''
    if (char === '\\' && '_*`['.includes(source[at + 1] ?? ' ')) {
      text += source[at + 1]
      at += 2
    } else if (char === '[') {
      const link = /^\[([^\]]*)\]\(([^)]*)\)/.exec(source.slice(at))
      if (!link) throw missingEnd(source, at)
      const label = link[1] ?? ''
      entities.push({
        type: 'text_link',
        offset: text.length,
        length: label.length,
        url: link[2],
      })
      text += label
      at += link[0].length
    } else if (char in STYLES) {
      const fence = source.startsWith('```', at) ? '```' : char
      const end = source.indexOf(fence, at + fence.length)
      if (end < 0) throw missingEnd(source, at)
      const inner = source.slice(at + fence.length, end)
      const type = fence === '```' ? 'pre' : (STYLES[char] ?? 'bold')
      if (inner) entities.push({ type, offset: text.length, length: inner.length })
      text += inner
      at = end + fence.length
    } else {
      text += char
      at += 1
    }
  }
  return { text, entities }
}

function missingEnd(source: string, at: number) {
  const offset = Buffer.byteLength(source.slice(0, at))
  return badRequest(
    `can't parse entities: Can't find end of the entity starting at byte offset ${offset}`,
  )
}
