import { describe, expect, it } from 'vitest'
import { parseCalendar } from '../../src/calendar/parse-calendar.ts'
import { calendarTree } from './calendar-tree.ts'

const today = '2026-11-24'
const parse = (lines: string[], tree = calendarTree()) =>
  parseCalendar(Buffer.from(`${lines.join('\n')}\n`), { tree, today })

describe('a file of election days', () => {
  it('names places by code or path, and takes a day away where it is empty', () => {
    const { changes, problems } = parse([
      'place,day',
      '330800000003,2026-12-05',
      '龙游县 湖镇镇 山底村,2026年12月12日',
      '贺村镇,',
    ])
    expect(problems).toEqual([])
    expect(changes).toEqual([
      { areaId: 3, day: '2026-12-05' },
      { areaId: 7, day: '2026-12-12' },
      { areaId: 10, day: null },
    ])
  })

  it('gives nothing when a row is broken, and every broken row with its line', () => {
    const { changes, problems } = parse([
      'place,day',
      '龙洲街道,2026-12-05',
      ',2026-12-05',
      '没有村,2026-12-05',
      '山底村,2026-12-05',
      '下村,2026-11-31',
      '贺村镇,2017-03-31',
      '江山市,2066-12-05',
      '330800000003,2026-12-06',
    ])
    expect(changes).toEqual([])
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '3 empty-place',
      '4 unknown-place',
      '5 which-place',
      '6 election-not-a-day',
      '7 election-past',
      '8 election-too-far',
      '9 double-place',
    ])
    expect(problems[2]?.params).toMatchObject({ count: 2 })
  })

  it('may say again a day that is over, but not set one', () => {
    const tree = calendarTree({ 3: '2026-11-20' })
    expect(parse(['place,day', '龙洲街道,2026-11-20'], tree).problems).toEqual([])
    expect(parse(['place,day', '湖镇镇,2026-11-20'], tree).problems).toHaveLength(1)
  })

  it('needs its columns and a row', () => {
    expect(parse(['place', '龙洲街道']).problems).toMatchObject([{ code: 'missing-column' }])
    expect(parse(['place,day']).problems).toMatchObject([{ code: 'empty-file' }])
  })
})
