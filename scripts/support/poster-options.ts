import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { StartError } from '../../src/errors.ts'
import { type Language, languages } from '../../src/messages/messages.ts'
import { maxOwnHotlines, ruleCount } from '../../src/subscribers/poster/poster-words.ts'

export type PosterOptions = {
  /** One village, every one of a township, or none: then for a distributor. */
  place: { area: string } | { township: string } | null
  /** Without the @; null: that of BOT_TOKEN. */
  bot: string | null
  distributor: string | null
  hotlines: string[]
  rules: string[] | undefined
  language: Language
  out: string
  directory: string | null
}

const usage = `Usage: npm run poster -- --area <code> [options]
       npm run poster -- --all --township <code> [options]
       npm run poster -- --distributor <code> [options]
  --bot <name>           name of the bot; without it Telegram is asked, with BOT_TOKEN
  --distributor <code>   who hands it out (see /distributors)
  --hotline <text>       a number of your county, such as "县换届办 0570-7012380"; twice at most
  --rules <file>         your own rules, a line each, ${ruleCount.min} to ${ruleCount.max}
  --language <zh-CN|en>
  --directory <file.csv> places from a file instead of the database
  --out <folder>         default: posters`

/** @throws StartError that says what is wrong and how the command is used. */
export function readPosterOptions(args: readonly string[]): PosterOptions {
  const values = parse(args)
  return {
    place: readPlace(values),
    bot: values.bot === undefined ? null : readBot(values.bot),
    distributor: readDistributor(values.distributor),
    hotlines: readHotlines(values.hotline ?? []),
    rules: values.rules === undefined ? undefined : readRules(values.rules),
    language: readLanguage(values.language),
    out: values.out,
    directory: values.directory ?? null,
  }
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    return parseArgs({
      args: [...args],
      options: {
        all: { type: 'boolean', default: false },
        area: text,
        township: text,
        bot: text,
        distributor: text,
        hotline: { type: 'string', multiple: true },
        rules: text,
        language: { type: 'string', default: 'zh-CN' },
        directory: text,
        out: { type: 'string', default: 'posters' },
      },
    }).values
  } catch {
    // The message of parseArgs does not say what there is.
    throw new StartError(usage)
  }
}

type Values = ReturnType<typeof parse>

function readPlace({ all, area, township, distributor }: Values): PosterOptions['place'] {
  for (const code of [area, township])
    if (code !== undefined && !/^\d{12}$/.test(code))
      throw new StartError(`${code} is no code of a place: it has twelve digits.`)
  const isOne = area !== undefined && !all && township === undefined
  const isMany = area === undefined && all && township !== undefined
  if (isOne) return { area }
  if (isMany) return { township }
  const isNone = area === undefined && township === undefined && !all
  if (isNone && distributor !== undefined) return null
  throw new StartError(usage)
}

function readBot(text: string): string {
  const name = /^@?([A-Za-z]\w{4,31})$/.exec(text)?.[1]
  if (name === undefined)
    throw new StartError(`${text} is no name of a bot. Such as: --bot qingfeng_bot`)
  return name
}

function readDistributor(text: string | undefined): string | null {
  if (text === undefined) return null
  const code = text.toUpperCase()
  if (/^[A-Z0-9]{4,8}$/.test(code)) return code
  throw new StartError(`${text} is no code of a distributor: /distributors shows them.`)
}

function readHotlines(texts: readonly string[]): string[] {
  const lines = texts.map((text) => text.trim()).filter((text) => text !== '')
  if (lines.length > maxOwnHotlines)
    throw new StartError(`There is room for ${maxOwnHotlines} numbers of your own.`)
  const bad = lines.find((line) => !/\d{3}/.test(line) || [...line].length > 30)
  if (bad !== undefined)
    throw new StartError(`“${bad}” is no hotline: who it is and a number, 30 characters at most.`)
  return lines
}

function readRules(file: string): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new StartError(`The file ${file} cannot be read. Is the path right?`)
  }
  const lines = text
    .replace(/^\uFEFF/u, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length < ruleCount.min || lines.length > ruleCount.max)
    throw new StartError(
      `${file} has ${lines.length} rules. A poster has room for ${ruleCount.min} to ${ruleCount.max}, a line each.`,
    )
  const long = lines.findIndex((line) => [...line].length > longestRule)
  if (long >= 0)
    throw new StartError(
      `Rule ${long + 1} in ${file} is longer than ${longestRule} characters: nobody could read it from afar.`,
    )
  return lines
}

const longestRule = 30

function readLanguage(text: string): Language {
  const language = languages.find((known) => known === text)
  if (!language) throw new StartError(`--language is one of ${languages.join(', ')}.`)
  return language
}
