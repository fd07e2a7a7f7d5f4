import { describe, expect, it } from 'vitest'
import { displayName, stemOf } from '../../src/areas/area-name.ts'

describe('displayName', () => {
  it.each([
    ['山底村委会', '山底村'],
    ['山底村村民委员会', '山底村'],
    ['平棋村民委员会', '平棋村'],
    ['六一村村委会', '六一村'],
    ['下村村委会', '下村'],
    ['下村委会', '下村'],
    ['举村村村委会', '举村村'],
    ['六都杨村', '六都杨村'],
    ['十里丰农场', '十里丰农场'],
  ])('calls the village %s %s', (name, shown) => {
    expect(displayName({ name, level: 'village' })).toBe(shown)
  })

  it.each([
    ['朝晖社区', '朝晖社区'],
    ['临江社区居委会', '临江社区'],
    ['星新社区居民委员会', '星新社区'],
    ['清湖居民委员会', '清湖居委会'],
    ['滨一村社区', '滨一村社区'],
  ])('calls the community %s %s', (name, shown) => {
    expect(displayName({ name, level: 'community' })).toBe(shown)
  })

  it('leaves townships, counties and cities alone', () => {
    expect(displayName({ name: '贺村镇', level: 'township' })).toBe('贺村镇')
  })

  it('keeps a village and a community of one township apart', () => {
    const village = displayName({ name: '贺村村委会', level: 'village' })
    const community = displayName({ name: '贺村居民委员会', level: 'community' })
    expect([village, community]).toEqual(['贺村', '贺村居委会'])
  })
})

describe('stemOf', () => {
  it.each([
    ['山底村', '山底'],
    ['大洲镇', '大洲'],
    ['清湖街道', '清湖'],
    ['沐尘畲族乡', '沐尘'],
    ['村', '村'],
  ])('takes the kind of place off %s', (name, stem) => {
    expect(stemOf(name)).toBe(stem)
  })
})
