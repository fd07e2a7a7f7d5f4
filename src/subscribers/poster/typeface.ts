import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import opentype, { type Font, type PathCommand } from 'opentype.js'
import decompress from 'woff2-encoder/decompress'

/** An outline in thousandths of the type size, the baseline at y = 0 and y growing downward, as in SVG. */
export type Outline = { d: string; advance: number }

/** Letters as outlines, so that a poster looks the same where no Chinese font is installed. */
export type Typeface = {
  /** `weight` is 100 to 900. What the font lacks is an empty square, to be filled in by hand. */
  outline: (character: string, weight: number) => Outline
  /** Characters that the font lacks, each once. */
  missing: string[]
}

const unitsPerEm = 1_000
const emptySquare: Outline = {
  d: 'M60-820H940V60H60ZM110-770V10H890V-770Z',
  advance: unitsPerEm,
}

/**
 * Noto Sans SC, with the characters of this text. The package has the font in some hundred slices by Unicode range, of which
 * only those that are needed are read: a poster takes a dozen.
 */
export async function loadTypeface(text: string): Promise<Typeface> {
  const require = createRequire(import.meta.url)
  const folder = dirname(require.resolve('@fontsource-variable/noto-sans-sc/unicode.json'))
  const slices = parseSlices(await readFile(join(folder, 'unicode.json'), 'utf8'))
  const characters = [...new Set(text.replace(/\s/gu, ''))]
  const fonts = new Map<string, Promise<Font>>()
  const found = new Map<string, Font>()
  for (const character of [...characters, ' ']) {
    const code = character.codePointAt(0) ?? 0
    for (const { name } of slices.filter(({ from, to }) => from <= code && code <= to)) {
      const font = await fonts.getOrInsertComputed(name, () => readSlice(folder, name))
      if (font.charToGlyph(character).index > 0) found.set(character, font)
    }
  }
  return { outline: outliner(found), missing: characters.filter((one) => !found.has(one)) }
}

type Slice = { name: string; from: number; to: number }

/** `{"[4]":"U+4e00-4e05,U+4e07"}`; the brackets are not in the names of the files. */
function parseSlices(json: string): Slice[] {
  const ranges = Object.entries(JSON.parse(json) as Record<string, string>)
  return ranges.flatMap(([key, text]) =>
    text.split(',').map((range) => {
      const [from = '', to = from] = range.replace('U+', '').split('-')
      return {
        name: key.replace(/[[\]]/g, ''),
        from: Number.parseInt(from, 16),
        to: Number.parseInt(to, 16),
      }
    }),
  )
}

async function readSlice(folder: string, name: string): Promise<Font> {
  const packed = await readFile(join(folder, `files/noto-sans-sc-${name}-wght-normal.woff2`))
  const bytes = await decompress(packed)
  return opentype.parse(new Uint8Array(bytes).buffer)
}

function outliner(fonts: ReadonlyMap<string, Font>): Typeface['outline'] {
  const known = new Map<string, Outline>()
  return (character, weight) =>
    known.getOrInsertComputed(`${weight}${character}`, () => {
      const font = fonts.get(character)
      if (!font) return emptySquare
      const glyph = font.charToGlyph(character)
      const variation = { wght: weight }
      const { commands } = glyph.getPath(0, 0, font.unitsPerEm, { variation }, font)
      const { advanceWidth } = font.variation.getTransform(glyph, variation)
      return { d: commands.map(write).join(''), advance: advanceWidth }
    })
}

/** Not the `toPathData` of the package: it writes NaN for numbers that are almost whole. */
function write(command: PathCommand): string {
  const at = (...numbers: number[]) => numbers.map((n) => String(Math.round(n))).join(' ')
  switch (command.type) {
    case 'Z':
      return 'Z'
    case 'Q':
      return `Q${at(command.x1, command.y1, command.x, command.y)}`
    case 'C':
      return `C${at(command.x1, command.y1, command.x2, command.y2, command.x, command.y)}`
    default:
      return `${command.type}${at(command.x, command.y)}`
  }
}
