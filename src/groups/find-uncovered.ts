import { isLeaf } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { GroupKind } from './group.ts'

/** Paths of the villages and communities for which no supervision group answers: their tips would be held. */
export function findUncovered(
  tree: AreaTree,
  groups: readonly { kind: GroupKind; areaIds: readonly number[] }[],
): string[] {
  const supervised = groups.filter(({ kind }) => kind === 'supervision')
  const covered = new Set(supervised.flatMap(({ areaIds }) => areaIds))
  return tree.all
    .filter((area) => isLeaf(area) && area.retiredAt === null)
    .filter((area) => !tree.chain(area.id).some(({ id }) => covered.has(id)))
    .map((area) => tree.path(area.id))
}
