import { displayName } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { Translator } from '../messages/messages.ts'
import type { Audience } from './audience.ts'
import { sayDay } from './say-day.ts'

/** More places than these are only counted. */
const namedPlaces = 6

/** An audience in words, a line for each thing that it asks for; none for everybody. */
export function describeAudience(audience: Audience, tree: AreaTree, t: Translator): string[] {
  const { areas, riskClasses, daysToElection, languages, roles, joinedSince } = audience
  const list = (words: string[]) => words.join(t('campaigns:audience.and'))
  const lines: (string | false | undefined)[] = [
    areas && describePlaces(areas, tree, t),
    riskClasses &&
      t('campaigns:audience.risk', {
        list: list(riskClasses.map((risk) => t(`campaigns:risk.${risk}`))),
      }),
    daysToElection && describeDays(daysToElection, t),
    languages &&
      t('campaigns:audience.language', {
        list: list(languages.map((language) => t(`campaigns:language.${language}`))),
      }),
    roles &&
      t('campaigns:audience.role', {
        list: list(roles.map((role) => t(`campaigns:role.${role}`))),
      }),
    joinedSince !== undefined &&
      t('campaigns:audience.since', { day: sayDay(joinedSince, t.language) }),
    audience.notRead !== undefined && t('campaigns:audience.not-read'),
    audience.notMastered !== undefined && t('campaigns:audience.not-mastered'),
    audience.inQueue && t(`campaigns:audience.was-${audience.inQueue.state}`),
  ]
  return lines.filter((line) => typeof line === 'string')
}

function describePlaces(areas: readonly number[], tree: AreaTree, t: Translator): string {
  const names = areas.slice(0, namedPlaces).map((id) => {
    const area = tree.find(id)
    return area ? displayName(area) : '?'
  })
  const list = names.join(t('campaigns:audience.and'))
  const key = areas.length > namedPlaces ? 'places-more' : 'places'
  return t(`campaigns:audience.${key}`, { list, count: areas.length })
}

/** Counted away from the election day on either side: nobody says “minus three days”. */
function describeDays({ from, to }: { from: number; to: number }, t: Translator): string {
  if (from === 0 && to === 0) return t('campaigns:audience.day-of')
  if (from === to)
    return t(`campaigns:audience.day-${to > 0 ? 'before' : 'after'}`, { to: Math.abs(to) })
  if (from >= 0) return t('campaigns:audience.days-before', { from, to })
  if (to <= 0) return t('campaigns:audience.days-after', { from: -to, to: -from })
  return t('campaigns:audience.days-around', { from: -from, to })
}
