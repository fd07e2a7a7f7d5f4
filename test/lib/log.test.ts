import { GrammyError, HttpError } from 'grammy'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Prisma } from '../../src/db/generated/client.ts'
import { describeError, StartError } from '../../src/errors.ts'
import { createLog } from '../../src/lib/log.ts'
import { createTestDatabase } from '../support/database.ts'

/** What must never be written, in every place where an error carries it. */
const token = '123456789:AAF-canary-token-canary-token-canary'
const chatId = 7_731_880_099
const tipText = '王秀英看见他送了五百元'
const secrets = [token, 'canary', String(chatId), '王秀英', '五百元']
const leak = `https://api.telegram.org/bot${token}/sendMessage ${chatId} ${tipText}`

function withFields<E extends Error>(error: E, fields: object): E {
  return Object.assign(error, fields)
}

const fetchError = withFields(new Error(`request to ${leak} failed`), {
  code: 'ECONNRESET',
  url: leak,
})

const errors: [name: string, error: unknown, said: object][] = [
  [
    'a refusal of Telegram with its payload',
    new GrammyError(
      `Call to 'sendMessage' failed! ${leak}`,
      { ok: false, error_code: 400, description: tipText },
      'sendMessage',
      { chat_id: chatId, text: tipText },
    ),
    { kind: 'GrammyError' },
  ],
  [
    'a network error with the address',
    new HttpError(`Network request for 'sendMessage' failed! ${leak}`, fetchError),
    { kind: 'HttpError' },
  ],
  ['an error of a socket', fetchError, { kind: 'Error', code: 'ECONNRESET' }],
  [
    'a row that Prisma could not write',
    new Prisma.PrismaClientKnownRequestError(`Unique constraint failed: ${leak}`, {
      code: 'P2002',
      clientVersion: '7',
      meta: { target: [tipText], driverAdapterError: fetchError },
    }),
    { kind: 'PrismaClientKnownRequestError', code: 'P2002' },
  ],
  [
    'a call that Prisma did not understand',
    new Prisma.PrismaClientValidationError(`Invalid invocation: ${leak}`, { clientVersion: '7' }),
    { kind: 'PrismaClientValidationError' },
  ],
  [
    'a database that did not start',
    new Prisma.PrismaClientInitializationError(leak, '7', leak),
    { kind: 'PrismaClientInitializationError' },
  ],
  [
    'a value that zod refuses',
    z.strictObject({ id: z.literal('x') }).safeParse({ id: leak, [tipText]: chatId }).error,
    { kind: 'ZodError' },
  ],
  ['a cause inside of a cause', new Error(leak, { cause: new Error(leak) }), { kind: 'Error' }],
  ['several errors in one', new AggregateError([fetchError], leak), { kind: 'AggregateError' }],
  ['a JSON text that does not parse', parseError(), { kind: 'SyntaxError' }],
  ['a name that was changed', withFields(new Error(leak), { stack: leak }), { kind: 'Error' }],
]

/** Everything that a log writes while `use` has it. */
function linesOf(use: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  use(createLog('trace', (line) => lines.push(line)))
  return lines.join('')
}

function expectNoSecret(text: string): void {
  for (const secret of secrets) expect(text).not.toContain(secret)
}

describe('the log', () => {
  it.each(errors)('writes of %s only class and code', (_, error, said) => {
    const line = linesOf((log) => log.error({ error }, 'it failed'))
    expect(JSON.parse(line)).toMatchObject({ level: 'error', error: said, msg: 'it failed' })
    expectNoSecret(line)
  })

  it.each(errors)('writes of %s no more when it is called err', (_, error, said) => {
    const line = linesOf((log) => log.error({ err: error }, 'it failed'))
    expect(JSON.parse(line).err).toEqual(said)
    expectNoSecret(line)
  })

  it.each(errors)('writes of %s no more when it is given alone', (_, error) => {
    expectNoSecret(linesOf((log) => log.error(error)))
  })

  it.each(errors)('writes of %s no more when a line is given with it', (_, error) => {
    expectNoSecret(linesOf((log) => log.error(error, 'it failed')))
  })

  it('writes of a request its method and route, not its address or who asked', () => {
    const req = {
      method: 'GET',
      url: `/x/${token}`,
      ip: '127.0.0.99',
      headers: { cookie: 'canary' },
      routeOptions: { url: '/x/:token' },
    }
    const line = linesOf((log) => log.info({ req, res: { statusCode: 200, headers: req.headers } }))
    expect(JSON.parse(line)).toMatchObject({
      req: { method: 'GET', route: '/x/:token' },
      res: { status: 200 },
    })
    expectNoSecret(line)
    expect(line).not.toContain('127.0.0.99')
  })

  it('names neither the machine nor the process', () => {
    const line = linesOf((log) => log.info('started'))
    expect(Object.keys(JSON.parse(line))).toEqual(['level', 'time', 'msg'])
  })

  it('writes nothing below its level', () => {
    const lines: string[] = []
    createLog('warn', (line) => lines.push(line)).info('quiet')
    expect(lines).toEqual([])
  })
})

describe('describeError', () => {
  it('says of what was thrown without being an error what type it has', () => {
    expect(describeError(leak)).toEqual({ kind: 'string' })
    expect(describeError(undefined)).toEqual({ kind: 'undefined' })
    expect(describeError({ code: leak })).toEqual({ kind: 'object' })
  })

  it('says of a start that failed only that it did: its sentence is for the terminal', () => {
    expect(describeError(new StartError(leak))).toEqual({ kind: 'StartError' })
  })

  it('takes no code that is more than a code', () => {
    expect(describeError(withFields(new Error(), { code: leak }))).toEqual({ kind: 'Error' })
  })

  it('says nothing of the values in an error that the real database throws', async () => {
    const { db } = await createTestDatabase()
    await db.setting.create({ data: { key: leak, value: 1 } })
    const errors = await Promise.all([
      db.setting.create({ data: { key: leak, value: 1 } }).catch((error: unknown) => error),
      db.$queryRaw`SELECT ${leak}::int`.catch((error: unknown) => error),
    ])
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error)
      expectNoSecret(linesOf((log) => log.error({ error }, 'it failed')))
    }
  })
})

function parseError(): unknown {
  try {
    return JSON.parse(`{"text": ${tipText}`)
  } catch (error) {
    return error
  }
}
