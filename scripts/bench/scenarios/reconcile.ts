import type { Db } from '../../../src/db/open-database.ts'
import { type Row, rounded } from '../harness/row.ts'
import type { StandIn } from '../harness/stand-in.ts'

/** The window of the sender's limits in this run: what one kill may leave in doubt. */
const claimWindow = 500

type Found = {
  total: number
  states: Record<string, number>
  received: number
  /** Said to be sent, and nothing arrived. */
  lost: number
  doubledBulk: number
  doubledUrgent: number
  uncertainArrived: number
  /** Neither ended nor waiting any more. */
  unaccounted: number
}

/** Compares the ledger with what the stand-in has stored for each chat. `chatIds` in the order of the ledger. */
export async function reconcile(
  db: Db,
  standIn: StandIn,
  chatIds: readonly number[],
): Promise<Found> {
  const arrived = new Map<number, number>()
  for (const { chat_id, status } of await standIn.sends())
    if (status === 200) arrived.set(Number(chat_id), (arrived.get(Number(chat_id)) ?? 0) + 1)
  const rows = await db.delivery.findMany({
    select: { lane: true, state: true },
    orderBy: { id: 'asc' },
  })
  const found: Found = {
    total: chatIds.length,
    states: {},
    received: (await standIn.counters()).messages_sent,
    lost: 0,
    doubledBulk: 0,
    doubledUrgent: 0,
    uncertainArrived: 0,
    unaccounted: chatIds.length - rows.length,
  }
  for (const [n, { lane, state }] of rows.entries()) {
    const count = arrived.get(chatIds[n] ?? 0) ?? 0
    found.states[state] = (found.states[state] ?? 0) + 1
    if (state === 'sent' && count === 0) found.lost += 1
    if (count > 1) found[lane === 'bulk' ? 'doubledBulk' : 'doubledUrgent'] += 1
    if (state === 'uncertain' && count > 0) found.uncertainArrived += 1
    if (state === 'pending' || state === 'sending') found.unaccounted += 1
  }
  return found
}

export function describeCrashRun(where: string, found: Found, kills: number): Row[] {
  const { total, states, received, lost, unaccounted } = found
  const { sent = 0, blocked = 0, failed = 0, uncertain = 0 } = states
  const scenario = 'crash'
  const target = (text: string, isMet: boolean | null) => ({ target: text, isMet })
  return [
    {
      scenario,
      what: `crash run, ${where}: the ledger of ${rounded(total)}`,
      measured: `${sent} sent, ${blocked} blocked, ${failed} failed, ${uncertain} uncertain`,
      ...target('all ended', unaccounted === 0),
    },
    {
      scenario,
      what: `crash run, ${where}: the stand-in received`,
      measured: `${received} (sent ${sent} + uncertain that arrived ${found.uncertainArrived} + doubles)`,
      ...target('', null),
    },
    {
      scenario,
      what: `crash run, ${where}: lost`,
      measured: `${lost} sent that never arrived, ${unaccounted} without an end`,
      ...target('0', lost + unaccounted === 0),
    },
    {
      scenario,
      what: `crash run, ${where}: doubled`,
      measured: `${found.doubledBulk} of the campaign, ${found.doubledUrgent} urgent (sent again on purpose)`,
      ...target('0 of the campaign', found.doubledBulk === 0),
    },
    {
      scenario,
      what: `crash run, ${where}: uncertain`,
      measured: `${uncertain}, ${rounded(uncertain / kills)} a kill; ${found.uncertainArrived} of them had arrived`,
      ...target(`<= ${claimWindow} a kill`, uncertain <= claimWindow * kills),
    },
  ]
}
