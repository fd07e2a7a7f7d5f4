import { describe, expect, it } from 'vitest'
import { createAreaIndex } from '../../src/areas/area-index.ts'
import { createAreaTree } from '../../src/areas/area-tree.ts'
import { searchAreas } from '../../src/areas/search-areas.ts'
import { edition2016, treeOf } from './editions.ts'

const tree = treeOf(edition2016)
const index = createAreaIndex(tree)
const pathsOf = (text: string) => searchAreas(index, text).map(({ path }) => path)

const shandi = [
  '衢州市 柯城区 黄家乡 山底村',
  '衢州市 常山县 招贤镇 山底村',
  '衢州市 开化县 马金镇 山底村',
  '衢州市 江山市 贺村镇 山底村',
  '衢州市 龙游县 龙洲街道 山底村',
]

describe('searchAreas', () => {
  it.each([
    '山底',
    '山底村',
    '山底村委会',
    '山底村民委员会',
    '山底村村民委员会',
    ' 山　底 ',
    'shandi',
    'ShanDiCun',
    'ｓｈａｎｄｉ',
    'shan di',
    'shāndǐ',
    '山di',
  ])('finds 山底 in five places for “%s” and nothing that is merely alike', (text) => {
    expect(new Set(pathsOf(text))).toEqual(new Set(shandi))
  })

  it('finds places by their initials', () => {
    expect(pathsOf('sd')).toEqual(expect.arrayContaining(shandi))
    expect(pathsOf('sdc')).toEqual(expect.arrayContaining(shandi))
  })

  it.each([
    '贺村 山底',
    '山底 贺村',
    '江山市，贺村镇，山底村',
    '江山市贺村镇山底村',
    '贺村镇山底',
    'hecun shandi',
    'hecunshandi',
    '賀村鎮山底',
    'hc sd',
  ])('narrows by township or county in “%s”', (text) => {
    expect(pathsOf(text)).toEqual(['衢州市 江山市 贺村镇 山底村'])
  })

  it('asks which one when the narrowing word does not fit any of them', () => {
    expect(new Set(pathsOf('大洲 山底'))).toEqual(new Set(shandi))
  })

  it('lists the villages of a township behind those that bear its name', () => {
    const found = pathsOf('贺村')
    expect(found.slice(0, 2)).toEqual([
      '衢州市 江山市 贺村镇 贺村',
      '衢州市 江山市 贺村镇 贺村居委会',
    ])
    expect(found).toContain('衢州市 江山市 贺村镇 山底村')
  })

  it('finds traditional characters and slips of the input method by their sound', () => {
    expect(pathsOf('龍遊縣山底')).toEqual(['衢州市 龙游县 龙洲街道 山底村'])
    const slip = searchAreas(index, '山低')
    expect(slip.map(({ path }) => path)).toEqual(expect.arrayContaining(shandi))
    expect(slip.every(({ exact }) => !exact)).toBe(true)
  })

  it('reads digits as Chinese numerals', () => {
    expect(pathsOf('清湖1村')).toEqual(['衢州市 江山市 清湖镇 清湖一村'])
  })

  it.each(['下村', '下'])('finds the one-character village 下村 for “%s”', (text) => {
    expect(pathsOf(text)).toEqual(['衢州市 柯城区 石梁镇 下村'])
  })

  it('puts names that begin with the text before names that contain it', () => {
    const found = pathsOf('山底陈')
    expect(found).toEqual(['衢州市 龙游县 塔石镇 山底陈村'])
    expect(pathsOf('晶山底')).toEqual(['衢州市 江山市 贺村镇 水晶山底村'])
  })

  it.each(['', '   ', '?!', '没有这个村子', 'xyzxyz', '%_', '1'.repeat(500)])(
    'finds nothing for “%s”',
    (text) => {
      expect(pathsOf(text)).toEqual([])
    },
  )

  it('answers with villages and communities only', () => {
    for (const text of ['衢州', '龙游', '龙游县', 'longyou', '大洲镇'])
      for (const { area } of searchAreas(index, text))
        expect(['village', 'community']).toContain(area.level)
  })

  it('knows aliases, and no retired places', () => {
    const [village] = searchAreas(index, '六一村')
    if (!village) throw new Error('六一村 expected')
    const changed = tree.all.map((area) =>
      area.id === village.area.id ? { ...area, aliases: ['老六村', 'Lao Six'] } : area,
    )
    const withAlias = createAreaIndex(createAreaTree(changed))
    expect(searchAreas(withAlias, '老六').map(({ area }) => area.id)).toEqual([village.area.id])
    expect(searchAreas(withAlias, 'laoliu').map(({ area }) => area.id)).toEqual([village.area.id])

    const retired = tree.all.map((area) =>
      area.id === village.area.id ? { ...area, retiredAt: new Date(0) } : area,
    )
    expect(searchAreas(createAreaIndex(createAreaTree(retired)), '六一村')).toEqual([])
  })

  it('finds every village of the directory by its official name and by its path', () => {
    for (const { area, path } of index.entries) {
      expect(pathsOf(area.name)).toContain(path)
      expect(pathsOf(path)).toContain(path)
    }
  })

  it('answers a hundred searches in half a second', () => {
    const startedAt = performance.now()
    for (let round = 0; round < 25; round++)
      for (const text of ['山底', 'shandi', '大洲 山底', '龍遊縣山底']) searchAreas(index, text)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})
