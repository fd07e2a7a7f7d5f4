import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/lib/read-table.ts'
import { workbookOf } from './workbook.ts'

const columns = { required: ['code', 'name'], optional: ['note'] } as const
const read = (bytes: Uint8Array) => readTable<'code' | 'name' | 'note'>(bytes, columns)
const utf8 = (text: string) => new TextEncoder().encode(text)
const problemsOf = (bytes: Uint8Array) => read(bytes).problems.map(({ line, code }) => [line, code])

/** 山底村 and 下村 as GBK, which TextEncoder cannot write. */
const gbk = Uint8Array.from([
  ...utf8('code,name\n1,'),
  ...[0xc9, 0xbd, 0xb5, 0xd7, 0xb4, 0xe5],
  ...utf8('\n2,'),
  ...[0xcf, 0xc2, 0xb4, 0xe5],
])

describe('a table', () => {
  it('reads rows with their lines, in any order of columns, trimmed', () => {
    const { table } = read(utf8('name,code\n 山底村 ,1\n\n"下\n村",2\n,\n上村,3\n'))
    expect(table?.rows).toEqual([
      { line: 2, cells: { code: '1', name: '山底村', note: '' } },
      { line: 5, cells: { code: '2', name: '下\n村', note: '' } },
      { line: 7, cells: { code: '3', name: '上村', note: '' } },
    ])
    expect(table?.has('note')).toBe(false)
  })

  it('may be an Excel workbook, with its own numbers of lines', () => {
    const { table } = read(workbookOf([['name', 'code'], ['山底村', '1'], [''], ['上村', '2']]))
    expect(table?.rows).toEqual([
      { line: 2, cells: { code: '1', name: '山底村', note: '' } },
      { line: 4, cells: { code: '2', name: '上村', note: '' } },
    ])
  })

  it('tolerates a byte order mark and Windows line ends', () => {
    const { table } = read(utf8('\ufeffcode,name\r\n1,山底村\r\n'))
    expect(table?.rows.map(({ cells }) => cells.name)).toEqual(['山底村'])
  })

  it.each([
    ['a broken Excel workbook', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0, 0), [[1, 'broken-xlsx']]],
    ['an old Excel workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), [[1, 'excel-file']]],
    ['a UTF-16 file', Uint8Array.of(0xff, 0xfe, 0x63, 0x00), [[1, 'utf-16']]],
    ['a GBK file', gbk, [[2, 'gbk']]],
    ['an empty file', utf8(''), [[1, 'empty-file']]],
    ['a file of blank lines', utf8('\n\n'), [[1, 'empty-file']]],
    ['an open quotation mark', utf8('code,name\n1,"山底\n'), [[2, 'broken-csv']]],
    ['a replacement character', utf8('code,name\n1,山底村\n2,\ufffd村'), [[3, 'broken-encoding']]],
    ['a zero byte', utf8('code,name\n1,a\0b'), [[2, 'broken-encoding']]],
    ['a missing column', utf8('code\n1'), [[1, 'missing-column']]],
    ['a misspelt column', utf8('code,name,Note\n1,2,3'), [[1, 'unknown-column']]],
    ['a column that stands twice', utf8('code,name,name\n1,2,3'), [[1, 'double-column']]],
    [
      'semicolons',
      utf8('code;name\n1;2'),
      [
        [1, 'missing-column'],
        [1, 'missing-column'],
        [1, 'unknown-column'],
      ],
    ],
    [
      'rows that are too short or too long',
      utf8('code,name\n1,2\n1\n1,2,3'),
      [
        [3, 'cell-count'],
        [4, 'cell-count'],
      ],
    ],
  ])('refuses %s', (_, bytes, expected) => {
    expect(problemsOf(bytes)).toEqual(expected)
  })

  it('tells one damaged line in a UTF-8 file from a GBK file', () => {
    const good = utf8('code,name\n1,山底村\n2,下村\n3,')
    const damaged = Uint8Array.from([...good, 0xe5, 0xb1, 0x0a, ...utf8('4,上村\n')])
    expect(problemsOf(damaged)).toEqual([[4, 'broken-encoding']])
  })
})
