import type { Row } from './row.ts'

const columns = ['what', 'measured', 'target', ''] as const
const verdict = ({ isMet }: Row) => (isMet === null ? '' : isMet ? 'met' : 'NOT MET')

export function printRows(rows: readonly Row[]): void {
  const lines = [
    [...columns],
    ...rows.map((row) => [row.what, row.measured, row.target, verdict(row)]),
  ]
  const widths = columns.map((_, n) => Math.max(...lines.map((line) => line[n]?.length ?? 0)))
  for (const line of lines)
    console.log(
      line
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}
