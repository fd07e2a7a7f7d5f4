import { type Logger, type LoggerOptions, pino } from 'pino'
import { describeError } from '../errors.ts'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'level'>

/**
 * JSON lines on standard output. An error is logged by class and code alone, wherever it stands: the errors of grammY
 * carry the token and the whole payload, those of Prisma the values of a row.
 */
export function createLog(level: string, write?: (line: string) => void): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: describeErrors },
    // An error that is given alone would become the text of its line.
    hooks: { logMethod: logWithoutErrors },
    serializers: {
      // An address may hold a code; who asked is nobody's business.
      req: (request: { method?: string; routeOptions?: { url?: string } }) => ({
        method: request.method,
        route: request.routeOptions?.url,
      }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  }
  return write ? pino(options, { write }) : pino(options)
}

function describeErrors(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? describeError(value) : value,
    ]),
  )
}

const logWithoutErrors: NonNullable<LoggerOptions['hooks']>['logMethod'] = function (args, method) {
  const [first, ...others] = args.map((arg: unknown) =>
    arg instanceof Error ? { error: describeError(arg) } : arg,
  )
  method.apply(this, [first as object, ...(others as [])])
}
