import { describe, expect, it } from 'vitest'
import { parseAreas } from '../../src/areas/parse-areas.ts'
import { workbook } from '../lib/workbook.ts'
import { csv, edition2016, header, readEdition2017 } from './editions.ts'

const top = ['330800000000,衢州市,city,', '330825000000,龙游县,county,330800000000']
const township = '330825001000,龙洲街道,township,330825000000'
const village = '330825001214,山底村村民委员会,village,330825001000'
const problemsOf = (...lines: string[]) =>
  parseAreas(csv(header, ...lines)).problems.map(({ line, code }) => [line, code])

describe('parseAreas', () => {
  it('reads both shipped and real editions without a problem', () => {
    expect(parseAreas(edition2016).rows).toHaveLength(1694)
    expect(parseAreas(readEdition2017()).rows).toHaveLength(1695)
  })

  it('reads an Excel workbook, where codes may be numbers and days may be days', () => {
    const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`
    const names = [...header.split(','), 'electionDay'].map(text).join('')
    const city = `<c><v>330800000000</v></c>${text('衢州市')}${text('city')}<c/><c s="1"><v>42825</v></c>`
    const styles =
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    const bytes = workbook(`<row>${names}</row><row>${city}</row>`, { 'xl/styles.xml': styles })
    expect(parseAreas(bytes)).toMatchObject({
      rows: [{ line: 2, code: '330800000000', name: '衢州市', electionDay: '2017-03-31' }],
      problems: [],
    })
  })

  it('reads risk class, election day and aliases, and tells an absent column from an empty cell', () => {
    const [plain] = parseAreas(csv(header, '330800000000,衢州市,city,')).rows
    expect(plain).toMatchObject({
      riskClass: undefined,
      electionDay: undefined,
      aliases: undefined,
    })
    const full = `${header},riskClass,electionDay,aliases`
    const rows = parseAreas(
      csv(
        full,
        '330800000000,衢州市,city,,calm,2017-03-31,衢城|三衢、 柯山 |三衢',
        '330825000000,龙游县,county,330800000000,,,',
      ),
    ).rows
    expect(rows[0]).toMatchObject({
      riskClass: 'calm',
      electionDay: '2017-03-31',
      aliases: ['衢城', '三衢', '柯山'],
    })
    expect(rows[1]).toMatchObject({ riskClass: null, electionDay: null, aliases: [] })
  })

  it.each([
    ['an unknown parent', [...top, village], [[4, 'parent-unknown']]],
    ['a double code', [...top, township, village, village], [[6, 'double-code']]],
    [
      'a village directly below a county',
      [...top, '330825001214,山底村,village,330825000000'],
      [[4, 'parent-level']],
    ],
    ['a county without a parent', ['330825000000,龙游县,county,'], [[2, 'parent-missing']]],
    [
      'a city with a parent',
      [...top, '330700000000,金华市,city,330800000000'],
      [[4, 'parent-not-allowed']],
    ],
    [
      'a circle',
      ['330825001000,甲乡,township,330825002000', '330825002000,乙乡,township,330825001000'],
      [
        [2, 'cycle'],
        [3, 'cycle'],
      ],
    ],
    ['a place below itself', ['330825001000,甲乡,township,330825001000'], [[2, 'cycle']]],
    ['an empty name', ['330800000000, ,city,'], [[2, 'empty-name']]],
    ['an unknown level', ['330800000000,衢州市,City,'], [[2, 'bad-level']]],
    ['a code that a spreadsheet shortened', ['3.308E+11,衢州市,city,'], [[2, 'bad-code']]],
    ['a file without rows', [], [[1, 'empty-file']]],
  ])('refuses %s with its line', (_, lines, expected) => {
    expect(problemsOf(...lines)).toEqual(expected)
  })

  it.each(['2017-02-30', '2017/03/31', '31.3.2017', '2017-3-1', '0000-00-00'])(
    'refuses the day %s',
    (day) => {
      const { rows, problems } = parseAreas(
        csv(`${header},electionDay`, `330800000000,衢州市,city,,${day}`),
      )
      expect(rows).toEqual([])
      expect(problems).toEqual([{ line: 2, code: 'bad-day', params: { value: day } }])
    },
  )

  it('refuses a risk class that does not exist and says which there are', () => {
    const bytes = csv(`${header},riskClass`, '330800000000,衢州市,city,,复杂')
    expect(parseAreas(bytes).problems).toEqual([
      {
        line: 2,
        code: 'bad-risk-class',
        params: { value: '复杂', expected: 'complex, watch, calm' },
      },
    ])
  })

  it('gives no rows when a single one is bad, and reports every bad one', () => {
    const { rows, problems } = parseAreas(csv(header, ...top, '1,,x,', '2,甲,village,'))
    expect(rows).toEqual([])
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [4, 'bad-code'],
      [4, 'empty-name'],
      [4, 'bad-level'],
      [5, 'bad-code'],
    ])
  })
})
