/** parse_mode HTML, with Telegram's own complaints. Offsets in them are bytes, as Telegram counts. */
import { badRequest } from '../errors.ts'
import type { Entity } from '../world/wire.ts'
import type { Formatted } from './formatted.ts'

const STYLES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-emoji': 'custom_emoji',
  'tg-time': 'date_time',
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

interface Open {
  tag: string
  offset: number
  attributes: Record<string, string>
}

const TAG = /^<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>/
const ATTRIBUTE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g

export function parseHtml(source: string): Formatted {
  const entities: Entity[] = []
  const open: Open[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const char = source[at]
    if (char === '&') {
      const decoded = decodeReference(source, at)
      text += decoded.text
      at += decoded.length
    } else if (char === '<') {
      at += readTag(source, at, text.length, open, entities)
    } else {
      text += char
      at += 1
    }
  }
  const unclosed = open.at(-1)
  if (unclosed) {
    const offset = byteOffset(source, source.length)
    throw complaint(
      `Can't find end tag corresponding to start tag "${unclosed.tag}"`,
      open.length > 0 ? undefined : offset,
    )
  }
  return { text, entities: entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length) }
}

/** Returns how much of the source the tag takes. */
function readTag(
  source: string,
  at: number,
  offset: number,
  open: Open[],
  entities: Entity[],
): number {
  const match = TAG.exec(source.slice(at))
  if (!match) {
    const name = /^<\/?([^\s>]*)/.exec(source.slice(at))?.[1] ?? ''
    throw source.includes('>', at)
      ? complaint(`Unsupported start tag "${name}" at byte offset ${byteOffset(source, at)}`)
      : complaint(`Unclosed start tag at byte offset ${byteOffset(source, at)}`)
  }
  const [whole, slash, rawName = '', rawAttributes = ''] = match
  const tag = rawName.toLowerCase()
  if (slash) {
    closeTag(tag, byteOffset(source, at), offset, open, entities)
    return whole.length
  }
  const attributes = readAttributes(rawAttributes)
  const isSpoiler = tag === 'span' && attributes.class === 'tg-spoiler'
  if (!(tag in STYLES) && !isSpoiler) {
    throw complaint(`Unsupported start tag "${tag}" at byte offset ${byteOffset(source, at)}`)
  }
  open.push({ tag, offset, attributes })
  return whole.length
}

function closeTag(tag: string, bytes: number, end: number, open: Open[], out: Entity[]): void {
  const last = open.pop()
  if (!last) throw complaint(`Unexpected end tag at byte offset ${bytes}`)
  if (last.tag !== tag) {
    throw complaint(
      `Unmatched end tag at byte offset ${bytes}, expected "</${last.tag}>", found "</${tag}>"`,
    )
  }
  if (end === last.offset) return
  const entity = entityOf(last, end)
  if (!entity) return
  // <pre><code class="language-x"> is one entity with a language.
  if (tag === 'code' && open.at(-1)?.tag === 'pre') {
    const language = last.attributes.class?.replace(/^language-/, '')
    const outer = open.at(-1)
    if (outer && language) outer.attributes.language = language
    return
  }
  out.push(entity)
}

function entityOf({ tag, offset, attributes }: Open, end: number): Entity | null {
  const place = { offset, length: end - offset }
  if (tag === 'a') return attributes.href ? linkEntity(attributes.href, place) : null
  if (tag === 'tg-emoji') {
    return { type: 'custom_emoji', ...place, custom_emoji_id: attributes['emoji-id'] ?? '' }
  }
  if (tag === 'blockquote' && 'expandable' in attributes) {
    return { type: 'expandable_blockquote', ...place }
  }
  if (tag === 'pre' && attributes.language) {
    return { type: 'pre', ...place, language: attributes.language }
  }
  return { type: tag === 'span' ? 'spoiler' : (STYLES[tag] ?? tag), ...place }
}

function linkEntity(href: string, place: { offset: number; length: number }): Entity | null {
  const user = /^tg:\/\/user\?id=(\d+)/.exec(href)
  if (user) {
    const id = Number(user[1])
    return { type: 'text_mention', ...place, user: { id, is_bot: false, first_name: String(id) } }
  }
  return { type: 'text_link', ...place, url: href }
}

function readAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [, name, double, single, bare] of source.matchAll(ATTRIBUTE)) {
    if (name) attributes[name.toLowerCase()] = decodeAll(double ?? single ?? bare ?? '')
  }
  return attributes
}

function decodeAll(text: string): string {
  return text.replace(/&(?:#x?[\da-f]+|\w+);/gi, (match) => decodeReference(match, 0).text)
}

/** A lone `&` stands for itself. */
function decodeReference(source: string, at: number): { text: string; length: number } {
  const match = /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));?/i.exec(source.slice(at, at + 12))
  if (match) {
    const code = match[1] ? Number(match[1]) : match[2] ? Number.parseInt(match[2], 16) : null
    const text = code === null ? NAMED[match[3] ?? ''] : String.fromCodePoint(code)
    if (text !== undefined) return { text, length: match[0].length }
  }
  return { text: '&', length: 1 }
}

function byteOffset(source: string, at: number): number {
  return Buffer.byteLength(source.slice(0, at))
}

function complaint(text: string, offset?: number) {
  return badRequest(
    `can't parse entities: ${text}${offset === undefined ? '' : ` at byte offset ${offset}`}`,
  )
}
