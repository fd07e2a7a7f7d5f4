import { isWithinHours, type SendingHours } from './sending-hours.ts'

/** When many may be written to, in minutes of the local day: from 21:00 until 7:30 nobody is woken. */
export const sendingHours: SendingHours = { from: 7 * 60 + 30, until: 21 * 60 }

/** `minute` is of the local day. */
export function isQuiet(minute: number): boolean {
  return !isWithinHours(sendingHours, minute)
}
