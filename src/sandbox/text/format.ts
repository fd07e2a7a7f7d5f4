/** Text as Telegram takes it: markup parsed, links and commands found, spaces at the ends cut. */
import { badRequest } from '../errors.ts'
import type { Entity } from '../world/wire.ts'
import { detectEntities } from './detect.ts'
import type { Formatted } from './formatted.ts'
import { parseHtml } from './html.ts'
import { parseMarkdown } from './markdown.ts'
import { parseMarkdownV2 } from './markdown-v2.ts'

export function formatText(text: string, parseMode?: string, entities?: Entity[]): Formatted {
  const parsed = parse(text, parseMode, entities)
  const trimmed = trim(parsed)
  const found = detectEntities(trimmed.text, trimmed.entities)
  if (found.length === 0) return trimmed
  return { text: trimmed.text, entities: sort([...trimmed.entities, ...found]) }
}

function parse(text: string, parseMode: string | undefined, entities: Entity[] = []): Formatted {
  switch (parseMode?.toLowerCase()) {
    case undefined:
    case '':
    case 'none':
      return { text, entities: entities.length === 0 ? entities : checkEntities(text, entities) }
    case 'html':
      return parseHtml(text)
    case 'markdownv2':
      return parseMarkdownV2(text)
    case 'markdown':
      return parseMarkdown(text)
    default:
      throw badRequest('unsupported parse_mode')
  }
}

function checkEntities(text: string, entities: Entity[]): Entity[] {
  for (const entity of entities) {
    if (entity.offset < 0 || entity.offset > text.length) {
      throw badRequest('entity begins in a middle of a UTF-16 symbol or outside of the text')
    }
  }
  return sort(entities.filter((entity) => entity.length > 0))
}

function trim({ text, entities }: Formatted): Formatted {
  const kept = text.trim()
  if (kept.length === text.length) return { text, entities }
  const cut = text.length - text.trimStart().length
  const moved: Entity[] = []
  for (const entity of entities) {
    const start = Math.max(0, entity.offset - cut)
    const end = Math.min(kept.length, entity.offset + entity.length - cut)
    if (end > start) moved.push({ ...entity, offset: start, length: end - start })
  }
  return { text: kept, entities: moved }
}

function sort(entities: Entity[]): Entity[] {
  return entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
}
