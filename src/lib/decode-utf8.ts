import type { Problem, TableProblemCode } from './table-problem.ts'

const zip = [0x50, 0x4b, 0x03, 0x04]
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0]

/** The text of a file without its byte order mark, or why it is not a UTF-8 text. */
export function decodeUtf8(
  bytes: Uint8Array,
): { text: string } | { problem: Problem<TableProblemCode> } {
  if (startsWith(bytes, oldOffice)) return problem('excel-file')
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return problem('utf-16')
  const text = tryDecode(bytes, 'utf-8')
  if (text === null) return explainBroken(bytes)
  // An earlier program has already put this sign where it could not read a character; zero bytes are no text at all.
  const damaged = text.search(/[\ufffd\0]/u)
  if (damaged >= 0) return problem('broken-encoding', text.slice(0, damaged).split('\n').length)
  return { text }
}

/** An Excel workbook, or another file of today's offices. */
export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, zip)
}

/**
 * GBK bytes are hardly ever valid UTF-8, while most of a UTF-8 file also passes as GBK: so it is the lines that are
 * valid UTF-8 that tell a GBK file from a UTF-8 file with one damaged line.
 */
function explainBroken(bytes: Uint8Array): { problem: Problem<TableProblemCode> } {
  const lines = splitLines(bytes).map((line, at) => ({ line, number: at + 1 }))
  const beyondAscii = lines.filter(({ line }) => line.some((byte) => byte > 0x7f))
  const broken = beyondAscii.filter(({ line }) => tryDecode(line, 'utf-8') === null)
  const first = broken[0]?.number ?? 1
  const mostlyBroken = broken.length * 2 > beyondAscii.length
  return mostlyBroken && tryDecode(bytes, 'gb18030') !== null
    ? problem('gbk', first)
    : problem('broken-encoding', first)
}

function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  return [...lines, bytes.subarray(start)]
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte)
}

function problem(code: TableProblemCode, line = 1) {
  return { problem: { line, code, params: {} } }
}
