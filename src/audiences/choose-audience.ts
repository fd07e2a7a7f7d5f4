import { riskClasses } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { languages } from '../messages/messages.ts'
import { subscriberRoles } from '../subscribers/subscriber.ts'
import { type Audience, audience as audienceSchema } from './audience.ts'

/** What an audience may have several of, each on or off. */
const lists = {
  risk: { key: 'riskClasses', known: riskClasses },
  language: { key: 'languages', known: languages },
  role: { key: 'roles', known: subscriberRoles },
} as const
export type ListPart = keyof typeof lists

export function isListPart(part: string | undefined): part is ListPart {
  return part !== undefined && part in lists
}

/** Switches one on, or off again; without any the audience does not ask for it. Unknown values change nothing. */
export function toggleValue(audience: Audience, part: ListPart, value: string): Audience {
  const { key, known } = lists[part]
  const on: readonly string[] = audience[key] ?? []
  const next = known.filter((one) => (one === value) !== on.includes(one))
  return audienceSchema.parse(without(audience, key, next.length > 0 ? next : undefined))
}

/** Asks for these days to the election, or, asked for a second time, for none. */
export function toggleDays(audience: Audience, days: { from: number; to: number }): Audience {
  const known = audience.daysToElection
  const isOn = known?.from === days.from && known.to === days.to
  return without(audience, 'daysToElection', isOn ? undefined : days)
}

/**
 * Adds a place, or takes it away when it is there. One inside another that is there adds nobody; one around others takes
 * their place.
 */
export function togglePlace(audience: Audience, areaId: number, tree: AreaTree): Audience {
  const known = audience.areas ?? []
  const isInside = (id: number, others: readonly number[]) =>
    tree.chain(id).some((area) => area.id !== id && others.includes(area.id))
  const next = known.includes(areaId)
    ? known.filter((id) => id !== areaId)
    : isInside(areaId, known)
      ? known
      : [...known.filter((id) => !isInside(id, [areaId])), areaId]
  return without(audience, 'areas', next.length > 0 ? [...next] : undefined)
}

/** Those who did not confirm this content, or did not answer its question rightly; not both. */
export function askReading(
  audience: Audience,
  what: 'notRead' | 'notMastered',
  contentId: number,
): Audience {
  const { notRead: _read, notMastered: _mastered, ...rest } = audience
  return { ...rest, [what]: contentId }
}

/** Whether it is about what people said of a content: then small numbers tell what each of them did. */
export function isAboutReading({ notRead, notMastered }: Audience): boolean {
  return notRead !== undefined || notMastered !== undefined
}

function without<K extends keyof Audience>(
  audience: Audience,
  key: K,
  value: Audience[K] | readonly string[] | undefined,
): Audience {
  const { [key]: _old, ...rest } = audience
  return (value === undefined ? rest : { ...rest, [key]: value }) as Audience
}
