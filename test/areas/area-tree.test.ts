import { describe, expect, it } from 'vitest'
import { createAreaTree } from '../../src/areas/area-tree.ts'
import { csv, treeOf } from './editions.ts'

const tree = treeOf(
  csv(
    'code,name,level,parentCode,riskClass,electionDay',
    '330800000000,衢州市,city,,calm,',
    '330825000000,龙游县,county,330800000000,,2017-04-01',
    '330825001000,龙洲街道,township,330825000000,watch,',
    '330825001214,山底村村民委员会,village,330825001000,,2017-03-20',
    '330825001201,项家村村民委员会,village,330825001000,complex,',
    '330802000000,柯城区,county,330800000000,,',
  ),
)
const idOf = (code: string) => tree.findByCode(code)?.id ?? 0

describe('area tree', () => {
  it('tells the full path in the names that people use', () => {
    expect(tree.path(idOf('330825001214'))).toBe('衢州市 龙游县 龙洲街道 山底村')
  })

  it('lists what a place belongs to, itself first', () => {
    const chain = tree.chain(idOf('330825001000'))
    expect(chain.map(({ level }) => level)).toEqual(['township', 'county', 'city'])
  })

  it('lists children in the order of their codes', () => {
    const names = tree.children(idOf('330825001000')).map(({ name }) => name)
    expect(names).toEqual(['项家村村民委员会', '山底村村民委员会'])
    expect(tree.children(null).map(({ name }) => name)).toEqual(['衢州市'])
  })

  it('inherits risk class and election day from the nearest place that has one', () => {
    const own = idOf('330825001214')
    const inherited = idOf('330825001201')
    expect([tree.riskClass(own), tree.electionDay(own)]).toEqual(['watch', '2017-03-20'])
    expect([tree.riskClass(inherited), tree.electionDay(inherited)]).toEqual([
      'complex',
      '2017-04-01',
    ])
    expect(tree.electionDay(idOf('330802000000'))).toBeNull()
  })

  it('finds a place by a code it had before, unless another place has it now', () => {
    const [first, second] = tree.all.slice(1, 3)
    if (!first || !second) throw new Error('two areas expected')
    const recoded = createAreaTree([
      { ...first, code: '330881003000', formerCodes: ['330881104000', second.code] },
      second,
    ])
    expect(recoded.findByCode('330881104000')?.id).toBe(first.id)
    expect(recoded.findByCode(second.code)?.id).toBe(second.id)
  })

  it('hides retired places from lists but still knows them', () => {
    const retired = createAreaTree(
      tree.all.map((area) => ({
        ...area,
        retiredAt: area.level === 'village' ? new Date(0) : null,
      })),
    )
    expect(retired.children(idOf('330825001000'))).toEqual([])
    expect(retired.path(idOf('330825001214'))).toContain('山底村')
  })

  it('throws for an id that does not exist, and finds null', () => {
    expect(() => tree.get(999)).toThrow('no area 999')
    expect(tree.find(999)).toBeNull()
  })
})
