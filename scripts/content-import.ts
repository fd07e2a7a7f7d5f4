/**
 * Takes a table of content into the library, as drafts. `npm run content:import -- <file.csv|file.xlsx>`; the columns are in
 * docs/data-formats.md.
 */
import { describeImport } from '../src/content/describe-import.ts'
import { importContent } from '../src/content/import-content.ts'
import { createMessages } from '../src/messages/messages.ts'
import { runImport } from './support/run-import.ts'

const t = (await createMessages()).in('en')

await runImport(
  'content:import',
  async (db, { bytes, now }) => {
    const outcome = await db.$transaction((tx) => importContent(tx, { bytes, now, staffId: null }))
    const lines = [describeImport(outcome, t)]
    return { outcome: outcome.outcome === 'imported' ? 'imported' : 'not-imported', lines }
  },
  'none',
)
