import type { FastifyInstance } from 'fastify'

/** Each part answers null when it works, else one plain sentence about what is wrong. */
export type HealthChecks = Record<'database' | 'sender' | 'updates', () => Promise<string | null>>

const checkTimeoutMs = 3_000

/** GET /health: 200 with `{"status":"ok"}` only when every part works, else 503 with what does not. */
export function registerHealth(app: FastifyInstance, checks: HealthChecks): void {
  app.get('/health', { logLevel: 'warn' }, async (_request, reply) => {
    const problems = await findProblems(checks)
    if (Object.keys(problems).length === 0) return { status: 'ok' }
    return reply.code(503).send({ status: 'failing', problems })
  })
}

async function findProblems(checks: HealthChecks): Promise<Record<string, string>> {
  const answers = await Promise.all(
    Object.entries(checks).map(async ([part, check]) => [part, await answerOf(check)] as const),
  )
  return Object.fromEntries(
    answers.flatMap(([part, problem]) => (problem === null ? [] : [[part, problem]])),
  )
}

async function answerOf(check: () => Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, checkTimeoutMs, 'does not answer')
  })
  try {
    return await Promise.race([check(), late])
  } catch {
    return 'does not answer'
  } finally {
    clearTimeout(timer)
  }
}
