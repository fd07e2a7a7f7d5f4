/** Finds what Telegram marks in plain text by itself. */
import type { Entity } from '../world/wire.ts'

const HAS_ANY = /[/@#$.]|:\/\//

const KINDS: [type: string, pattern: RegExp][] = [
  ['url', /\b(?:https?:\/\/|tg:\/\/)[^\s<>"']*[^\s<>"'.,!?;:)，。！？；：）]/gi],
  ['email', /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['url', /(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|cn|gov|io|me|edu)(?:\/[^\s<>"']*)?\b/gi],
  ['bot_command', /(?<![\w/@<>.])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])/g],
  ['mention', /(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}\b/g],
  ['hashtag', /(?<![\p{L}\p{N}_#/])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu],
]

/** Entities that lie outside of the known ones. */
export function detectEntities(text: string, known: readonly Entity[]): Entity[] {
  // Most bulk texts have none; six patterns for each would be the dearest part of a send.
  if (!HAS_ANY.test(text)) return []
  const found: Entity[] = []
  for (const [type, pattern] of KINDS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (!overlaps(entity, known) && !overlaps(entity, found)) found.push(entity)
    }
  }
  return found
}

/** Quotes and other styles may hold links; links and code may not. */
const MAY_HOLD = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'blockquote'])

function overlaps(entity: Entity, others: readonly Entity[]): boolean {
  return others.some(
    (other) =>
      !MAY_HOLD.has(other.type) &&
      entity.offset < other.offset + other.length &&
      other.offset < entity.offset + entity.length,
  )
}
