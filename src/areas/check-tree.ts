import type { Problem } from '../lib/read-table.ts'
import { type AreaLevel, parentLevel } from './area.ts'

export type TreeProblemCode =
  | 'double-code'
  | 'cycle'
  | 'parent-missing'
  | 'parent-not-allowed'
  | 'parent-unknown'
  | 'parent-level'

type Node = {
  line: number
  code: string
  name: string
  level: AreaLevel
  parentCode: string | null
}

/** Finds every place that does not hang where its level demands. */
export function checkTree(rows: readonly Node[]): Problem<TreeProblemCode>[] {
  const byCode = new Map<string, Node>()
  const double = rows.filter((row) => {
    const seen = byCode.has(row.code)
    if (!seen) byCode.set(row.code, row)
    return seen
  })
  if (double.length > 0)
    return double.map(({ line, code }) => ({
      line,
      code: 'double-code',
      params: { code, first: byCode.get(code)?.line ?? 0 },
    }))
  return rows.flatMap((row) => checkParent(row, byCode) ?? [])
}

function checkParent(
  row: Node,
  byCode: ReadonlyMap<string, Node>,
): Problem<TreeProblemCode> | undefined {
  const { line, name, level, parentCode } = row
  const wanted = parentLevel[level]
  const about = (code: TreeProblemCode, params: Record<string, string> = {}) => ({
    line,
    code,
    params: { name, level, ...params },
  })
  if (wanted === null) return parentCode === null ? undefined : about('parent-not-allowed')
  if (parentCode === null) return about('parent-missing', { wanted })
  const parent = byCode.get(parentCode)
  if (!parent) return about('parent-unknown', { parentCode })
  if (isInCycle(row, byCode)) return about('cycle')
  if (parent.level !== wanted) return about('parent-level', { wanted, found: parent.level })
  return undefined
}

function isInCycle(row: Node, byCode: ReadonlyMap<string, Node>): boolean {
  const seen = new Set<string>()
  let code = row.parentCode
  while (code !== null && !seen.has(code)) {
    if (code === row.code) return true
    seen.add(code)
    code = byCode.get(code)?.parentCode ?? null
  }
  return false
}
