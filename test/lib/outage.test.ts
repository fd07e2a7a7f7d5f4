import { expect, it } from 'vitest'
import { createOutage } from '../../src/lib/outage.ts'

it('an outage is told at once, then once a minute, and its end once', () => {
  const lines: string[] = []
  let at = 1_000
  const note = (level: string) => (first: unknown, second?: unknown) =>
    void lines.push(`${level} ${second ?? first}`)
  const outage = createOutage({ warn: note('warn'), info: note('info') } as never, () => at)
  outage.over('back')
  for (let second = 0; second <= 120; second += 3) {
    outage.warn({ problem: 'away' }, 'away')
    at += 3_000
  }
  outage.over('back')
  outage.over('back')
  outage.warn({}, 'away again')
  expect(lines).toEqual(['warn away', 'warn away', 'warn away', 'info back', 'warn away again'])
})
