import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/lib/read-table.ts'
import { readXlsxLines } from '../../src/lib/xlsx-lines.ts'
import { workbook } from './workbook.ts'

const lines = (rows: string, more: Record<string, string> = {}) =>
  readXlsxLines(workbook(rows, more)).lines
const codes = (bytes: Uint8Array) => readXlsxLines(bytes).problems.map(({ code }) => code)

describe('an Excel workbook', () => {
  it('is read as its first sheet says, with the numbers of its lines', () => {
    const rows = `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>二</t></is></c></row>
      <row r="3"/><row r="5"><c r="B5"><v>1.5E3</v></c><c r="C5" t="str"><f>A1</f><v> 三 </v></c></row>`
    const strings = '<sst><si><r><t>粗</t></r><r><t>体</t></r><rPh><t>cūtǐ</t></rPh></si></sst>'
    expect(lines(rows, { 'xl/sharedStrings.xml': strings })).toEqual([
      { line: 2, cells: ['粗体', '', '二'] },
      { line: 5, cells: ['', '1500', '三'] },
    ])
  })

  it('needs no addresses, as some programs write none', () => {
    expect(
      lines('<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>'),
    ).toEqual([
      { line: 1, cells: ['1', '2'] },
      { line: 2, cells: ['', '3'] },
    ])
  })

  it('keeps line breaks in a cell', () => {
    const cell = '<c t="inlineStr"><is><t>一\n二_x000D_\n三</t></is></c>'
    expect(lines(`<row>${cell}</row>`)?.[0]?.cells).toEqual(['一\n二\n三'])
  })

  it.each([
    ['built in', '<xf numFmtId="14"/>', '', 43833, '2020-01-03'],
    ['with a time', '<xf numFmtId="22"/>', '', 43833.75, '2020-01-03'],
    ['in Chinese', '<xf numFmtId="176"/>', 'yyyy"年"m"月"d"日"', 42825, '2017-03-31'],
    ['no day but a number', '<xf numFmtId="176"/>', '0.00"days"', 42825, '42825'],
    ['no day but a time', '<xf numFmtId="176"/>', '[h]:mm:ss', 1.5, '1.5'],
  ])('writes a day %s', (_, style, format, serial, expected) => {
    const numFmts =
      format === ''
        ? ''
        : `<numFmt numFmtId="176" formatCode="${format.replaceAll('"', '&quot;')}"/>`
    const styles = `<styleSheet><numFmts>${numFmts}</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${style}</cellXfs></styleSheet>`
    const row = `<row><c s="1"><v>${serial}</v></c></row>`
    expect(lines(row, { 'xl/styles.xml': styles })?.[0]?.cells).toEqual([expected])
  })

  it('counts days as an old Mac does where it says so', () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    const bytes = workbook(
      '<row><c><v>0</v></c></row>',
      { 'xl/styles.xml': styles },
      '<workbookPr date1904="1"/>',
    )
    expect(readXlsxLines(bytes).lines?.[0]?.cells).toEqual(['1904-01-01'])
  })

  it('names the cell in which Excel shows an error', () => {
    const row = '<row r="4"><c r="A4"><v>1</v></c><c r="B4" t="e"><v>#REF!</v></c></row>'
    expect(readXlsxLines(workbook(row)).problems).toEqual([
      { line: 4, code: 'cell-error', params: { cell: 'B4' } },
    ])
  })

  it('is taken as a CSV file is, with a cell under no heading refused', () => {
    const columns = { required: ['a'] as const, optional: [] }
    const row = (text: string, at: string) =>
      `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
    const head = `<row r="1">${row('a', 'A1')}</row>`
    const good = readTable(workbook(`${head}<row r="3">${row('x', 'A3')}</row>`), columns)
    expect(good.table?.rows).toEqual([{ line: 3, cells: { a: 'x' } }])
    const bad = readTable(workbook(`${head}<row r="3">${row('x', 'B3')}</row>`), columns)
    expect(bad.problems).toMatchObject([{ line: 3, code: 'cell-count' }])
    expect(readTable(new TextEncoder().encode('a\ny\n'), columns).table?.rows[0]?.cells.a).toBe('y')
  })
})

describe('a hostile workbook', () => {
  it('that unpacks to far more than it is, is not unpacked', () => {
    const bomb = { 'xl/worksheets/sheet1.xml': ' '.repeat(5 * 1024 * 1024) }
    expect(codes(workbook('', bomb))).toEqual(['huge-xlsx'])
  })

  it('with a part that is larger than any table, is not read', () => {
    const stored = zipSync({ 'xl/workbook.xml': new Uint8Array(21 * 1024 * 1024) }, { level: 0 })
    expect(codes(stored)).toEqual(['huge-xlsx'])
  })

  it.each([
    ['entities', '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'],
    ['no end', '<worksheet><sheetData>'],
    ['a deep nest', '<a>'.repeat(60) + '</a>'.repeat(60)],
  ])('with %s is refused', (_, sheet) => {
    expect(codes(workbook('', { 'xl/worksheets/sheet1.xml': sheet }))).toEqual(['broken-xlsx'])
  })

  it('with a cell at the end of the world is refused', () => {
    expect(codes(workbook('<row r="1"><c r="XFD1"><v>1</v></c></row>'))).toEqual(['huge-xlsx'])
  })

  it('that is no workbook, or cut off, is refused', () => {
    expect(codes(zipSync({ 'a.txt': strToU8('a') }))).toEqual(['broken-xlsx'])
    expect(codes(workbook('').subarray(0, 200))).toEqual(['broken-xlsx'])
  })
})
