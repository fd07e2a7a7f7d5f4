import { type Area, isLeaf } from './area.ts'
import type { AreaTree } from './area-tree.ts'

/** What a person sees while choosing a village step by step. */
export type AreaChoice = {
  /** Where they are; null at the very top. */
  at: Area | null
  /** Where "up" leads; undefined at the top. */
  upId: number | null | undefined
  items: readonly Area[]
  /** From 0. */
  page: number
  pages: number
}

/** Buttons on one page: what fits an old phone without much scrolling, in two columns. */
const pageSize = 16

/** One page of the places below `areaId` (null: the top). A page number out of range gives the nearest one. */
export function listAreaChoices(tree: AreaTree, areaId: number | null, page: number): AreaChoice {
  const startId = topOf(tree)
  const id = areaId === null || !tree.find(areaId) ? startId : areaId
  const below = tree.children(id)
  const pages = Math.max(1, Math.ceil(below.length / pageSize))
  const shown = Math.min(Math.max(0, page), pages - 1)
  const at = id === null ? null : tree.get(id)
  return {
    at,
    upId: id === startId ? undefined : (at?.parentId ?? null),
    items: below.slice(shown * pageSize, (shown + 1) * pageSize),
    page: shown,
    pages,
  }
}

/** A single city is no choice: people start at its counties. */
function topOf(tree: AreaTree): number | null {
  const cities = tree.children(null)
  return cities.length === 1 ? (cities[0]?.id ?? null) : null
}

/** A village or community that exists today: what a subscriber or a tip can belong to. */
export function findPickable(tree: AreaTree, areaId: number): Area | null {
  const area = tree.find(areaId)
  return area && isLeaf(area) && !area.retiredAt ? area : null
}
