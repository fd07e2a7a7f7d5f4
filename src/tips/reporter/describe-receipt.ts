import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import type { Translate } from '../../messages/messages.ts'
import { statusPromiseText } from '../deadlines/promise-text.ts'
import type { Unheard } from '../dialogue/unheard-messages.ts'
import type { Receipt } from './receipt-store.ts'

/** Where a tip stands, in the words of its reporter: the level that has it, and no group and no person. */
export function describeReceipt(
  t: Translate,
  receipt: Receipt,
  {
    ticket,
    unheard,
    now,
    timezone,
  }: { ticket: string; unheard: readonly Unheard[]; now: Date; timezone: string },
): { text: string; keyboard: Keyboard } {
  const { number, state, level, result } = receipt
  const lines = [
    t(`tips:status.${state}`, { number }),
    state !== 'closed' && level !== null ? t(`receipt:level.${level}`) : null,
    state === 'closed' && result !== null ? t(`receipt:result.${result}`) : null,
    statusPromiseText(t, receipt, { now, timezone }) || null,
  ]
  return {
    text: lines.filter((line) => line !== null).join('\n'),
    keyboard: [...unheard.map((one) => [openButton(t, one)]), ...listActs(t, receipt, ticket)],
  }
}

const openButton = (t: Translate, { id, kind }: Unheard): Button => ({
  text: t(`receipt:unheard.${kind}`),
  data: `q:open:${id}`,
})

function listActs(
  t: Translate,
  { state, pin, reporter, hasName }: Receipt,
  ticket: string,
): Keyboard {
  const button = (act: string): Button => ({
    text: t(`receipt:button.${act}`),
    data: `s:${act}:${ticket}`,
  })
  const rows = [
    [
      'proof',
      ...(pin === null ? ['pin'] : []),
      ...(state === 'closed' && !hasName ? [] : ['name']),
    ],
    [...(state === 'closed' ? [] : ['withdraw']), ...(reporter === null ? [] : ['erase'])],
  ]
  const add = { text: t('dialogue:button.add'), data: `s:add:${ticket}` }
  return [
    ...(reporter === null ? [] : [[add]]),
    ...rows.filter((row) => row.length > 0).map((row) => row.map(button)),
  ]
}

/** The list of a chat's own tips. One with a password tells no more than its number. */
export function describeOwn(
  t: Translate,
  receipts: (Receipt & { hasNews: boolean })[],
  ticketOf: (receipt: Receipt) => string,
): { text: string; keyboard: Keyboard } {
  const lines = receipts.map(({ number, state, pin, hasNews }) => {
    if (pin) return t('receipt:own.line', { number, state: t('receipt:state.locked') })
    const key = hasNews ? 'receipt:own.news' : 'receipt:own.line'
    return t(key, { number, state: t(`receipt:state.${state}`) })
  })
  const buttons = receipts.map((receipt) => ({
    text: receipt.number,
    data: `s:see:${ticketOf(receipt)}`,
  }))
  return {
    text: t('receipt:own.list', { tips: lines.join('\n') }),
    keyboard: buttons.map((button) => [button]),
  }
}
