import { type CleanOutcome, heldBack, refused } from '../evidence.ts'

/** What a browser or a computer would run rather than show. */
const active =
  /^\s*(<\?xml|<!doctype|<html|<svg|<script|<head|<body|<\?php|#!|@echo|\{\\rtf)|<script[\s>]|<svg[\s>]|<iframe[\s>]/i
const encodings = ['utf-8', 'gb18030'] as const

/** The same words as plain UTF-8. Tables of commas and notes come as .txt: nothing opens them as a formula. */
export function cleanText(bytes: Uint8Array): CleanOutcome {
  const text = decode(bytes)
  if (text === null) return heldBack('unknown-format')
  if (active.test(text.slice(0, 200_000))) return refused('disguised')
  // Marks that turn words around or hide between them, and what no keyboard types.
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Co}]/gu, (mark) =>
    mark === '\n' || mark === '\t' ? mark : '',
  )
  const lines = plain.trim() === '' ? null : plain
  if (lines === null) return refused('unreadable')
  return { ok: true, kind: 'document', extension: 'txt', bytes: new TextEncoder().encode(lines) }
}

function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decodeAs('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decodeAs('utf-16be', bytes)
  for (const encoding of encodings) {
    const text = decodeAs(encoding, bytes)
    if (text !== null) return text
  }
  return null
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
