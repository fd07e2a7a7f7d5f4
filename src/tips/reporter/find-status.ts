import type { Db } from '../../db/open-database.ts'
import { readReceiptCode } from '../filing/receipt-code.ts'
import { openReporter } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { listOwnTips } from './own-tips.ts'
import { isPin, parsePin } from './pin.ts'
import { findReceipt, findReceiptByCode, listReceipts, type Receipt } from './receipt-store.ts'
import { readTicket } from './status-ticket.ts'
import { countWrong, findWait, forgetWrong } from './try-limit.ts'

type Deps = Pick<TipDeps, 'keyring' | 'now'>
type Asked = { chatId: number; text: string }

export type StatusOutcome =
  | { outcome: 'found'; receipt: Receipt }
  /** There is such a tip; its reporter wants a password to be typed first. */
  | { outcome: 'locked'; receipt: Receipt }
  | { outcome: 'unknown' }
  /** No code at all, which tells nothing to who guesses and is not counted. */
  | { outcome: 'no-code' }
  | { outcome: 'only-number' }
  | { outcome: 'digits'; n: number }
  /** A slip of the pen, told by the check digit; not counted either. */
  | { outcome: 'slip' }
  | { outcome: 'wait'; minutes: number }

/** Where the tip with this receipt code stands. After some wrong codes a chat has to wait, even with the right one. */
export async function findStatus(
  tx: Db,
  deps: Deps,
  { chatId, text }: Asked,
): Promise<StatusOutcome> {
  const reading = readReceiptCode(text)
  if (reading.kind === 'none') return { outcome: 'no-code' }
  if (reading.kind === 'number') return { outcome: 'only-number' }
  if (reading.kind === 'digits') return { outcome: 'digits', n: reading.n }
  if (reading.kind === 'slip') return { outcome: 'slip' }
  const chat = { by: 'chat', id: chatId } as const
  const minutes = await findWait(tx, deps, chat)
  if (minutes !== null) return { outcome: 'wait', minutes }
  const receipt = await findReceiptByCode(tx, deps.keyring.hash('receipt', reading.digits))
  if (!receipt) {
    await countWrong(tx, deps, chat)
    return { outcome: 'unknown' }
  }
  // The right code must not wipe out wrong passwords: whoever has the slip of paper would have endless tries.
  if (receipt.pin) return { outcome: 'locked', receipt }
  await forgetWrong(tx, deps, chat)
  return { outcome: 'found', receipt }
}

export type PinOutcome =
  | { outcome: 'found'; receipt: Receipt }
  | { outcome: 'no-pin' }
  | { outcome: 'wrong-pin' }
  | { outcome: 'wait'; minutes: number }
  /** The tip was erased meanwhile, or has no password any more. */
  | { outcome: 'expired' }

/** Takes the password of a tip. Wrong ones count like wrong codes, and against the tip as well. */
export async function unlockStatus(
  tx: Db,
  deps: Deps,
  { chatId, text, tipId }: Asked & { tipId: number },
): Promise<PinOutcome> {
  const pin = parsePin(text)
  if (pin === null) return { outcome: 'no-pin' }
  const tried = [
    { by: 'chat', id: chatId },
    { by: 'tip', id: tipId },
  ] as const
  const minutes = await findWait(tx, deps, ...tried)
  if (minutes !== null) return { outcome: 'wait', minutes }
  const receipt = await findReceipt(tx, tipId)
  if (!receipt?.isOpen || !receipt.pin) return { outcome: 'expired' }
  if (!(await isPin(deps.keyring, receipt.pin, pin))) {
    await countWrong(tx, deps, ...tried)
    return { outcome: 'wrong-pin' }
  }
  await forgetWrong(tx, deps, ...tried)
  return { outcome: 'found', receipt }
}

/** What a button of the reporter opens. An old button still works in the chat that filed the tip. */
export async function openTicket(
  tx: Db,
  deps: Deps,
  { chatId, text }: Asked,
): Promise<{ outcome: 'found' | 'locked'; receipt: Receipt } | { outcome: 'expired' }> {
  const ticket = readTicket(deps.keyring, text, { chatId, now: deps.now() })
  const receipt = ticket && (await findReceipt(tx, ticket.tipId))
  if (!receipt?.isOpen) return { outcome: 'expired' }
  // A password that was set after the button was made counts as well.
  const isShown = receipt.pin === null || ticket?.hasPin
  if (ticket?.isFresh && isShown) return { outcome: 'found', receipt }
  if (!isOwn(deps, receipt, chatId)) return { outcome: 'expired' }
  return { outcome: receipt.pin ? 'locked' : 'found', receipt }
}

/** The tips that were filed in this chat, as long as the vault knows it. */
export async function listOwnStatus(tx: Db, deps: Deps, chatId: number): Promise<Receipt[]> {
  const receipts = await listReceipts(tx, await listOwnTips(tx, deps.keyring, chatId))
  return receipts.filter((receipt) => isOwn(deps, receipt, chatId))
}

function isOwn({ keyring }: Deps, { reporter }: Receipt, chatId: number): boolean {
  return reporter !== null && openReporter(keyring, reporter).chatId === chatId
}
