import type { Area, AreaLevel } from '../../src/areas/area.ts'
import { createAreaTree } from '../../src/areas/area-tree.ts'

/**
 * 衢州市 › 龙游县 › 龙洲街道 (山底村, 下村), 湖镇镇 (山底村, 大街社区) and 江山市 › 贺村镇 (贺村村). Ids as listed. `days`: own election
 * days by id.
 */
export function calendarTree(days: Record<number, string> = {}, retired: readonly number[] = []) {
  const rows: [number, string, AreaLevel, number | null][] = [
    [1, '衢州市', 'city', null],
    [2, '龙游县', 'county', 1],
    [3, '龙洲街道', 'township', 2],
    [4, '山底村村民委员会', 'village', 3],
    [5, '下村村民委员会', 'village', 3],
    [6, '湖镇镇', 'township', 2],
    [7, '山底村村民委员会', 'village', 6],
    [8, '大街社区居民委员会', 'community', 6],
    [9, '江山市', 'county', 1],
    [10, '贺村镇', 'township', 9],
    [11, '贺村村民委员会', 'village', 10],
  ]
  return createAreaTree(
    rows.map(
      ([id, name, level, parentId]): Area => ({
        id,
        code: `3308${String(id).padStart(8, '0')}`,
        name,
        level,
        parentId,
        riskClass: null,
        electionDay: days[id] ?? null,
        aliases: [],
        formerCodes: [],
        retiredAt: retired.includes(id) ? new Date(0) : null,
      }),
    ),
  )
}
