import chineseDays from 'chinese-days'

export type WorkingDays = {
  /** Whether offices work on this day (YYYY-MM-DD): no public holiday, and Saturdays that make up for one. */
  isWorkingDay: (day: string) => boolean
}

/**
 * The working days of China. A year whose holidays are not announced yet, or not known to the package, has five working
 * days in each week; `onUnknownYear` hears of it once for each year.
 */
export function createWorkingDays({
  onUnknownYear,
}: {
  onUnknownYear: (year: number) => void
}): WorkingDays {
  const seen = new Map<number, boolean>()

  function noteYear(year: number): void {
    if (seen.has(year)) return
    seen.set(year, isKnown(year))
    if (!isKnown(year)) onUnknownYear(year)
  }

  return {
    isWorkingDay: (day) => {
      noteYear(Number(day.slice(0, 4)))
      return chineseDays.isWorkday(localNoon(day))
    },
  }
}

/** The first of October is a holiday in every year that the package knows. */
function isKnown(year: number): boolean {
  const nationalDay = localNoon(`${year}-10-01`)
  return chineseDays.getHolidaysInRange(nationalDay, nationalDay, false).length > 0
}

/** The package reads a written day as UTC and asks for its local parts: west of Greenwich that is the day before. */
function localNoon(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12)
}
