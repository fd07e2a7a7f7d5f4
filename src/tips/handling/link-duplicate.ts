import type { Db } from '../../db/open-database.ts'
import { listMessages } from '../dialogue/message-store.ts'
import type { MessageContent } from '../dialogue/send-to-reporter.ts'
import { numberOfTip } from '../tip.ts'
import { openWithTip } from '../tip-content.ts'
import { findTip, findTipByNumber } from '../tip-store.ts'
import type { Actor } from './check-actor.ts'
import { type ConcludeDeps, concludeTip } from './conclude-tip.ts'

export type LinkOutcome =
  | { outcome: 'linked'; number: string; main: string }
  /** There is no such number in what was typed. */
  | { outcome: 'no-number' }
  /** It is not this group's, or there is none: which of the two nobody is told. */
  | { outcome: 'unknown-number'; number: string }
  | { outcome: 'itself' }
  | { outcome: 'moved' }

/**
 * Closes a tip as a duplicate of another one of the same group. The reporter gets the result of the other when there is
 * one: at once if there is one already. That there is another, and so another reporter, they never hear.
 */
export async function linkDuplicate(
  tx: Db,
  deps: ConcludeDeps,
  actor: Actor,
  typed: string,
): Promise<LinkOutcome> {
  const digits = /(?:QF\s*\p{Pd}?\s*)?(\d{1,9})/iu.exec(typed.normalize('NFKC'))?.[1]
  if (digits === undefined) return { outcome: 'no-number' }
  const number = numberOfTip(Number(digits))
  const named = await findTipByNumber(tx, number)
  // A link to a link leads to the tip that is really handled.
  const main = named?.mainTipId ? await findTip(tx, named.mainTipId) : named
  if (!main || main.groupId !== actor.group.id || main.state === 'held')
    return { outcome: 'unknown-number', number }
  if (main.id === actor.tip.id) return { outcome: 'itself' }
  if (main.result === 'withdrawn') return { outcome: 'unknown-number', number }
  const params = { number: actor.tip.number }
  const said = await findResult(tx, deps, main.id)
  const own = said && 'key' in said ? { ...said, params: { ...said.params, ...params } } : said
  const end = { result: 'duplicate' as const, said: own, mainTipId: main.id }
  const closed = await concludeTip(tx, deps, actor, end)
  if (closed.outcome === 'moved') return closed
  return { outcome: 'linked', number: actor.tip.number, main: main.number }
}

/** What the reporter of a closed tip was told last. */
async function findResult(
  tx: Db,
  { keyring }: ConcludeDeps,
  tipId: number,
): Promise<MessageContent | null> {
  const tip = await findTip(tx, tipId)
  if (tip?.state !== 'closed' || !tip.dataKey) return null
  const last = (await listMessages(tx, tipId)).findLast(({ kind }) => kind === 'result')
  return last ? openWithTip<MessageContent>(keyring, tip, last.sealed) : null
}
