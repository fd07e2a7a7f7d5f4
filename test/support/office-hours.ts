import { createWorkingDays } from '../../src/lib/working-days.ts'
import { parseSpans } from '../../src/lib/working-time.ts'

/** Ordinary hours and the working days of China. */
export const officeHours = {
  ...createWorkingDays({ onUnknownYear: () => {} }),
  timezone: 'Asia/Shanghai',
  hours: parseSpans('08:30-12:00,14:00-17:30') ?? [],
}
