import { expect, test } from 'vitest'
import { stepsFinishedBy } from '../../../src/sandbox/page/tour/progress.ts'

test('a press finishes its step of the tour, and those that were left out before it', () => {
  expect(stepsFinishedBy('v:is:1622')).toEqual(['subscribe'])
  // A village need not be chosen to report.
  expect(stepsFinishedBy('d:review:submit')).toEqual(['subscribe', 'report'])
  expect(stepsFinishedBy('t:ack:7')).toEqual(['subscribe', 'report', 'acknowledge'])
})

test('another press finishes nothing', () => {
  for (const data of ['home:report', 'v:in:2:0', 'd:review:who', 'h:end:7'])
    expect(stepsFinishedBy(data)).toEqual([])
})
