import { Composer } from 'grammy'
import { sayDay } from '../../audiences/say-day.ts'
import type { Keyring } from '../../lib/keyring.ts'
import { phraseOf } from '../../subscribers/verify/day-phrase.ts'
import type { ChatContext } from '../context.ts'

export type VerifyDeps = { keyring: Keyring; botUsername: string; today: () => string }

/** /verify: the phrase of the day, to be compared with the one on the notice board. The same for everybody. */
export function verifyFeature({ keyring, botUsername, today }: VerifyDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('verify', async (ctx) => {
    const day = today()
    const params = {
      day: sayDay(day, ctx.turn.language),
      phrase: phraseOf(keyring, day).join('　'),
      bot: botUsername,
    }
    await ctx.say(ctx.t('subscribers:verify.show', params))
  })
  return feature
}
