import { StartError } from '../errors.ts'

/** SQLSTATE, Node and Prisma codes that an operator can do something about, as sentences. */
const sentences: Record<string, string> = {
  '28P01': 'The database refused the password. Check user name and password in DATABASE_URL.',
  '28000': 'The database refused the user. Check the user name in DATABASE_URL and pg_hba.conf.',
  '3D000':
    'The database named in DATABASE_URL does not exist. Create it with createdb, then start again.',
  '42501':
    'The database user may not create tables. Grant it CREATE on the database and its schema public.',
  '53100': 'The disk of the database is full. Free some space, then start again.',
  '53300': 'The database has no free connection. Raise max_connections or stop another client.',
  '57P03': 'The database is starting up or shutting down. Try again in a moment.',
  ENOSPC: 'The disk is full. Free some space where DATA_DIR lies, then start again.',
  ENOENT: 'DATA_DIR cannot be made there. Choose another folder.',
  EACCES: 'DATA_DIR may not be written by this user. Change its owner or choose another folder.',
  EPERM: 'DATA_DIR may not be written by this user. Change its owner or choose another folder.',
  EROFS: 'DATA_DIR lies on a read-only disk. Choose another folder.',
  ENOTDIR: 'DATA_DIR is not a folder. Choose another path.',
  ECONNREFUSED:
    'No database answers at the address in DATABASE_URL. Start it, or check host and port.',
  ENOTFOUND: 'The host in DATABASE_URL is not known. Check its spelling and the name server.',
  EAI_AGAIN: 'The host in DATABASE_URL could not be looked up. Check the name server.',
  ETIMEDOUT: 'The database did not answer in time. Check host, port and firewall.',
  ECONNRESET:
    'The database closed the connection. Check that DATABASE_URL names a PostgreSQL server.',
  EHOSTUNREACH: 'The host in DATABASE_URL cannot be reached. Check the network.',
}

/** Turns what a driver threw while opening or migrating into one sentence; `undefined` when it has none for it. */
export function explainDatabaseError(error: unknown): StartError | undefined {
  for (const cause of causesOf(error)) {
    const code =
      'code' in cause
        ? String(cause.code)
        : 'originalCode' in cause
          ? String(cause.originalCode)
          : ''
    const sentence = sentences[code]
    if (sentence) return new StartError(`${sentence} (${code})`)
    if (/no space left on device|ENOSPC/i.test(cause.message))
      return new StartError(`${sentences.ENOSPC} (ENOSPC)`)
    if (/connection timeout|timeout expired/i.test(cause.message))
      return new StartError(`${sentences.ETIMEDOUT} (ETIMEDOUT)`)
  }
  return undefined
}

function causesOf(error: unknown): (Error & { code?: unknown; originalCode?: unknown })[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors : [error.cause]
  return [error, ...inner.flatMap(causesOf)]
}
