import type { Member } from '../delivery/outgoing.ts'
import type { Translate } from '../messages/messages.ts'

/** What the bot needs beyond writing, and where: each has a sentence about what does not work without it. */
const needed: { right: string; onlyInForum: boolean }[] = [
  { right: 'can_manage_topics', onlyInForum: true },
  { right: 'can_delete_messages', onlyInForum: false },
]

/** Names of the rights that the bot lacks here; `administrator` when it is none and so lacks them all. */
export function listMissingRights(bot: Member | undefined, isForum: boolean): string[] {
  if (bot?.status !== 'administrator') return ['administrator']
  return needed
    .filter(({ right, onlyInForum }) => (isForum || !onlyInForum) && !bot.rights.includes(right))
    .map(({ right }) => right)
}

/** Lines about what the bot may not do in a chat, or one line that it may do everything it needs. */
export function describeMissingRights(
  t: Translate,
  bot: Member | undefined,
  isForum: boolean,
): string {
  const missing = listMissingRights(bot, isForum)
  if (missing.includes('administrator')) return t('groups:rights.notAdmin')
  if (missing.length === 0) return t('groups:rights.complete')
  return [t('groups:rights.missing'), ...missing.map((right) => t(`groups:rights.${right}`))].join(
    '\n',
  )
}
