const written = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/gu

/** A day as YYYY-MM-DD: 2026-03-01, also as a Chinese spreadsheet shows it (2026/3/1, 2026年3月1日). Null: no such day. */
export function readDay(text: string): string | null {
  const [day = null, ...others] = findDays(text)
  return others.length === 0 && text.replace(written, '').trim() === '' ? day : null
}

/** Every day that stands in a text, in order; null for one that does not exist. */
export function findDays(text: string): (string | null)[] {
  return [...text.normalize('NFKC').matchAll(written)].map(([, year, month, day]) => {
    const fields = { year: Number(year), month: Number(month), day: Number(day) }
    try {
      return Temporal.PlainDate.from(fields, { overflow: 'reject' }).toString()
    } catch {
      return null
    }
  })
}
