import type { Translate } from '../../messages/messages.ts'
import type { RoutingEntry, TipResult, TipState } from '../tip.ts'

type Status = {
  state: TipState
  result: TipResult | null
  /** Who has it, and since when. */
  holder: { by: string; at: Date } | null
  closedAt: Date | null
  /** The last decision, and the group that had it before. */
  last: RoutingEntry | undefined
  fromGroup: string
  /** What it is a duplicate of. */
  mainNumber: string | null
}

/** Reasons to be told of where the tip comes from. After a conflict or an outage nobody is told. */
const told = ['transfer', 'deadline', 'reopen', 'aftercare', 'released']

/** Pure. What stands under a card: where the tip comes from, who has it, how it ended. */
export function cardStatus(t: Translate, status: Status, timezone: string): string[] {
  const { state, result, holder, last, closedAt, mainNumber } = status
  const lines: string[] = []
  const { cause, note = '' } = last ?? {}
  if (cause && told.includes(cause))
    lines.push(t(`handling:from.${cause}`, { group: status.fromGroup, note }).trim())
  if (holder)
    lines.push(t('tips:card.acknowledged', { by: holder.by, ...when(holder.at, timezone) }))
  if (state === 'closed' && result)
    lines.push(
      t('handling:closed', {
        result: t(`handling:result.${result}`, { main: mainNumber ?? '' }),
        ...when(closedAt ?? new Date(0), timezone),
      }).trim(),
    )
  return lines
}

function when(at: Date, timezone: string) {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
  return { day: local.toPlainDate().toString(), time: local.toString().slice(11, 16) }
}
