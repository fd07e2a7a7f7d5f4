/** Posters and cards with the code of a village. `npm run poster -- --area <code>`; docs/posters.md tells the rest. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, isVerbose, loadEnvironment, readConfig } from '../src/config.ts'
import { explainEnd, StartError } from '../src/errors.ts'
import { createMessages } from '../src/messages/messages.ts'
import { makePoster } from '../src/subscribers/poster/make-poster.ts'
import { writePoster } from '../src/subscribers/poster/poster-words.ts'
import { createApi } from '../src/telegram/api.ts'
import { type PosterOptions, readPosterOptions } from './support/poster-options.ts'
import { findPosterPlaces, type PosterPlace } from './support/poster-places.ts'

await run().catch((error: unknown) => {
  console.error(explainEnd(error, { withStack: isVerbose(process.env.LOG_LEVEL) }))
  process.exitCode = error instanceof StartError ? 2 : 1
})

async function run(): Promise<void> {
  const options = readPosterOptions(process.argv.slice(2))
  const config = readConfig(loadEnvironment())
  const places = await findPosterPlaces(options, config)
  const botUsername = options.bot ?? (await askName(config))
  mkdirSync(options.out, { recursive: true })
  const messages = await createMessages()
  for (const place of options.place === null ? [null] : places) {
    const words = writePoster(messages.in(options.language), {
      botUsername,
      invite: { areaCode: place?.code ?? null, distributorCode: options.distributor },
      village: place,
      rules: options.rules,
      hotlines: options.hotlines,
    })
    const { files, missing } = await makePoster(words)
    const prefix = join(options.out, nameOf(place, options))
    for (const { name, bytes } of files) writeFileSync(`${prefix}-${name}`, bytes)
    console.log(`${prefix}-…: ${files.map(({ name }) => name).join(', ')}`)
    if (missing.length > 0)
      console.log(
        `  The font lacks ${missing.join(' ')}: an empty square stands there, to be filled in by hand.`,
      )
  }
}

async function askName({ botToken, telegramApiRoot, httpsProxy }: Config): Promise<string> {
  if (botToken === undefined)
    throw new StartError('Which bot? Give its name: --bot <name>, or set BOT_TOKEN.')
  const api = createApi({ token: botToken, root: telegramApiRoot, proxy: httpsProxy })
  // The error of grammY has the token in it.
  const me = await api.getMe().catch(() => null)
  if (me) return me.username
  throw new StartError('Telegram does not tell the name of the bot now. Give it: --bot <name>')
}

/** What a person looks for in the folder: code and name. */
function nameOf(place: PosterPlace | null, { distributor }: PosterOptions): string {
  const parts = [place?.code, place?.name.replace(/[^\p{L}\p{N}]/gu, ''), distributor]
  return parts.filter((part) => part).join('-')
}
