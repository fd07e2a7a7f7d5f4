import type { Audience } from '../audiences/audience.ts'
import { isAboutReading } from '../audiences/choose-audience.ts'
import type { RecipientCount } from '../audiences/count-recipients.ts'
import { toShownPeople } from '../audiences/shown-count.ts'
import type { Translator } from '../messages/messages.ts'

/** How many it would reach now, and who is left out although they were meant; no more than may be told of them. */
export function sayCount(
  { byArea, withoutDay }: Pick<RecipientCount, 'byArea' | 'withoutDay'>,
  audience: Audience,
  t: Translator,
): string[] {
  const people = toShownPeople(audience, byArea)
  if (people === null) return [t('campaigns:page.few')]
  if (isAboutReading(audience)) return [t('campaigns:page.at-least', { people })]
  return [
    t('campaigns:page.count', { people, areas: byArea.size }),
    ...(withoutDay > 0 ? [t('campaigns:page.without-day', { count: withoutDay })] : []),
  ]
}
