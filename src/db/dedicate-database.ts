import { resolve } from 'node:path'
import { StartError } from '../errors.ts'
import type { Db } from './open-database.ts'
import { createSetting, findSetting, saveSetting } from './setting-store.ts'

/** True: everything in this database is made up. False: a real bot was started on it. */
const sandboxKey = 'sandbox'
const botIdKey = 'bot.id'

/** Where the database lies, as the settings say. */
export type DatabasePlace = { databaseUrl?: string | undefined; dataDir: string }

/** Who starts: `botId` is null for the sandbox. */
export type DatabaseUser = { botId: string | null; place: DatabasePlace }

/**
 * The made-up supervisors of the sandbox must never see real tips, nor real people get invented ones.
 * @throws StartError when the database belongs to the other of the two. A new one belongs to nobody.
 */
export async function refuseForeignDatabase(db: Db, { botId, place }: DatabaseUser): Promise<void> {
  const isSandbox = botId === null
  const isOfSandbox = await findSetting(db, sandboxKey)
  if (isOfSandbox !== null && isOfSandbox !== isSandbox)
    throw new StartError(isSandbox ? refuseSandbox(place) : refuseBot(place))
}

/**
 * Gives the database for good to the sandbox or to real bots. The sandbox does it before it makes people up.
 * @throws StartError when it belongs to the other.
 */
export async function dedicateDatabase(db: Db, user: DatabaseUser): Promise<{ otherBot: boolean }> {
  const { botId } = user
  await createSetting(db, sandboxKey, botId === null)
  // Looked at after writing: of two that start together only one has written it.
  await refuseForeignDatabase(db, user)
  if (botId === null) return { otherBot: false }
  const known = await findSetting(db, botIdKey)
  await saveSetting(db, botIdKey, botId)
  return { otherBot: known !== null && known !== botId }
}

function refuseBot({ databaseUrl, dataDir }: DatabasePlace): string {
  return databaseUrl
    ? `The database ${nameOf(databaseUrl)} holds the data of a sandbox, whose people are made up. To start with BOT_TOKEN, name an empty database in DATABASE_URL.`
    : `The folder ${resolve(dataDir)} holds the data of a sandbox, whose people are made up. To start with BOT_TOKEN, remove the folder or set DATA_DIR to another one.`
}

function refuseSandbox({ databaseUrl, dataDir }: DatabasePlace): string {
  return databaseUrl
    ? `The database ${nameOf(databaseUrl)} belongs to a real bot. Set its BOT_TOKEN again, or name another database in DATABASE_URL to try the sandbox.`
    : `The folder ${resolve(dataDir)} holds the data of a real bot. Set its BOT_TOKEN again, or set DATA_DIR to another folder to try the sandbox.`
}

/** The rest of the address may hold a password. */
function nameOf(databaseUrl: string): string {
  return `“${decodeURIComponent(new URL(databaseUrl).pathname.slice(1))}”`
}
