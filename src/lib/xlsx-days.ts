/** Built in, also those of a Chinese Excel (ECMA-376, part 1, 18.8.30). Times of day alone are no days. */
const builtIn = (id: number) =>
  (id >= 14 && id <= 17) ||
  id === 22 ||
  (id >= 27 && id <= 31) ||
  id === 36 ||
  (id >= 50 && id <= 58)

/** True when numbers in this format are shown as days: it names the year or the day, outside of words and colours. */
export function isDayFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn(id)
  return /[yd年日]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
}

/**
 * The day of Excel's serial number, as YYYY-MM-DD. Counted from the end of 1899, with a 29 February 1900 that never was, which
 * is why days before March 1900 come out one early; on old Macs from 1904.
 */
export function toDay(serial: number, is1904: boolean): string {
  const first = Temporal.PlainDate.from(is1904 ? '1904-01-01' : '1899-12-30')
  const days = Math.floor(serial)
  // The last day that Excel knows is 9999-12-31.
  return days < 0 || days > 2_958_465 ? String(serial) : first.add({ days }).toString()
}
