import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FolderInUse } from '../../src/db/folder-lock.ts'
import { type Database, openDatabase } from '../../src/db/open-database.ts'
import { StartError } from '../../src/errors.ts'

/**
 * The database of the settings, for a command that reads it. One that is not there is not made: a mistyped folder would
 * look like a quiet service. `whileItRuns` says what to do while the service holds the embedded database.
 * @throws StartError for what a person can mend.
 */
export async function openForCommand(
  { databaseUrl: url, dataDir }: { databaseUrl?: string | undefined; dataDir: string },
  whileItRuns = 'Stop it for a moment, or use PostgreSQL.',
): Promise<Database> {
  if (!url && !existsSync(join(dataDir, 'postgres')))
    throw new StartError(`There is no database in ${dataDir} yet. Check DATA_DIR or DATABASE_URL.`)
  try {
    return await openDatabase({ url, dataDir })
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error
    throw new StartError(
      `The running service holds the embedded database, which only one process can open. ${whileItRuns}`,
    )
  }
}
