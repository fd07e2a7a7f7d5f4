import { readFileSync } from 'node:fs'
import type { Area } from '../../src/areas/area.ts'
import { type AreaTree, createAreaTree } from '../../src/areas/area-tree.ts'
import { parseAreas } from '../../src/areas/parse-areas.ts'

export const header = 'code,name,level,parentCode'

export const edition2016 = new Uint8Array(
  readFileSync(new URL('../../prisma/seed/quzhou-2016.csv', import.meta.url)),
)

/** The edition of 2017, made of the one of 2016 and the 38 lines that went and the 39 that came. */
export function readEdition2017(): Uint8Array {
  const changes = linesOf(readFileSync(new URL('quzhou-2017-changes.csv', import.meta.url)))
  const gone = new Set(changes.filter(([change]) => change === 'gone').map(([, code]) => code))
  const kept = linesOf(edition2016).filter(([code]) => !gone.has(code))
  const added = changes.filter(([change]) => change === 'new').map(([, ...cells]) => cells)
  return csv(...[...kept, ...added].map((cells) => cells.join(',')))
}

export function csv(...lines: string[]): Uint8Array {
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}

/** A tree without a database; ids count the lines of the file. */
export function treeOf(bytes: Uint8Array): AreaTree {
  const { rows } = parseAreas(bytes)
  const ids = new Map(rows.map((row, at) => [row.code, at + 1]))
  return createAreaTree(
    rows.map(
      (row, at): Area => ({
        id: at + 1,
        code: row.code,
        name: row.name,
        level: row.level,
        parentId: row.parentCode === null ? null : (ids.get(row.parentCode) ?? null),
        riskClass: row.riskClass ?? null,
        electionDay: row.electionDay ?? null,
        aliases: row.aliases ?? [],
        formerCodes: [],
        retiredAt: null,
      }),
    ),
  )
}

function linesOf(bytes: Uint8Array): string[][] {
  const lines = new TextDecoder().decode(bytes).trim().split('\n')
  return lines.map((line) => line.split(','))
}
