/** Brings the directory to a new edition. `npm run directory:import -- <file>`; the format is in docs/data-formats.md. */
import type { AreaSummary } from '../src/areas/area-summary.ts'
import { importAreas } from '../src/areas/import-areas.ts'
import { runImport } from './support/run-import.ts'

await runImport('directory:import', async (db, input) => {
  const result = await importAreas(db, input)
  return result.outcome === 'imported'
    ? { outcome: 'imported', lines: describe(result.summary) }
    : result
})

function describe(summary: AreaSummary): string[] {
  const { created, renamed, recoded, moved, returned, updated, retired, unchanged } = summary
  return [
    `The directory is imported. ${unchanged} places are as they were.`,
    ...section('created', created, ({ code, name }) => `${code} ${name}`),
    ...section('renamed', renamed, ({ code, from, to }) => `${code} ${from} → ${to}`),
    ...section('recoded', recoded, ({ name, from, to }) => `${name} ${from} → ${to}`),
    ...section('moved', moved, ({ code, name, from, to }) => `${code} ${name}: ${from} → ${to}`),
    ...section('brought back', returned, ({ code, name }) => `${code} ${name}`),
    ...section('given other facts', updated, ({ code, name }) => `${code} ${name}`),
    ...section('retired', retired, ({ code, name }) => `${code} ${name}`),
  ]
}

/** A first import creates every place: the number is enough then. */
function section<T>(what: string, items: readonly T[], describeOne: (item: T) => string): string[] {
  if (items.length === 0) return []
  const listed = items.length > 200 ? [] : items.map((item) => `  ${describeOne(item)}`)
  return [`${items.length} ${what}${listed.length > 0 ? ':' : '.'}`, ...listed]
}
