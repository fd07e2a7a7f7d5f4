/** The part of opentype.js 2 that is used here; the package brings no types. */
declare module 'opentype.js' {
  export type PathCommand =
    | { type: 'M' | 'L'; x: number; y: number }
    | { type: 'Q'; x1: number; y1: number; x: number; y: number }
    | { type: 'C'; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
    | { type: 'Z' }
  export type Glyph = {
    index: number
    advanceWidth: number
    getPath(
      x: number,
      y: number,
      fontSize: number,
      options: { variation: Record<string, number> },
      font: Font,
    ): { commands: PathCommand[] }
  }
  export type Font = {
    unitsPerEm: number
    charToGlyph(character: string): Glyph
    variation: { getTransform(glyph: Glyph, coordinates: Record<string, number>): Glyph }
  }
  const opentype: { parse(buffer: ArrayBuffer): Font }
  export default opentype
}
