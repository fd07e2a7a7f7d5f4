import { isIP } from 'node:net'
import { z } from 'zod'
import { StartError } from './errors.ts'
import { parseSpans } from './lib/working-time.ts'

const languages = ['zh-CN', 'en'] as const
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))

/** Telegram promises at most 52 significant bits, so a number holds them. */
const telegramId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)

const days = z.coerce.number().int().min(1).max(3650)

/** Every variable that outsiders rely on. `describe` is what is expected, with a hint; the value itself is never shown. */
const schema = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d{5,16}:[A-Za-z0-9_-]{30,64}$/)
    .optional()
    .describe(
      'expected the token that @BotFather gave, such as 123456789:AAF… with 35 characters after the colon',
    ),
  TELEGRAM_API_ROOT: url('https:', 'http:')
    .default('https://api.telegram.org')
    .describe('expected an address such as https://api.telegram.org, without the token'),
  TELEGRAM_MODE: z
    .enum(['polling', 'webhook'])
    .default('polling')
    .describe('expected polling or webhook'),
  PUBLIC_URL: url('https:', 'http:')
    .optional()
    .describe(
      'expected the address under which the internet reaches this service, such as https://example.org',
    ),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/)
    .optional()
    .describe('expected 16 to 256 characters of A-Z a-z 0-9 _ and -'),
  DATABASE_URL: url('postgresql:', 'postgres:')
    .optional()
    .describe(
      'expected postgresql://user:password@host:5432/database; leave it out for the embedded database',
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('expected a folder that this user may write'),
  HOST: z
    .string()
    .refine((text) => text === 'localhost' || isIP(text) !== 0)
    .default('127.0.0.1')
    .describe('expected an address to listen on, such as 127.0.0.1 or 0.0.0.0'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe('expected a port number up to 65535'),
  SECRET_KEY_FILE: z
    .string()
    .min(1)
    .default('./secret.key')
    .describe('expected the path of the master key file'),
  ADMIN_TELEGRAM_IDS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((id) => id.trim()))
    .transform((ids) => ids.filter((id) => id !== ''))
    .pipe(z.array(telegramId))
    .describe(
      'expected numeric Telegram ids with commas between them, such as 123456789,987654321',
    ),
  TIMEZONE: z
    .string()
    .refine(isTimezone)
    .default('Asia/Shanghai')
    .describe('expected a time zone name such as Asia/Shanghai'),
  WORKING_HOURS: z
    .string()
    .default('08:30-12:00,14:00-17:30')
    .transform(parseSpans)
    .pipe(z.array(z.object({ from: z.number(), to: z.number() })))
    .describe('expected hours of a working day in order, such as 08:30-12:00,14:00-17:30'),
  DIGEST_HOUR: z
    .union([z.literal('off'), z.coerce.number().int().min(0).max(23)])
    .default(9)
    .describe('expected an hour from 0 to 23, or off'),
  CAMPAIGN_APPROVAL: z
    .enum(['second-person', 'off'])
    .default('second-person')
    .describe('expected second-person or off'),
  RETENTION_LINK_DAYS: days.default(30).describe('expected a number of days from 1 to 3650'),
  RETENTION_CONTENT_DAYS: days
    .default(180)
    .describe('expected a number of days from 1 to 3650, at least RETENTION_LINK_DAYS'),
  DEFAULT_LANGUAGE: z
    .enum(languages)
    .default('zh-CN')
    .describe(`expected one of ${languages.join(', ')}`),
  LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .describe(`expected one of ${logLevels.join(', ')}`),
  INTERVIEW_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('expected the path of a file with the questions of a tip'),
  HTTPS_PROXY: url('http:', 'https:')
    .optional()
    .describe('expected the address of an HTTP proxy such as http://127.0.0.1:7890'),
})

/** Names of the variables, for the test that keeps `.env.example` complete. */
export const variableNames = Object.keys(schema.shape)

export type Config = ReturnType<typeof readConfig>

/**
 * The environment, and what a file `.env` in the folder of the process adds to it; the environment wins.
 * @throws StartError when there is such a file but it cannot be read: without it the sandbox would open.
 */
export function loadEnvironment(file = '.env'): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code !== 'ENOENT')
      throw new StartError(
        `${file} cannot be read (${code}). It must be a file that this user may read.`,
      )
  }
  return process.env
}

/** Whether whoever runs it looks for a mistake. */
export function isVerbose(level: string | undefined): boolean {
  return ['debug', 'trace'].includes(level?.trim() ?? '')
}

/**
 * Reads the settings; an empty value counts as absent.
 * @throws StartError that names every wrong variable, what is expected, and never its value.
 */
export function readConfig(env: Record<string, string | undefined>) {
  const given = Object.fromEntries(
    variableNames.map((name) => [name, env[name]?.trim() || undefined]),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const wrong = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
    throw new StartError(wrong.map((name) => `${name}: ${describe(name)}.`).join('\n'))
  }
  const value = parsed.data
  checkTogether(value)
  return {
    botToken: value.BOT_TOKEN,
    telegramApiRoot: value.TELEGRAM_API_ROOT.replace(/\/+$/, ''),
    telegramMode: value.TELEGRAM_MODE,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ''),
    webhookSecret: value.WEBHOOK_SECRET,
    databaseUrl: value.DATABASE_URL,
    dataDir: value.DATA_DIR,
    host: value.HOST,
    port: value.PORT,
    secretKeyFile: value.SECRET_KEY_FILE,
    adminTelegramIds: value.ADMIN_TELEGRAM_IDS,
    timezone: value.TIMEZONE,
    workingHours: value.WORKING_HOURS,
    /** Null: no digest. */
    digestHour: value.DIGEST_HOUR === 'off' ? null : value.DIGEST_HOUR,
    campaignApproval: value.CAMPAIGN_APPROVAL,
    retention: { linkDays: value.RETENTION_LINK_DAYS, contentDays: value.RETENTION_CONTENT_DAYS },
    defaultLanguage: value.DEFAULT_LANGUAGE,
    logLevel: value.LOG_LEVEL,
    interviewFile: value.INTERVIEW_FILE,
    httpsProxy: value.HTTPS_PROXY,
  }
}

function checkTogether(value: z.infer<typeof schema>): void {
  if (value.RETENTION_CONTENT_DAYS < value.RETENTION_LINK_DAYS)
    throw new StartError(`RETENTION_CONTENT_DAYS: ${describe('RETENTION_CONTENT_DAYS')}.`)
  if (value.TELEGRAM_MODE !== 'webhook') return
  if (!value.BOT_TOKEN)
    throw new StartError('TELEGRAM_MODE is webhook, so BOT_TOKEN is needed too.')
  if (!value.PUBLIC_URL)
    throw new StartError(
      `TELEGRAM_MODE is webhook, so PUBLIC_URL is needed too: ${describe('PUBLIC_URL')}.`,
    )
  if (!value.WEBHOOK_SECRET)
    throw new StartError(
      `TELEGRAM_MODE is webhook, so WEBHOOK_SECRET is needed too: ${describe('WEBHOOK_SECRET')}.`,
    )
}

function describe(name: string): string {
  return schema.shape[name as keyof typeof schema.shape]?.description ?? 'expected another value'
}

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
