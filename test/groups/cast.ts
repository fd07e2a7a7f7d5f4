import { createHash } from 'node:crypto'
import { importAreas } from '../../src/areas/import-areas.ts'
import type { PrismaClient } from '../../src/db/open-database.ts'
import { importGroups } from '../../src/groups/import-groups.ts'
import { csv } from '../areas/editions.ts'

export const now = new Date('2017-03-01T02:00:00Z')
export const inEightDays = new Date('2017-03-09T02:00:00Z')

/** Stands for the keyed hash. */
export const hash = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

export const directory = csv(
  'code,name,level,parentCode',
  '330800000000,衢州市,city,',
  '330825000000,龙游县,county,330800000000',
  '330825001000,龙洲街道,township,330825000000',
  '330825001214,山底村村民委员会,village,330825001000',
  '330825002000,东华街道,township,330825000000',
  '330825002201,方门街村村民委员会,village,330825002000',
)

export const groupHeader = 'code,name,kind,level,territory,categories,description,roster'
export const groupLines = [
  groupHeader,
  'LY,龙游县督导组,supervision,county,330825000000,,县里,甲一:组长|甲二',
  'LY-01,龙洲督导组,supervision,township,330825001000,cash|travel,,乙一:组长|乙二:成员',
]

/** The small directory with the groups LY and LY-01. */
export async function createCast(db: PrismaClient): Promise<void> {
  await importAreas(db, { bytes: directory, now })
  const result = await importGroups(db, { bytes: csv(...groupLines), now })
  if (result.outcome !== 'imported') throw new Error(JSON.stringify(result))
}

export async function groupIdOf(db: PrismaClient, code: string): Promise<number> {
  return (await db.group.findUniqueOrThrow({ where: { code } })).id
}

export async function supervisorIdOf(db: PrismaClient, name: string): Promise<number> {
  return (await db.supervisor.findFirstOrThrow({ where: { name } })).id
}
