/** 9:30, 9点半, 下午3点, 3pm: in minutes of the day; null for what is no time. */
export function readClock(text: string, isEvening = false): number | null {
  const found =
    /^\s*(凌晨|早上|上午|中午|下午|傍晚|晚上|晚)?\s*(\d{1,2})(?:\s*[:时点]\s*(?:(\d{1,2})分?|(半)|钟)?)?\s*(am|pm)?\s*$/u.exec(
      text,
    )
  if (!found) return null
  const [, part, hours = '', minutes, half, suffix] = found
  // A bare number is no time: “10” may be a day.
  if (!/[:时点]|am|pm/.test(text)) return null
  const isLate = suffix === 'pm' || isEvening || /下午|傍晚|晚/.test(part ?? '')
  const hour = Number(hours) + (isLate && Number(hours) < 12 ? 12 : 0)
  const minute = half ? 30 : Number(minutes ?? 0)
  return hour <= 23 && minute <= 59 ? hour * 60 + minute : null
}
