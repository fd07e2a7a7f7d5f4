import { isQuiet } from '../delivery/quiet-hours.ts'

/** Hours of the local day that can be chosen: those at which people may be written to. */
export const pickableHours: readonly number[] = Array.from(
  { length: 24 },
  (_, hour) => hour,
).filter((hour) => !isQuiet(hour * 60))

export const isPickableHour = (hour: number): boolean => pickableHours.includes(hour)
