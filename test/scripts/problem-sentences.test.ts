import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../scripts/support/problem-sentences.ts'
import { parseAreas } from '../../src/areas/parse-areas.ts'
import { parseCalendar } from '../../src/calendar/parse-calendar.ts'
import { parseGroups } from '../../src/groups/parse-groups.ts'
import { csv, header, treeOf } from '../areas/editions.ts'
import { calendarTree } from '../calendar/calendar-tree.ts'
import { directory, groupHeader } from '../groups/cast.ts'

const city = '330800000000,衢州市,city,'
const full = `${header},riskClass,electionDay`
const bad = [
  csv('code;name'),
  csv(header, '1,2'),
  csv(full, '3.3E+11,,City,,complicated,2017-02-30'),
  csv(header, city, city),
  csv(header, '330825001000,甲乡,township,330825001000'),
  csv(header, city, '330825000000,龙游县,county,', '330700000000,金华市,city,330800000000'),
  csv(
    header,
    city,
    '330825001000,甲乡,township,330800000000',
    '330825001001,乙村,village,330899000000',
  ),
].flatMap((bytes) => parseAreas(bytes).problems)
const badGroups = [
  ',a,watch,village,330899000000,Red Packet,,:组长|甲|甲',
  'A,,supervision,city,,,,',
  'A,b,supervision,city,330800000000,,,',
]
const badDays = [
  ',2026-12-05',
  '没有村,2026-12-05',
  '山底村,2026-12-05',
  '下村,2026-02-30',
  '贺村镇,2017-03-31',
  '江山市,2066-12-05',
  '湖镇镇,',
  '湖镇镇,',
]
const problems = [
  ...bad,
  ...parseCalendar(csv('place,day', ...badDays), { tree: calendarTree(), today: '2026-11-24' })
    .problems,
  ...parseGroups(csv(groupHeader, ...badGroups), treeOf(directory)).problems,
]

describe('describeProblem', () => {
  it.each(problems.map((problem) => [problem.code, problem] as const))(
    'has every param for %s',
    (_, problem) => {
      const sentence = describeProblem(problem)
      expect(sentence).toMatch(/^Line \d+: .+[.?]$/)
      // A param that the problem does not have would leave a gap.
      expect(sentence).not.toMatch(/\{\{| {2}|“”|: \.$/)
    },
  )

  it('leaves no place for a param open', () => {
    const [problem] = bad
    if (!problem) throw new Error('a problem expected')
    expect(describeProblem(problem)).toContain('code, name, level, parentCode')
  })
})
