/** The whole product in sandbox mode, as `npm start` without a token runs it, in a folder of its own. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Service, startService } from '../support/service-process.ts'

export interface Product {
  url: string
  /** Ends the process at once, as a crash does; `start` brings it back with the same data. */
  kill: () => Promise<void>
  start: () => Promise<void>
  /** Ends it and removes its data. */
  remove: () => Promise<void>
}

/** In a process of its own: with the test runner's NODE_ENV the pages would be built for testing. */
export async function buildPages(): Promise<void> {
  await promisify(execFile)('node', ['node_modules/vite/bin/vite.js', 'build'], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

export async function createProduct(): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'qingfeng-browser-'))
  // The page stays open over a restart, so the port must stay too.
  const port = await findFreePort()
  let service: Service | null = null

  return {
    url: `http://127.0.0.1:${port}`,
    start: async () => {
      service = await startService({
        PORT: String(port),
        DATA_DIR: join(folder, 'data'),
        SECRET_KEY_FILE: join(folder, 'secret.key'),
      })
    },
    kill: async () => {
      await service?.kill()
    },
    remove: async () => {
      await service?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}
