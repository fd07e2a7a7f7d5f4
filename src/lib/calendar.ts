/** The day (YYYY-MM-DD) that an instant falls on in a time zone. */
export function dayOf(at: Date, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDate()
    .toString()
}

/** Minutes of the local day that have passed at an instant, as its clock shows them. */
export function minuteOf(at: Date, timezone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
    timezone,
  )
  return hour * 60 + minute
}

/** When the clock shows this minute of this day: the first time where it does twice, just after where it never does. */
export function instantAt(day: string, minute: number, timezone: string): Date {
  const local = Temporal.PlainDate.from(day).toPlainDateTime({
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  })
  return new Date(local.toZonedDateTime(timezone).epochMilliseconds)
}

/** The day (YYYY-MM-DD) so many days later; earlier when negative. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** From one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days
}
