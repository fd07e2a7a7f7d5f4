import { describe, expect, it } from 'vitest'
import { createAwareness, listFurthest } from '../../src/understanding/awareness.ts'
import { toShown } from '../../src/understanding/coarse-count.ts'
import { csv, treeOf } from '../areas/editions.ts'

const villages = Array.from({ length: 12 }, (_, at) => String(at + 201))
const tree = treeOf(
  csv(
    'code,name,level,parentCode,riskClass,electionDay',
    '330800000000,衢州市,city,,,',
    '330825000000,龙游县,county,330800000000,,',
    '330825001000,龙洲街道,township,330825000000,,',
    '330825002000,东华街道,township,330825000000,,',
    ...villages.map((last) => `330825001${last},村${last}村民委员会,village,330825001000,,`),
    '330825002201,方门村民委员会,village,330825002000,,',
  ),
)
const idOf = (code: string) => tree.findByCode(code)?.id ?? 0
const village = (at: number) => idOf(`330825001${villages[at]}`)
const far = idOf('330825002201')
const township = idOf('330825001000')
const city = idOf('330800000000')

type Row = [areaId: number, people: number, read: number, mastered: number]
const aware = (rows: Row[], hasQuestion = true) =>
  createAwareness(
    tree,
    rows.map(([areaId, people, read, mastered]) => ({ areaId, people, read, mastered })),
    { hasQuestion },
  )

describe('awareness', () => {
  it('is counted for village, township, county and city', () => {
    const known = aware([
      [village(0), 200, 150, 100],
      [village(1), 100, 50, 0],
      [far, 100, 0, 0],
    ])
    expect(known(village(0)).read).toEqual({ people: 150, missing: 50, percent: 75 })
    expect(known(village(0)).mastered).toEqual({ people: 100, missing: 100, percent: 50 })
    expect(known(township).read).toEqual({ people: 200, missing: 100, percent: 66 })
    expect(known(city)).toMatchObject({ people: 400, read: { missing: 200, percent: 50 } })
  })

  it('is not complete while somebody is missing, and is when nobody to be shown is', () => {
    expect(aware([[far, 2_000, 1_994, 0]])(far).read).toMatchObject({ missing: 5, percent: 99 })
    expect(aware([[far, 200, 197, 0]])(far).read).toMatchObject({ missing: 0, percent: 97 })
    expect(aware([[far, 200, 200, 0]])(far).read).toMatchObject({ missing: 0, percent: 100 })
  })

  it('tells no mastery of what has no question', () => {
    expect(aware([[far, 100, 50, 0]], false)(far).mastered).toBeNull()
  })

  it('shows nothing of a village with fewer than five people, and of one without anybody', () => {
    const known = aware([[far, 4, 4, 4]])
    expect(known(far)).toMatchObject({ people: 0, read: { people: 0, missing: 0 } })
    expect(known(village(3)).people).toBe(0)
  })
})

describe('a number of fewer than five people', () => {
  it('is in no sum: with one village hidden its township shows what the others show', () => {
    const others: Row[] = [
      [village(1), 100, 60, 60],
      [village(2), 100, 40, 40],
    ]
    for (const people of [0, 1, 2, 3, 4]) {
      const known = aware([[village(0), people, people, people], ...others])
      expect(known(township)).toEqual(aware(others)(township))
    }
    for (const read of [0, 1, 2, 3, 4])
      expect(aware([[village(0), 100, read, 0], ...others])(township).read.people).toBe(100)
  })

  it('follows from nothing that is shown of its village: three others at least would show the same', () => {
    const possible = new Map<string, Set<number>[]>()
    for (let people = 0; people < 45; people++)
      for (let read = 0; read <= people; read++)
        for (let mastered = 0; mastered <= read; mastered++) {
          const exact = [people, read, people - read, mastered, people - mastered]
          const shown = exact.map(toShown).join()
          const known = possible.get(shown) ?? exact.map(() => new Set<number>())
          for (const [at, number] of exact.entries()) known[at]?.add(number)
          possible.set(shown, known)
        }
    const hidden = [...possible].flatMap(([shown, numbers]) =>
      shown.split(',').flatMap((one, at) => (one === '0' ? [numbers[at]?.size ?? 0] : [])),
    )
    expect(hidden.length).toBeGreaterThan(100)
    expect(Math.min(...hidden)).toBeGreaterThan(3)
  })
})

describe('the furthest villages', () => {
  it('are ten at most: the smallest share first, then where most people are missing', () => {
    const rows = villages.map((_, at): Row => [village(at), 100 + at * 10, at * 10, 0])
    const furthest = listFurthest(tree, aware(rows), city)
    expect(furthest.map(({ areaId }) => areaId)).toEqual(
      villages.slice(0, 10).map((_, at) => village(at)),
    )
    expect(furthest[1]?.share).toEqual({ people: 10, missing: 100, percent: 9 })
    const empty: Row[] = [
      [village(0), 50, 0, 0],
      [village(1), 90, 0, 0],
    ]
    expect(listFurthest(tree, aware(empty), city).map(({ areaId }) => areaId)).toEqual([
      village(1),
      village(0),
    ])
  })

  it('are none of those that are there, nor of those of which nothing may be shown', () => {
    const known = aware([
      [village(0), 100, 98, 0],
      [village(1), 4, 0, 0],
    ])
    expect(listFurthest(tree, known, city)).toEqual([])
  })
})
