/** The phrases of the coming days, for the notice boards. `npm run verify:phrase -- --days 30`; reads the master key. */
import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sayDay } from '../src/audiences/say-day.ts'
import { loadEnvironment, readConfig } from '../src/config.ts'
import { explainEnd, StartError } from '../src/errors.ts'
import { dayOf } from '../src/lib/calendar.ts'
import { createKeyring } from '../src/lib/keyring.ts'
import { readMasterKey } from '../src/lib/master-key.ts'
import { createMessages } from '../src/messages/messages.ts'
import { makePhrasePages } from '../src/subscribers/poster/draw-phrase.ts'
import { listPhrases } from '../src/subscribers/verify/day-phrase.ts'

const usage = `Usage: npm run verify:phrase -- [--days <1 to 366>] [--from <2017-03-28>]
  --pdf <file> [--bot <name>]   a page for each day instead, to be put up`

try {
  const { secretKeyFile, timezone } = readConfig(loadEnvironment())
  const { days, from, pdf, bot } = readArguments(dayOf(new Date(), timezone))
  // Reading would make one, and its phrases would be those of no bot.
  if (!existsSync(secretKeyFile))
    throw new StartError(
      `There is no master key at ${resolve(secretKeyFile)}. Point SECRET_KEY_FILE to that of the service.`,
    )
  const keyring = createKeyring(readMasterKey(secretKeyFile).key)
  const phrases = listPhrases(keyring, from, days)
  if (pdf === undefined)
    for (const { day, words } of phrases)
      console.log(`${day}  ${words.join('　')}  ${sayDay(day, 'zh-CN')}`)
  else {
    const t = (await createMessages()).in('zh-CN')
    const pages = phrases.map(({ day, words }) => ({ day: sayDay(day, 'zh-CN'), words, bot }))
    writeFileSync(pdf, await makePhrasePages(t, pages))
    console.log(`${pdf}: ${pages.length} pages, from ${from}`)
  }
} catch (error) {
  console.error(explainEnd(error, { withStack: false }))
  process.exitCode = error instanceof StartError ? 2 : 1
}

type Arguments = { days: number; from: string; pdf: string | undefined; bot: string | null }

function readArguments(today: string): Arguments {
  try {
    const { values } = parseArgs({
      options: {
        days: { type: 'string', default: '30' },
        from: { type: 'string', default: today },
        pdf: { type: 'string' },
        bot: { type: 'string' },
      },
    })
    const from = Temporal.PlainDate.from(values.from, { overflow: 'reject' }).toString()
    const days = Number(values.days)
    const bot = values.bot === undefined ? null : /^@?(\w{5,32})$/.exec(values.bot)?.[1]
    if (bot !== undefined && Number.isInteger(days) && days >= 1 && days <= 366)
      return { days, from, pdf: values.pdf, bot }
  } catch {
    // Neither parseArgs nor Temporal says what was expected.
  }
  throw new StartError(usage)
}
