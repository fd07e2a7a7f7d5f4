import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as engineBindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { StartError } from '../errors.ts'

const migrationsDir = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const schemaPath = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))
/**
 * The bindings keep the memory of one instance in their module: a second instance would make the first one read what is
 * not its own. Hence one for each set of bindings, wherever it is asked from: this module may be there twice (vitest
 * loads it anew for every project), the bindings are not.
 */
const enginesKey = Symbol.for('qingfeng.schema-engines')
const engines: WeakMap<object, Promise<typeof engineBindings>> = Reflect.get(
  globalThis,
  enginesKey,
) ?? new WeakMap()
Reflect.set(globalThis, enginesKey, engines)
const filters = { externalTables: [], externalEnums: [] }

/** Names of the shipped migrations, oldest first. */
export function listMigrations(): string[] {
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/**
 * Applies what is pending with Prisma's own engine and returns the names it applied. The caller holds the lock.
 * `appliedNames`: what `_prisma_migrations` of this database lists, empty for a new one.
 * @throws StartError when the database has a migration that this code does not know.
 */
export async function applyMigrations(
  factory: SqlMigrationAwareDriverAdapterFactory,
  appliedNames: string[],
): Promise<string[]> {
  const known = listMigrations()
  const unknown = appliedNames.find((name) => !known.includes(name))
  if (unknown)
    throw new StartError(
      `The database is newer than this program: it has the migration ${unknown}. Start the newer version, or restore the backup that belongs to this one.`,
    )
  // The engine costs 0.2 s to load: not needed when there is nothing to do.
  if (known.every((name) => appliedNames.includes(name))) return []
  return withEngine(factory, async (engine) => {
    const output = await engine.applyMigrations({ migrationsList: readMigrations(), filters })
    return output.appliedMigrationNames
  })
}

/** The SQL that leads from the shipped migrations to schema.prisma; empty when they agree. Needs a scratch database. */
export async function diffMigration(
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<string> {
  return withEngine(factory, async (engine) => {
    const diff = await engine.diff({
      from: { tag: 'migrations', ...readMigrations() },
      to: {
        tag: 'schemaDatamodel',
        files: [{ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }],
      },
      script: true,
      exitCode: null,
      filters,
    })
    const sql = diff.stdout ?? ''
    return sql.startsWith('-- This is an empty migration') ? '' : sql
  })
}

async function withEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const datamodels: [string, string][] = [[schemaPath, readFileSync(schemaPath, 'utf8')]]
  const bound = bindMigrationAwareSqlAdapterFactory(factory)
  const loaded = engines.get(engineBindings.SchemaEngine) ?? loadEngine()
  engines.set(engineBindings.SchemaEngine, loaded)
  const { SchemaEngine } = await loaded
  const engine = await SchemaEngine.new({ datamodels }, () => {}, bound)
  try {
    return await use(engine)
  } catch (error) {
    // The adapter keeps the driver's own error; the engine's message alone would hide its code.
    throw bound.errorRegistry.consumeError(0)?.error ?? error
  } finally {
    engine.free()
  }
}

/**
 * What the package's own entry does with `import … from "….wasm"`, which Node still calls experimental and warns about
 * at every start.
 */
async function loadEngine(): Promise<typeof engineBindings> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': engineBindings,
  })
  engineBindings.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: begin } = instance.exports
  if (typeof begin === 'function') begin()
  return engineBindings
}

function readMigrations() {
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: listMigrations().map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(`${migrationsDir}/${name}/migration.sql`, 'utf8'),
        },
      },
    })),
  }
}
