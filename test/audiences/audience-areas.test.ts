import { describe, expect, it } from 'vitest'
import type { Audience } from '../../src/audiences/audience.ts'
import { areasOf } from '../../src/audiences/audience-areas.ts'
import { sayDay } from '../../src/audiences/say-day.ts'
import { csv, treeOf } from '../areas/editions.ts'

const tree = treeOf(
  csv(
    'code,name,level,parentCode,riskClass,electionDay',
    '330800000000,衢州市,city,,,',
    '330825000000,龙游县,county,330800000000,calm,2017-04-01',
    '330825001000,龙洲街道,township,330825000000,watch,',
    '330825001214,山底村村民委员会,village,330825001000,,2017-03-20',
    '330825001201,项家村村民委员会,village,330825001000,complex,',
    '330802000000,柯城区,county,330800000000,,',
    '330802001000,府山街道,township,330802000000,,',
    '330802001001,县西街社区居民委员会,community,330802001000,,',
  ),
)
const named = new Map([
  ['山底', '330825001214'],
  ['项家', '330825001201'],
  ['县西', '330802001001'],
])
const idOf = (code: string) => tree.findByCode(code)?.id ?? 0
const places = (audience: Audience, today = '2017-03-15') => {
  const ids = areasOf(audience, { tree, today })
  return ids && [...named].flatMap(([name, code]) => (ids.includes(idOf(code)) ? [name] : []))
}

describe('the places of an audience', () => {
  it('are all when it names none', () => {
    expect(places({})).toBeNull()
    expect(places({ languages: ['en'] })).toBeNull()
  })

  it('are the villages and communities below those it names', () => {
    expect(places({ areas: [idOf('330825000000')] })).toEqual(['山底', '项家'])
    expect(places({ areas: [idOf('330825001201'), idOf('330802000000')] })).toEqual([
      '项家',
      '县西',
    ])
  })

  it('have a risk class of their own or inherited; none is no class', () => {
    expect(places({ riskClasses: ['watch'] })).toEqual(['山底'])
    expect(places({ riskClasses: ['complex', 'watch'] })).toEqual(['山底', '项家'])
    expect(places({ riskClasses: ['calm'] })).toEqual([])
  })

  it('vote within the days it names, both included', () => {
    expect(places({ daysToElection: { from: 5, to: 5 } })).toEqual(['山底'])
    expect(places({ daysToElection: { from: 5, to: 17 } })).toEqual(['山底', '项家'])
    expect(places({ daysToElection: { from: -10, to: -1 } }, '2017-03-21')).toEqual(['山底'])
  })

  it('must fit in everything that it names', () => {
    const both = { areas: [idOf('330825000000')], riskClasses: ['complex' as const] }
    expect(places(both)).toEqual(['项家'])
  })
})

describe('days', () => {
  it('are said as people say them', () => {
    expect(sayDay('2017-04-10', 'zh-CN')).toBe('4月10日（星期一）')
    expect(sayDay('2017-04-10', 'en')).toBe('Monday 10 April')
  })
})
