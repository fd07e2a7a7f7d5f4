import { Composer } from 'grammy'
import { displayName } from '../../areas/area-name.ts'
import type { DirectoryCache } from '../../areas/directory.ts'
import { isOnlyPlaces } from '../../areas/is-only-places.ts'
import { searchAreas } from '../../areas/search-areas.ts'
import type { Keyring } from '../../lib/keyring.ts'
import { subscribe } from '../../subscribers/subscribe.ts'
import { showAreaChoices, showAreaMatches } from '../area-picker.ts'
import type { ChatContext } from '../context.ts'
import { homeKeyboard } from '../keyboards.ts'

export type VillageDeps = {
  keyring: Keyring
  directory: DirectoryCache
  today: () => string
}

/** /village: choosing or changing one's village, by buttons or by typing its name. */
export function villageFeature({ keyring, directory, today }: VillageDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const picker = async (ctx: ChatContext) => ({
    ...(await directory.current(ctx.tx)),
    prefix: 'v',
    t: ctx.t.bind(ctx),
  })

  feature.command('village', (ctx) => sayVillages(ctx, directory))

  feature.callbackQuery('home:village', (ctx) => sayVillages(ctx, directory))

  feature.callbackQuery(/^v:in:(\d+):(\d+)$/, async (ctx) => {
    const view = showAreaChoices(await picker(ctx), Number(ctx.match[1]), Number(ctx.match[2]))
    await ctx.show(view.text, view.keyboard)
  })

  feature.callbackQuery(/^v:is:(\d+)$/, async (ctx) => {
    const { tree } = await directory.current(ctx.tx)
    const person = { chatId: ctx.from.id, today: today(), language: ctx.turn.language }
    const outcome = await subscribe(ctx.tx, { keyring, tree }, person, Number(ctx.match[1]))
    if (outcome.kind === 'no-such-village') {
      const view = showAreaChoices(await picker(ctx), null)
      return ctx.show(`${ctx.t('subscribers:village.gone')}\n\n${view.text}`, view.keyboard)
    }
    const params = { village: displayName(outcome.area), path: tree.path(outcome.area.id) }
    return ctx.show(ctx.t('subscribers:village.chosen', params), homeKeyboard(ctx.t.bind(ctx)))
  })

  return feature
}

export async function sayVillages(ctx: ChatContext, directory: DirectoryCache): Promise<void> {
  const current = await directory.current(ctx.tx)
  const view = showAreaChoices({ ...current, prefix: 'v', t: ctx.t.bind(ctx) }, null)
  await ctx.say(view.text, view.keyboard)
}

/** A typed line that nothing else has asked for: most likely the name of a village. */
export function villageSearchFeature({
  directory,
}: Pick<VillageDeps, 'directory'>): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.on('message:text', async (ctx, next) => {
    const typed = ctx.message.text.replace(/\p{Cf}/gu, '').trim()
    if (typed.startsWith('/') || typed.length > longestName) return next()
    const { tree, index } = await directory.current(ctx.tx)
    const matches = searchAreas(index, typed)
    const isExact = matches.some(({ exact }) => exact)
    // A sentence has a word in it that is or sounds like some village; only a name is to be met with villages. Who begins to tell
    // what happened would press one of them and believe that it was reported.
    const isName = isExact ? isOnlyPlaces(index, matches, typed) : isShortName(typed)
    if (matches.length === 0 && isShortName(typed) && (await isChoosing(ctx)))
      return ctx.say(ctx.t('subscribers:village.unknown', { typed }), homeKeyboard(ctx.t.bind(ctx)))
    if (matches.length === 0 || !isName) return next()
    const view = showAreaMatches({ tree, prefix: 'v', t: ctx.t.bind(ctx) }, matches, typed)
    return ctx.say(view.text, view.keyboard)
  })
  return feature
}

/** Was asked for it, and has chosen none yet. */
async function isChoosing(ctx: ChatContext): Promise<boolean> {
  return (await ctx.turn.subscriber())?.state === 'choosing'
}

function isShortName(typed: string): boolean {
  return [...typed].length <= longestGuess && !/[\p{P}\p{Script=Latin}]/u.test(typed)
}

/** Characters of what may be a village's name with a slip in it. */
const longestGuess = 8
/** Characters; with county and township before it a village's name is no longer than this. */
const longestName = 40
