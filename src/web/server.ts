import helmet from '@fastify/helmet'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { describeError } from '../errors.ts'
import type { Log } from '../lib/log.ts'
import { type HealthChecks, registerHealth } from './health.ts'

export type ServerDeps = {
  log: Log
  health: HealthChecks
  /** The rooms of this server beyond health: webhook, pages. */
  register: (app: FastifyInstance) => Promise<void>
}

export async function createServer({
  log,
  health,
  register,
}: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // Long polls of the sandbox would hold a stop open.
    forceCloseConnections: true,
    // Lines per request would fill the log and tell when somebody was active.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 300 },
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'data:', 'blob:'],
        upgradeInsecureRequests: null,
      },
    },
    // The sandbox is opened over plain HTTP on this machine.
    strictTransportSecurity: false,
  })
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error)
    if (status >= 500) log.error({ error: describeError(error) }, 'request failed')
    // The message may hold what was sent, or how we are built.
    return reply.code(status).send({ error: status >= 500 ? 'internal error' : 'bad request' })
  })
  // The framework's own answer repeats the address.
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not found' }))
  registerHealth(app, health)
  await register(app)
  return app
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 600 ? status : 500
}
