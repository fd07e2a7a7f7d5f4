import { splitText } from '../../lib/plain-text.ts'
import type { Translator } from '../../messages/messages.ts'
import { cardDeadlineText, type PromisedTip } from '../deadlines/promise-text.ts'
import { answerText } from '../interview/answer-text.ts'
import { findStep, type Interview, isAnswerable } from '../interview/interview.ts'
import { renderText } from '../interview/render-screen.ts'
import { labelOf } from '../interview/screen.ts'
import { severityOf } from '../interview/walk.ts'
import type { TipContent } from '../tip-content.ts'

/** Leaves room in Telegram's 4,096 for the notice and for the line that tells who took note of it. */
const partMaxLength = 3_500

/** Shown first and also when open: what a group looks for on every card. */
const firstFields: readonly string[] = ['where', 'what', 'who', 'role', 'when']
/** Shown last: it may be long. */
const lastField = 'details'

/**
 * The card of a tip, composed anew from its answers and in the words of the interview that asked for them, in as many messages as it needs: nothing is cut off. Day and part
 * of the day, never the minute: the minute could be held against who was seen with a phone in the hand.
 */
export function composeCard(
  t: Translator,
  tip: { number: string; filedAt: Date } & PromisedTip,
  { interview, content }: { interview: Interview; content: TipContent },
  timezone: string,
): string[] {
  const filed = Temporal.Instant.fromEpochMilliseconds(tip.filedAt.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
  const part = t(`tips:part-of-day.${partOfDay(filed.hour)}`)
  const shown = fieldsOf(interview, content)
  const severity = severityOf(interview, content.answers)
  const deadline = cardDeadlineText(t, tip, timezone)
  const lines = [
    t('tips:card.title', { number: tip.number }),
    ...(severity === 'normal' ? [] : [t(`interview:severity.${severity}`)]),
    ...shown.map((name) => fieldLine(t, interview, content, name)),
    t('tips:card.filed', { day: filed.toPlainDate().toString(), part }),
    ...(deadline === '' ? [] : [deadline]),
    ...(content.answers[lastField] ? ['', fieldLine(t, interview, content, lastField)] : []),
  ]
  const parts = splitText(lines.join('\n'), partMaxLength)
  return parts.map((text, index) =>
    index === 0
      ? `${text}\n\n${t('tips:card.notice')}`
      : `${t('tips:card.continued', { number: tip.number, n: index + 1, of: parts.length })}\n${text}`,
  )
}

/** What every card tells, and then every further answer, in the order of the questions. */
function fieldsOf(interview: Interview, content: TipContent): string[] {
  const others = interview.steps.filter(
    (step) =>
      isAnswerable(step) &&
      step.name !== lastField &&
      !firstFields.includes(step.name) &&
      answerText(interview, content, step.name) !== null,
  )
  return [...firstFields, ...others.map(({ name }) => name)]
}

function fieldLine(t: Translator, interview: Interview, content: TipContent, name: string): string {
  const answer = renderText(t, answerText(interview, content, name) ?? { key: 'tips:review.open' })
  const step = findStep(interview, name)
  return t('tips:review.line', { name: step ? renderText(t, labelOf(step)) : name, answer })
}

function partOfDay(hour: number): 'night' | 'morning' | 'afternoon' | 'evening' {
  if (hour < 6) return 'night'
  if (hour < 12) return 'morning'
  return hour < 18 ? 'afternoon' : 'evening'
}
