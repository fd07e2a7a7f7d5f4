import type { AreaTree } from '../../areas/area-tree.ts'

type Joined = { code: string; areaId: number; joined: number }

/** How many joined through each code. */
export function sumByCode(rows: readonly Joined[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { code, joined } of rows) sums.set(code, (sums.get(code) ?? 0) + joined)
  return sums
}

/** How many joined in each township, most first; townships are named by their ids. */
export function sumByTownship(
  tree: AreaTree,
  rows: readonly Joined[],
): { areaId: number; joined: number }[] {
  const sums = new Map<number, number>()
  for (const { areaId, joined } of rows) {
    const township = tree.chain(areaId).find(({ level }) => level === 'township')?.id ?? areaId
    sums.set(township, (sums.get(township) ?? 0) + joined)
  }
  return [...sums]
    .map(([areaId, joined]) => ({ areaId, joined }))
    .sort((a, b) => b.joined - a.joined || a.areaId - b.areaId)
}
