/** Writes the Prisma client. `prisma generate` would fetch an engine that it does not need: any program passes for it. */
import { spawnSync } from 'node:child_process'

const result = spawnSync('prisma', ['generate', '--schema', 'prisma/schema.prisma', '--no-hints'], {
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
  shell: process.platform === 'win32',
  encoding: 'utf8',
})
if (result.status !== 0) {
  console.error(result.stdout, result.stderr)
  process.exit(result.status ?? 1)
}
