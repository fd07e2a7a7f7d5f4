import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { runNode, waitFor } from './child.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const healthyWithinMs = 60_000

export type Service = Awaited<ReturnType<typeof startService>>

/** The real service as a process of its own, once it is healthy. */
export async function startService(env: Record<string, string>) {
  const service = runService(env)
  return { ...service, url: await service.healthyUrl() }
}

/** The same, just begun: it may refuse to start. On any free port unless `env` names one. */
export function runService(
  env: Record<string, string>,
  // A folder without .env: the developer's own must not reach it.
  { cwd = tmpdir() }: { cwd?: string } = {},
) {
  const service = runNode([main], { cwd, env: { PORT: '0', LOG_LEVEL: 'warn', ...env } })
  const findHealthyUrl = async () => {
    if (!service.isRunning()) throw new Error(`The service ended: ${service.output.err}`)
    const url = /https?:\/\/[\d.]+:\d+/.exec(service.output.out)?.[0]
    return url && (await isHealthy(url)) ? url : undefined
  }
  return { ...service, healthyUrl: () => waitFor(findHealthyUrl, healthyWithinMs) }
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}
