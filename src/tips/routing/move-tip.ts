import type { Db } from '../../db/open-database.ts'
import { findGroup, listRoutingGroups } from '../../groups/group-store.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { tellReporter } from '../reporter/tell-reporter.ts'
import { listBarredGroups, listPassedGroups, type RoutingCause } from '../tip.ts'
import { openRouting } from '../tip-content.ts'
import { lockTip, type TipRow } from '../tip-store.ts'
import { type Choice, chooseGroup } from './choose-group.ts'
import { leaveInbox } from './leave-inbox.ts'
import { type PlaceDeps, placeTip } from './place-tip.ts'
import { readTipFacts } from './tip-facts.ts'
import { listReachable } from './transfer-targets.ts'

export type MoveCause = Exclude<RoutingCause, 'filed' | 'retry'>

export type Move = {
  cause: MoveCause
  /** Besides those that its history rules out. Usually the group that has it; empty: that group may get it again. */
  excludedGroupIds: readonly number[]
  /** For the audit: "system" unless a person did it. */
  actor?: string
  /** above: only a group of a higher level than the one that has it. A number: this group, if the rules allow it. */
  target?: 'above' | number
  /** What the supervisor wrote who hands it on; shown on the new card. */
  note?: string
  /** What the reporter is told, in place of the neutral sentence; null: nothing. */
  notice?: string | null
}

export type MoveOutcome =
  | { outcome: 'moved'; number: string; groupId: number; groupName: string }
  | { outcome: 'held'; number: string }
  /** No other group may take it, and it may stay where it is: nothing was changed. */
  | { outcome: 'nowhere'; number: string }
  /** It is gone, or its state does not allow it. */
  | { outcome: 'unchanged' }

/** These must not stay where they are: who is involved must not see it, a dead inbox nobody sees. */
const mustLeave: readonly MoveCause[] = ['conflict', 'outage']

/** Its reporter was promised that the group that handled it never hears of this: better held than back to them. */
const neverBack: readonly MoveCause[] = ['aftercare']

/** These may begin with a closed tip. */
const reopening: readonly MoveCause[] = ['reopen', 'aftercare', 'released']

/**
 * Takes a tip away from its group and gives it to another, with the reasons, an audit line and a word to the reporter.
 * What stands of it in the old chat goes. After a conflict or an outage it is held when no other group may take it; else
 * it stays where it is then.
 */
export async function moveTip(
  tx: Db,
  deps: PlaceDeps,
  tipId: number,
  move: Move,
): Promise<MoveOutcome> {
  const tip = await lockTip(tx, tipId)
  if (!tip?.dataKey) return { outcome: 'unchanged' }
  if ((tip.state === 'closed') !== reopening.includes(move.cause)) return { outcome: 'unchanged' }
  const { number } = tip
  const { choice, excludedGroupIds } = await chooseFor(tx, deps, tip, move)
  if (choice.outcome === 'held' && !mustLeave.includes(move.cause)) {
    if (tip.state !== 'closed') return { outcome: 'nowhere', number }
  }
  await leaveInbox(tx, deps, tip, move.cause)
  const { cause, actor = 'system', note } = move
  const isSaved = await placeTip(tx, deps, tip, { choice, cause, actor, excludedGroupIds, note })
  if (!isSaved) throw new Error(`The locked tip ${tipId} changed`)
  const { notice = usualNotice(choice) } = move
  if (notice !== null) await tellReporter(tx, deps, tipId, notice, { number })
  if (choice.outcome === 'held') return { outcome: 'held', number }
  const group = await findGroup(tx, choice.groupId)
  return { outcome: 'moved', number, groupId: choice.groupId, groupName: group?.name ?? '' }
}

function usualNotice({ outcome, isForNobody }: Choice): string {
  if (isForNobody) return 'handling:notice.apart-left'
  return outcome === 'held' ? 'handling:notice.held' : 'handling:notice.moved'
}

async function chooseFor(
  tx: Db,
  deps: PlaceDeps,
  tip: TipRow,
  move: Move,
): Promise<{ choice: Choice; excludedGroupIds: readonly number[] }> {
  const facts = await readTipFacts(tx, deps, tip)
  const groups =
    typeof move.target === 'number'
      ? await listReachable(tx, deps, tip)
      : await listRoutingGroups(tx, facts.areaChain)
  const earlier = openRouting(deps.keyring, tip)
  const has = tip.groupId === null ? null : await findGroup(tx, tip.groupId)
  const barred = [...listBarredGroups(earlier), ...move.excludedGroupIds]
  const passedGroupIds = listPassedGroups(earlier)
  const targetId = typeof move.target === 'number' ? move.target : undefined
  const above = move.target === 'above' ? has?.level : undefined
  const choice = chooseGroup({
    ...{ facts: { ...facts, above }, groups, passedGroupIds, targetId },
    barredGroupIds: barred,
  })
  const mayReturn = reopening.includes(move.cause) && !neverBack.includes(move.cause)
  if (choice.outcome === 'routed' || !mayReturn)
    return { choice, excludedGroupIds: move.excludedGroupIds }
  // The highest group's result is contested: better the same people and a word to the admins than nobody.
  await alarmAdmins(tx, deps, 'handling:alarm.no-one-above', { number: tip.number })
  // It is not ruled out then: after an outage nobody would be left to take it.
  const barredGroupIds = listBarredGroups(earlier)
  const same = chooseGroup({ facts, groups, passedGroupIds, barredGroupIds })
  return { choice: same, excludedGroupIds: [] }
}
