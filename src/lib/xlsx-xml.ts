import { SaxesParser } from 'saxes'

/** `words`: of all text elements in it. `value`: of its value element. Names and attributes without their prefix. */
export type XmlElement = {
  name: string
  attributes: Readonly<Record<string, string>>
  words: string
  value: string
}

const maxDepth = 50

/**
 * Reads XML strictly and tells of the elements with one of these names, from outside to inside.
 * @throws when it is not well-formed, declares a document type (which is how entities explode) or is nested absurdly deep.
 */
export function readXml(
  source: Uint8Array,
  names: readonly string[],
  on: { opened?: (element: XmlElement) => void; closed: (element: XmlElement) => void },
): void {
  const path: string[] = []
  const open: XmlElement[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('A document type is declared')
  })
  parser.on('opentag', ({ local, attributes }) => {
    path.push(local)
    if (path.length > maxDepth) throw new Error('Nested too deep')
    if (!names.includes(local)) return
    const plain = Object.values(attributes).map((one) => [one.local, one.value] as const)
    const element = { name: local, attributes: Object.fromEntries(plain), words: '', value: '' }
    open.push(element)
    on.opened?.(element)
  })
  const text = (words: string) => {
    const [element, where] = [open.at(-1), path.at(-1)]
    if (!element) return
    if (where === 'v') element.value += unfold(words)
    // How a word is pronounced stands beside it.
    if (where === 't' && !path.includes('rPh')) element.words += unfold(words)
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.on('closetag', ({ local }) => {
    path.pop()
    const element = open.at(-1)
    if (!element || !names.includes(local)) return
    open.pop()
    on.closed(element)
  })
  parser.write(new TextDecoder('utf-8', { fatal: true }).decode(source)).close()
}

/** Excel writes what XML cannot say, and the line break of an old Mac, as _x000D_. */
function unfold(words: string): string {
  return words
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('\r\n', '\n')
}
