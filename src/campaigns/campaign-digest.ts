import { createHash } from 'node:crypto'
import type { ContentVersion } from '../content/content.ts'
import type { Campaign } from './campaign.ts'

const digestLength = 10

/**
 * A short mark of everything that an approval is for: words, files, buttons, audience, time. A button carries it, so that
 * nobody approves something else than what they were shown.
 */
export function digestOf(campaign: Campaign, version: ContentVersion | null): string {
  const { kind, versionId, buttons, audience, originId, startAt, overridesQuiet, isPaid } = campaign
  const said = JSON.stringify([
    ...[kind, versionId, sorted(buttons), sorted(audience), originId],
    ...[startAt?.toISOString() ?? null, overridesQuiet, isPaid],
    ...[sorted(version?.texts ?? {}), version?.source ?? ''],
  ])
  return createHash('sha256').update(said).digest('hex').slice(0, digestLength)
}

/** The database does not keep the order in which the keys were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)])
}
