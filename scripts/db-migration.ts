/** Writes the next migration: what leads from the shipped ones to prisma/schema.prisma. `npm run db:migration -- <name>` */
import { mkdirSync, writeFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { AwaitedPGlite } from '../src/db/awaited-pglite.ts'
import { diffMigration } from '../src/db/migrations.ts'

const name = process.argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    'Give the migration a name of a-z, 0-9 and _:  npm run db:migration -- add_something',
  )
  process.exit(2)
}

const pglite = await PGlite.create()
const sql = await diffMigration(new AwaitedPGlite(pglite))
await pglite.close()
if (sql === '') {
  console.log('The migrations already lead to prisma/schema.prisma: nothing to write.')
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = new URL(`../prisma/migrations/${stamp}_${name}/`, import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL('migration.sql', folder), sql)
  console.log(
    `Wrote prisma/migrations/${stamp}_${name}/migration.sql. Read it before you commit it.`,
  )
}
