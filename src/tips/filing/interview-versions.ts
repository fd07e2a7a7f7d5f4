import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Db } from '../../db/open-database.ts'
import { createSetting, findSetting } from '../../db/setting-store.ts'
import { StartError } from '../../errors.ts'
import type { Interview } from '../interview/interview.ts'
import { readInterview, reopenInterview } from '../interview/read-interview.ts'

export const shippedInterviewFile = fileURLToPath(
  new URL('../../../prisma/seed/interview.json', import.meta.url),
)

/** The questions that new drafts are asked, and those that older drafts and tips were asked. */
export type Interviews = {
  current: Interview
  /** The version of that id; the current one when it is lost, as after an old backup was put back. */
  find: (db: Db, id: string) => Promise<Interview>
}

/**
 * The interview of a file, or the shipped one.
 * @throws StartError with one sentence when it cannot be read or would leave somebody stuck.
 */
export function loadInterview(path: string = shippedInterviewFile): Interview {
  const reading = readInterview(readFile(path))
  if (reading.ok) return reading.interview
  const [first] = reading.problems
  const others = reading.problems.length - 1
  const more = others > 0 ? ` (and ${others} more)` : ''
  throw new StartError(
    `The interview ${path} cannot be used. ${first?.at}: ${first?.text}${more} All of it: npm run interview:check -- ${path}`,
  )
}

/** Keeps the current version in the database, under its id, for as long as there may be drafts and tips of it. */
export async function openInterviews(db: Db, current: Interview): Promise<Interviews> {
  const { id, ...file } = current
  await createSetting(db, keyOf(id), file)
  const versions = new Map([[id, current]])
  return {
    current,
    find: async (handle, wanted) => {
      const known = versions.get(wanted)
      if (known) return known
      const found = reopenInterview(await findSetting(handle, keyOf(wanted)))
      // Another process may keep it a moment later, so that it is not there is not remembered.
      if (found) versions.set(wanted, found)
      return found ?? current
    },
  }
}

const keyOf = (id: string) => `interview-${id}`

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new StartError(
      `The interview ${path} cannot be read. INTERVIEW_FILE must name a file that this user may read.`,
    )
  }
}
