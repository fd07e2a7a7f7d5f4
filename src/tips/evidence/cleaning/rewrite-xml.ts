import { SaxesParser } from 'saxes'

export type XmlAttributes = Record<string, string>

/** Written as `prefix:local` with the prefixes that Office uses, whatever prefixes the file itself declares. */
export type XmlRules = {
  /** False drops the element with everything in it. */
  keep?: (name: string, parent: string, attributes: XmlAttributes) => boolean
  /** What becomes of an attribute; null drops it. */
  attribute?: (name: string, value: string, element: string) => string | null
  /** What becomes of the words in an element. */
  text?: (words: string, element: string) => string
}

const maxDepth = 200

/**
 * Reads XML strictly and writes it anew by the rules: no comments, no processing instructions, no entities of its own.
 * @throws when it is not well-formed, declares a document type or is nested absurdly deep.
 */
export function rewriteXml(source: Uint8Array, rules: XmlRules): Uint8Array {
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
  const path: string[] = []
  let dropped = 0
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('A document type is declared')
  })
  parser.on('opentag', (tag) => {
    const parent = path.at(-1) ?? ''
    const name = nameOf(tag.uri, tag.local)
    path.push(name)
    if (path.length > maxDepth) throw new Error('Nested too deep')
    const attributes = Object.values(tag.attributes)
    const plain = Object.fromEntries(
      attributes.map((one) => [nameOf(one.uri, one.local), one.value]),
    )
    if (dropped > 0 || rules.keep?.(name, parent, plain) === false) {
      dropped += 1
      return
    }
    const kept = attributes.flatMap(({ name: written, uri, local, prefix, value }) => {
      const isDeclaration = prefix === 'xmlns' || written === 'xmlns'
      const now = isDeclaration
        ? value
        : rules.attribute
          ? rules.attribute(nameOf(uri, local), value, name)
          : value
      return now === null ? [] : [` ${written}="${escapeXml(now)}"`]
    })
    out.push(`<${tag.name}${kept.join('')}>`)
  })
  parser.on('closetag', (tag) => {
    path.pop()
    if (dropped > 0) dropped -= 1
    else out.push(`</${tag.name}>`)
  })
  const words = (text: string) => {
    if (dropped > 0) return
    const element = path.at(-1) ?? ''
    out.push(escapeXml(rules.text ? rules.text(text, element) : text))
  }
  parser.on('text', words)
  parser.on('cdata', words)
  parser.write(decode(source)).close()
  return new TextEncoder().encode(out.join(''))
}

/** The prefixes by which Office and its documentation call these; strict files use the second address. */
const prefixes: Readonly<Record<string, string>> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main': 'x',
  'http://purl.oclc.org/ooxml/spreadsheetml/main': 'x',
  'http://schemas.openxmlformats.org/presentationml/2006/main': 'p',
  'http://purl.oclc.org/ooxml/presentationml/main': 'p',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://schemas.openxmlformats.org/package/2006/relationships': 'rel',
  'http://schemas.openxmlformats.org/package/2006/content-types': 'ct',
  'urn:schemas-microsoft-com:vml': 'v',
  'urn:schemas-microsoft-com:office:office': 'o',
  'urn:schemas-microsoft-com:office:excel': 'vx',
  'http://schemas.microsoft.com/office/word/2010/wordml': 'w14',
}

function nameOf(uri: string, local: string): string {
  if (uri === '') return local
  return `${prefixes[uri] ?? '?'}:${local}`
}

/** Office writes UTF-8, some programs UTF-16. */
function decode(source: Uint8Array): string {
  const encoding = source[0] === 0xff && source[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding, { fatal: true }).decode(source)
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\t', '&#9;')
}
