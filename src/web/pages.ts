import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { StartError } from '../errors.ts'

const pagesDir = fileURLToPath(new URL('../../dist/pages', import.meta.url))

/** Serves the built pages at `/`. @throws StartError when they were never built. */
export async function servePages(app: FastifyInstance): Promise<void> {
  if (!existsSync(`${pagesDir}/index.html`))
    throw new StartError('The pages are not built. Run: npm run build')
  await app.register(fastifyStatic, { root: pagesDir })
}
