import type { Db } from '../db/open-database.ts'
import { type ContentProblem, checkContent } from './check-content.ts'
import type { ContentVersion } from './content.ts'
import type { ContentDeps } from './content-deps.ts'

type Deps = Pick<ContentDeps, 'directory' | 'messages' | 'today'>

/** The check of the library: a day of the vote that a text names must be one on which some village votes, as soon as any has a day. */
export async function createLibraryCheck(
  db: Db,
  { directory, messages, today }: Deps,
): Promise<(version: ContentVersion) => ContentProblem[]> {
  const { tree } = await directory.current(db)
  const days = tree.all
    .filter(({ retiredAt }) => retiredAt === null)
    .flatMap(({ electionDay }) => electionDay ?? [])
  const electionDays = [...new Set(days)]
  const known = electionDays.length > 0 ? { electionDays } : {}
  return (version) => checkContent(version, { today: today(), t: messages.in, ...known })
}

/** The same for one. */
export async function listContentProblems(
  db: Db,
  version: ContentVersion,
  deps: Deps,
): Promise<ContentProblem[]> {
  return (await createLibraryCheck(db, deps))(version)
}
