import type { ContentTexts } from './content.ts'
import { listBlanks } from './fill-in.ts'

/** To be read with a content: whether a reminder sends it on a day counted from the vote. */
export const withDayReminder = {
  reminders: { where: { offsetDays: { not: null } }, select: { id: true }, take: 1 },
} as const

/** “{村名} votes today” is true on the day on which a reminder sends it, and nobody should come upon it on another. */
export function isDayBound(texts: ContentTexts, { reminders }: { reminders: unknown[] }): boolean {
  const words = Object.values(texts).map((text) => `${text?.title}\n${text?.body}`)
  return reminders.length > 0 && listBlanks(words.join('\n')).length > 0
}
