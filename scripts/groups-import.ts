/** Brings groups and rosters to what a file says. `npm run groups:import -- <file>`; the format is in docs/data-formats.md. */
import { StartError } from '../src/errors.ts'
import { importGroups } from '../src/groups/import-groups.ts'
import type { GroupSummary } from '../src/groups/plan-groups.ts'
import { runImport } from './support/run-import.ts'

const shownUncovered = 10

await runImport('groups:import', async (db, input) => {
  const result = await importGroups(db, input)
  // One sentence instead of a problem for every line of the file.
  if (result.outcome === 'no-directory')
    throw new StartError(
      'Nothing was imported: there are no places yet that a group could answer for. First run: npm run directory:import -- prisma/seed/quzhou-2016.csv (or a file of your own).',
    )
  return result.outcome === 'imported'
    ? { outcome: 'imported', lines: describe(result.summary, result.uncovered) }
    : result
})

function describe(summary: GroupSummary, uncovered: readonly string[]): string[] {
  const { created, changed, retired, joined, left, unchanged } = summary
  const place = ({ code, name }: { code: string; name: string }) => `  ${code} ${name}`
  return [
    `The groups are imported: ${created.length} created, ${changed.length} changed, ${retired.length} retired, ${unchanged} as they were.`,
    ...(changed.length > 0 ? ['Changed:', ...changed.map(place)] : []),
    ...(retired.length > 0 ? ['Retired, without inbox from now on:', ...retired.map(place)] : []),
    `${joined.length} names joined a roster, ${left.length} left.`,
    ...left.map(({ group, name }) => `  ${name} left ${group} and may do nothing there any more`),
    ...describeUncovered(uncovered),
  ]
}

function describeUncovered(uncovered: readonly string[]): string[] {
  if (uncovered.length === 0) return ['Every village and community has a supervision group.']
  const more = uncovered.length - shownUncovered
  return [
    `Warning: ${uncovered.length} villages and communities have no supervision group. Tips from there will be held:`,
    ...uncovered.slice(0, shownUncovered).map((path) => `  ${path}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ]
}
