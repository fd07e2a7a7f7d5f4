import { expect, it } from 'vitest'
import type { MessageRow } from '../../../src/tips/dialogue/message-store.ts'
import { pickUnheard } from '../../../src/tips/dialogue/unheard-messages.ts'

type Said = [MessageRow['kind'], MessageRow['state']]
const pick = (said: Said[], isClosed = false) =>
  pickUnheard(
    said.map(([kind, state], at) => ({ id: at + 1, kind, state })),
    isClosed,
  ).map(({ id }) => id)

it.each<[string, Said[], boolean, number[]]>([
  ['a question that was not looked at', [['question', 'sent']], false, [1]],
  ['a question that was looked at and not answered', [['question', 'opened']], false, [1]],
  [
    'no question that was answered, declined or taken off the screen',
    [
      ['question', 'answered'],
      ['question', 'declined'],
      ['question', 'removed'],
    ],
    false,
    [],
  ],
  [
    'of notices that were not looked at the last, beside every question',
    [
      ['question', 'sent'],
      ['notice', 'sent'],
      ['notice', 'sent'],
      ['notice', 'sent'],
    ],
    false,
    [1, 4],
  ],
  [
    'no words of the reporter',
    [
      ['answer', 'sent'],
      ['addition', 'sent'],
    ],
    false,
    [],
  ],
  [
    'the last result of a closed tip, however often it was read',
    [
      ['result', 'opened'],
      ['result', 'removed'],
    ],
    true,
    [2],
  ],
  ['no result while the tip is open again', [['result', 'opened']], false, []],
  [
    'no old question of a closed tip',
    [
      ['question', 'opened'],
      ['result', 'sent'],
    ],
    true,
    [2],
  ],
  [
    'whether there is trouble',
    [
      ['result', 'opened'],
      ['aftercare', 'sent'],
    ],
    true,
    [1, 2],
  ],
  ['the newest three', Array(5).fill(['question', 'sent']), false, [3, 4, 5]],
])('still to be heard: %s', (_, said, isClosed, ids) => {
  expect(pick(said, isClosed)).toEqual(ids)
})
