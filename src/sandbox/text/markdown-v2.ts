/** parse_mode MarkdownV2. Offsets in complaints are bytes, as Telegram counts. */
import { badRequest } from '../errors.ts'
import type { Entity } from '../world/wire.ts'
import type { Formatted } from './formatted.ts'

const RESERVED = '_*[]()~`>#+-=|{}.!'
const STYLES: [marker: string, type: string][] = [
  ['__', 'underline'],
  ['||', 'spoiler'],
  ['_', 'italic'],
  ['*', 'bold'],
  ['~', 'strikethrough'],
]

interface Open {
  marker: string
  type: string
  offset: number
  at: number
}

export function parseMarkdownV2(source: string): Formatted {
  const state = { source, at: 0, text: '', entities: [] as Entity[], open: [] as Open[] }
  while (state.at < source.length) {
    const char = source[state.at] ?? ''
    const next = source[state.at + 1] ?? ''
    if (char === '\\' && next !== '' && next.charCodeAt(0) <= 126) {
      state.text += next
      state.at += 2
    } else if (char === '`') readCode(state)
    else if (char === '[' || (char === '!' && next === '[')) openLink(state, char === '!')
    else if (char === ']' && state.open.at(-1)?.marker === '[') closeLink(state)
    else if (char === '>' && isLineStart(state.source, state.at)) readQuote(state)
    else if (!toggleStyle(state)) readPlain(state, char)
  }
  const unclosed = state.open.at(-1)
  if (unclosed) {
    throw complaint(
      `Can't find end of the entity starting at byte offset ${bytes(source, unclosed.at)}`,
    )
  }
  const entities = state.entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return { text: state.text, entities }
}

interface State {
  source: string
  at: number
  text: string
  entities: Entity[]
  open: Open[]
}

function readPlain(state: State, char: string): void {
  if (RESERVED.includes(char)) {
    throw complaint(`Character '${char}' is reserved and must be escaped with the preceding '\\'`)
  }
  state.text += char
  state.at += 1
}

function readCode(state: State): void {
  const fence = state.source.startsWith('```', state.at) ? '```' : '`'
  const start = state.at
  const end = findUnescaped(state.source, fence, start + fence.length)
  if (end < 0) {
    throw complaint(
      `Can't find end of ${fence === '`' ? 'Code' : 'PreCode'} entity at byte offset ${bytes(state.source, start)}`,
    )
  }
  let inner = state.source.slice(start + fence.length, end).replace(/\\([\\`])/g, '$1')
  let language: string | undefined
  if (fence === '```') {
    const first = /^([^\s`]+)\n/.exec(inner)
    if (first) language = first[1]
    inner = inner.slice(first ? first[0].length : 0).replace(/^\n/, '')
  }
  const entity: Entity = {
    type: fence === '`' ? 'code' : 'pre',
    offset: state.text.length,
    length: inner.length,
  }
  if (language) entity.language = language
  if (inner.length > 0) state.entities.push(entity)
  state.text += inner
  state.at = end + fence.length
}

function findUnescaped(source: string, marker: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1
    else if (source.startsWith(marker, at)) return at
  }
  return -1
}

function openLink(state: State, isEmoji: boolean): void {
  const type = isEmoji ? 'custom_emoji' : 'text_link'
  state.open.push({ marker: '[', type, offset: state.text.length, at: state.at })
  state.at += isEmoji ? 2 : 1
}

function closeLink(state: State): void {
  const opened = state.open.pop()
  const match = /^\]\(((?:\\.|[^)\\])*)\)/.exec(state.source.slice(state.at))
  if (!opened) return
  if (!match) {
    state.at += 1
    return
  }
  const url = (match[1] ?? '').replace(/\\(.)/g, '$1')
  const place = { offset: opened.offset, length: state.text.length - opened.offset }
  const user = /^tg:\/\/user\?id=(\d+)/.exec(url)
  const emoji = /^tg:\/\/emoji\?id=(\d+)/.exec(url)
  if (place.length > 0 && user) {
    const id = Number(user[1])
    const mentioned = { id, is_bot: false, first_name: String(id) }
    state.entities.push({ type: 'text_mention', ...place, user: mentioned })
  } else if (place.length > 0 && emoji) {
    state.entities.push({ type: 'custom_emoji', ...place, custom_emoji_id: emoji[1] ?? '' })
  } else if (place.length > 0) state.entities.push({ type: 'text_link', ...place, url })
  state.at += match[0].length
}

function readQuote(state: State): void {
  const start = state.text.length
  const lines = /^(?:>[^\n]*(?:\n(?=>))?)+/.exec(state.source.slice(state.at))?.[0] ?? '>'
  const inner = parseMarkdownV2(lines.replace(/^>/gm, ''))
  for (const entity of inner.entities) {
    state.entities.push({ ...entity, offset: entity.offset + start })
  }
  state.text += inner.text
  state.entities.push({ type: 'blockquote', offset: start, length: inner.text.length })
  state.at += lines.length
}

function isLineStart(source: string, at: number): boolean {
  return at === 0 || source[at - 1] === '\n'
}

function toggleStyle(state: State): boolean {
  for (const [marker, type] of STYLES) {
    if (!state.source.startsWith(marker, state.at)) continue
    const last = state.open.at(-1)
    if (last?.marker === marker) {
      state.open.pop()
      const length = state.text.length - last.offset
      if (length > 0) state.entities.push({ type, offset: last.offset, length })
    } else if (state.open.some((open) => open.marker === marker)) {
      throw complaint(
        `Can't find end of the entity starting at byte offset ${bytes(state.source, last?.at ?? 0)}`,
      )
    } else {
      state.open.push({ marker, type, offset: state.text.length, at: state.at })
    }
    state.at += marker.length
    return true
  }
  return false
}

function bytes(source: string, at: number): number {
  return Buffer.byteLength(source.slice(0, at))
}

function complaint(text: string) {
  return badRequest(`can't parse entities: ${text}`)
}
