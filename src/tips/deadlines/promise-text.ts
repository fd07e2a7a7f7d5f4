import type { Translate } from '../../messages/messages.ts'
import type { TipState } from '../tip.ts'

/** What of a tip the promise and its breach can be told from. */
export type PromisedTip = {
  state: TipState
  acknowledgeBy: Date | null
  answerBy: Date | null
  escalations: number
}

/** For the receipt: by when somebody takes the tip, and by when there is an answer. Empty when nothing was promised. */
export function promiseText(
  t: Translate,
  { acknowledgeBy, answerBy }: Pick<PromisedTip, 'acknowledgeBy' | 'answerBy'>,
  timezone: string,
): string {
  if (!acknowledgeBy || !answerBy) return ''
  const taken = partText(t, acknowledgeBy, timezone)
  return t('deadlines:promise.both', { taken, answered: partText(t, answerBy, timezone) })
}

/** For /status: what is promised still, or that the time is over and where the tip is. Empty when it is closed. */
export function statusPromiseText(
  t: Translate,
  tip: PromisedTip,
  { now, timezone }: { now: Date; timezone: string },
): string {
  const { state, acknowledgeBy, answerBy } = tip
  if (state === 'closed' || !acknowledgeBy || !answerBy) return ''
  const answered = partText(t, answerBy, timezone)
  const called = tip.escalations > 0 ? 'up' : 'called'
  const place = state === 'held' ? 'held' : called
  const where = t(`deadlines:where.${place}`)
  if (answerBy <= now) return `${t('deadlines:breach.answer', { answered })}${where}`
  const answer = t('deadlines:promise.answer', { answered })
  if (state === 'acknowledged') return answer
  if (acknowledgeBy > now) return promiseText(t, tip, timezone)
  const taken = partText(t, acknowledgeBy, timezone)
  return `${t('deadlines:breach.take', { taken })}${where}\n${answer}`
}

/** For the card: what is expected of the group. Until when to take it is told to the first group only: others hear it. */
export function cardDeadlineText(
  t: Translate,
  { state, acknowledgeBy, answerBy, escalations }: PromisedTip,
  timezone: string,
): string {
  if (state === 'closed' || !acknowledgeBy || !answerBy) return ''
  const answered = partText(t, answerBy, timezone)
  if (state !== 'waiting' || escalations > 0) return t('deadlines:card.answer', { answered })
  // No hour: it would lead back to the minute of filing, which may be held against who had a phone in the hand.
  return t('deadlines:card.take', { taken: partText(t, acknowledgeBy, timezone), answered })
}

/** “11月25日 上午”. The last minute of a morning is still morning. */
export function partText(t: Translate, until: Date, timezone: string): string {
  const { month, day, hour } = zoned(new Date(until.getTime() - 1), timezone)
  const date = t('tips:date', { month: t(`tips:month.${month}`), day })
  return t('deadlines:moment', { date, part: t(`tips:part-of-day.${partOfDay(hour)}`) })
}

/** Day and time as a group reads them. */
export function clockTime(at: Date, timezone: string): { day: string; time: string } {
  const local = zoned(at, timezone)
  return { day: local.toPlainDate().toString(), time: local.toPlainTime().toString().slice(0, 5) }
}

function zoned(at: Date, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone)
}

function partOfDay(hour: number): 'night' | 'morning' | 'afternoon' | 'evening' {
  if (hour < 6) return 'night'
  if (hour < 12) return 'morning'
  return hour < 18 ? 'afternoon' : 'evening'
}
