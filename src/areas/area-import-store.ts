import type { Db } from '../db/open-database.ts'
import type { Area } from './area.ts'
import type { PlannedArea } from './plan-areas.ts'

/**
 * The writes of an import. Each takes a whole list as one JSON parameter, because 1,700 single updates take longer than
 * the rest of a first start. All belong into one transaction.
 */

/** Lets no other import in until the transaction ends; reading goes on. */
export async function lockAreas(db: Db): Promise<void> {
  await db.$executeRaw`LOCK TABLE area IN SHARE ROW EXCLUSIVE MODE`
}

/**
 * Puts a stand-in for the code of places that are recoded, and of retired places whose code is taken: codes may
 * change hands within one edition, and the unique index is checked row by row.
 */
export async function giveUpCodes(db: Db, ids: readonly number[]): Promise<void> {
  await db.$executeRaw`
    UPDATE area SET code = code || '~' || id,
      "formerCodes" = CASE WHEN code = ANY ("formerCodes") THEN "formerCodes" ELSE "formerCodes" || code END
    WHERE id = ANY (${[...ids]})`
}

/** Writes everything but the parents, which may be new themselves. */
export async function insertAreas(db: Db, areas: readonly PlannedArea[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO area (code, name, level, "riskClass", "electionDay", aliases, "formerCodes")
    SELECT code, name, level, "riskClass", "electionDay", aliases, "formerCodes"
    FROM jsonb_to_recordset(${JSON.stringify(areas)}::jsonb) AS new (code text, name text, level text,
      "riskClass" text, "electionDay" date, aliases text[], "formerCodes" text[])`
}

export async function updateAreas(db: Db, areas: readonly PlannedArea[]): Promise<void> {
  await db.$executeRaw`
    UPDATE area SET code = new.code, name = new.name, level = new.level, "riskClass" = new."riskClass",
      "electionDay" = new."electionDay", aliases = new.aliases, "formerCodes" = new."formerCodes", "retiredAt" = NULL
    FROM jsonb_to_recordset(${JSON.stringify(areas)}::jsonb) AS new (id int, code text, name text, level text,
      "riskClass" text, "electionDay" date, aliases text[], "formerCodes" text[])
    WHERE area.id = new.id`
}

/** Hangs the places below the ones whose codes they name. */
export async function linkParents(db: Db, areas: readonly PlannedArea[]): Promise<void> {
  const links = areas.map(({ code, parentCode }) => ({ code, parentCode }))
  await db.$executeRaw`
    UPDATE area SET "parentId" = parent.id
    FROM jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS link (code text, "parentCode" text)
      LEFT JOIN area AS parent ON parent.code = link."parentCode"
    WHERE area.code = link.code`
}

export async function retireAreas(db: Db, areas: readonly Area[], now: Date): Promise<void> {
  const ids = areas.map(({ id }) => id)
  await db.area.updateMany({ where: { id: { in: ids } }, data: { retiredAt: now } })
}
