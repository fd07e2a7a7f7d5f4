import type { Db, PrismaClient } from '../../db/open-database.ts'
import { describeError } from '../../errors.ts'
import type { Log } from '../../lib/log.ts'
import { type ClockedTip, setClock, stepClock } from './deadline-clock.ts'
import type { DeadlineDeps } from './deadline-deps.ts'
import { findTipClock, listDueTips, saveClock, type TipClock } from './deadline-store.ts'
import { decidePromise, type Promised, ruleFor } from './decide-promise.ts'
import { escalateTip, tellHeld } from './escalate-tip.ts'
import { readCircumstances } from './promise-answer.ts'
import { callLeader, nudgeGroup } from './remind-group.ts'

/** What one tick takes on, so that it ends within the minute; the rest is due in the next one. */
const tipsPerTick = 500

/**
 * Looks after every tip whose clock has run down or must be set, each in a transaction of its own: one that cannot be
 * tended holds up no other. Returns how many were. Harmless in two processes, late, or after a crash.
 */
export async function tendDeadlines(
  db: PrismaClient,
  deps: DeadlineDeps & { log: Log },
): Promise<number> {
  const ids = await listDueTips(db, { now: deps.now(), limit: tipsPerTick })
  let count = 0
  for (const id of ids)
    try {
      if (await db.$transaction((tx) => tendTip(tx, deps, id))) count += 1
    } catch (error) {
      deps.log.error({ tipId: id, error: describeError(error) }, 'a deadline could not be tended')
    }
  return count
}

/** Sets the clock of a tip that has moved on, or does what is due. False when nothing was, or somebody was faster. */
export async function tendTip(tx: Db, deps: DeadlineDeps, tipId: number): Promise<boolean> {
  const tip = await findTipClock(tx, tipId)
  if (!tip) return false
  const now = deps.now()
  const circumstances = await readCircumstances(tx, deps, tip)
  const rule = ruleFor(deps.officeHours, circumstances, now)
  const promised = keepPromise(tip) ?? decidePromise(deps.officeHours, circumstances, now)
  const before = tip.isSameGroup ? tip.clock : undefined
  const clocked: ClockedTip = { ...tip, ...promised, isClocked: isClocked(tip), before }
  if (tip.isStale) return saveClock(tx, tip, { ...setClock(clocked, rule, now), ...promised })

  const step = stepClock(clocked, tip.clock, rule, now)
  if (!step || !(await saveClock(tx, tip, { ...step.next, ...promised }))) return false
  const { act, isLate, next } = step
  if (act === 'held') await tellHeld(tx, deps, tip)
  else if (act === 'up' || act === 'top')
    await escalateTip(tx, deps, tip, { isRepeated: act === 'top' })
  else {
    const reminder = { until: next.at ?? now, answerBy: promised.answerBy, isLate }
    await (act === 'nudge' ? nudgeGroup : callLeader)(tx, deps, tip, reminder)
  }
  return true
}

/** What was promised; null when nothing was, or the tip was closed since and is open again: that counts anew. */
function keepPromise({ acknowledgeBy, answerBy, clockState, state }: TipClock): Promised | null {
  const isReopened = clockState === 'closed' && state !== 'closed'
  return acknowledgeBy && answerBy && !isReopened ? { acknowledgeBy, answerBy } : null
}

/** A tip of an earlier version was promised nothing, so its time begins now and not when it was filed. */
function isClocked({ clockState, acknowledgeBy }: TipClock): boolean {
  return clockState !== null || acknowledgeBy === null
}
