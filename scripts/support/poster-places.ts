import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Area, isLeaf } from '../../src/areas/area.ts'
import { displayName } from '../../src/areas/area-name.ts'
import { type AreaTree, createAreaTree } from '../../src/areas/area-tree.ts'
import { loadDirectory } from '../../src/areas/directory.ts'
import { type AreaRow, parseAreas } from '../../src/areas/parse-areas.ts'
import { StartError } from '../../src/errors.ts'
import { findDistributorByCode } from '../../src/subscribers/invites/distributor-store.ts'
import { openForCommand } from './open-for-command.ts'
import type { PosterOptions } from './poster-options.ts'
import { describeProblem } from './problem-sentences.ts'

export type PosterPlace = { code: string; name: string; place: string }
type Where = { databaseUrl: string | undefined; dataDir: string }

const shipped = fileURLToPath(new URL('../../prisma/seed/quzhou-2016.csv', import.meta.url))

/**
 * The villages to make posters for: none for a distributor alone. From the database, where the distributor is looked up
 * too, or from a file.
 * @throws StartError for what is not there.
 */
export async function findPosterPlaces(
  { place, distributor, directory }: PosterOptions,
  where: Where,
): Promise<PosterPlace[]> {
  const hasDatabase = where.databaseUrl !== undefined || existsSync(join(where.dataDir, 'postgres'))
  if (directory !== null || !hasDatabase) {
    if (place === null) return []
    return pick(treeOf(directory ?? shipped), place)
  }
  const database = await openForCommand(
    where,
    `Stop it for a moment, or give the places as a file: --directory ${shipped}`,
  )
  try {
    if (distributor !== null) {
      const known = await findDistributorByCode(database.db, distributor)
      if (!known || known.retiredAt)
        throw new StartError(
          `There is no distributor ${distributor}, or it was retired: /distributors shows them.`,
        )
    }
    return place === null ? [] : pick((await loadDirectory(database.db)).tree, place)
  } finally {
    await database.close()
  }
}

function pick(tree: AreaTree, place: { area: string } | { township: string }): PosterPlace[] {
  const code = 'area' in place ? place.area : place.township
  const area = tree.findByCode(code)
  if (!area || area.retiredAt) throw new StartError(`There is no place with the code ${code}.`)
  if ('area' in place && !isLeaf(area))
    throw new StartError(
      `${displayName(area)} is no village. For all of its villages: --all --township ${code}`,
    )
  if ('township' in place && isLeaf(area))
    throw new StartError(`${displayName(area)} is a village: --area ${code}`)
  return listLeaves(tree, area).map((leaf) => ({
    code: leaf.code,
    name: displayName(leaf),
    place: tree.chain(leaf.id).slice(1).reverse().map(displayName).join(' '),
  }))
}

function listLeaves(tree: AreaTree, area: Area): Area[] {
  if (isLeaf(area)) return [area]
  return tree.children(area.id).flatMap((child) => listLeaves(tree, child))
}

/** @throws StartError with the first problem of the file. */
function treeOf(file: string): AreaTree {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch {
    throw new StartError(`The file ${file} cannot be read. Is the path right?`)
  }
  const { rows, problems } = parseAreas(bytes)
  const [problem] = problems
  if (problem) throw new StartError(`${file}: ${describeProblem(problem)}`)
  const ids = new Map(rows.map(({ code }, at) => [code, at + 1]))
  return createAreaTree(rows.map((row, at) => toArea(row, at + 1, ids)))
}

function toArea(row: AreaRow, id: number, ids: ReadonlyMap<string, number>): Area {
  const { code, name, level, parentCode } = row
  const parentId = parentCode === null ? null : (ids.get(parentCode) ?? null)
  return {
    ...{ id, code, name, level, parentId },
    riskClass: row.riskClass ?? null,
    electionDay: row.electionDay ?? null,
    aliases: row.aliases ?? [],
    formerCodes: [],
    retiredAt: null,
  }
}
