import type { Db } from '../../db/open-database.ts'
import { redrawCard } from '../cards/show-card.ts'
import { isLinked } from '../linked-tip-store.ts'
import { tellReporter } from '../reporter/tell-reporter.ts'
import { auditAct } from './audit-act.ts'
import { type ActRefusal, checkActor } from './check-actor.ts'
import type { Press } from './check-press.ts'
import { clearPrompts } from './clear-prompts.ts'
import { saveGiveBack, saveResumption, saveTakeOver } from './handling-store.ts'
import type { PromptDeps } from './prompt.ts'

export type PassOutcome = { outcome: 'done'; number: string } | ActRefusal

/** A colleague of the same group takes over what somebody else had taken. */
export async function takeOverTip(tx: Db, deps: PromptDeps, press: Press): Promise<PassOutcome> {
  const actor = await checkActor(tx, press, 'anybody')
  if (actor.outcome !== 'allowed') return actor
  const { tip, group, supervisor } = actor
  if (tip.state === 'waiting') return { outcome: 'take-first' }
  const at = deps.now()
  const former = tip.acknowledgedById
  const by = { groupId: group.id, supervisorId: supervisor.id, at }
  // Whoever has it already has lost nothing by the press.
  if (!(await saveTakeOver(tx, tip.id, by))) return { outcome: 'done', number: tip.number }
  await clearPrompts(tx, deps, tip.id)
  await redrawCard(tx, deps, actor.card, { at: press })
  await auditAct(tx, actor, at, 'tip taken over', { fromSupervisorId: former })
  return { outcome: 'done', number: tip.number }
}

/** Whoever has it gives it back to the group. */
export async function giveBackTip(tx: Db, deps: PromptDeps, press: Press): Promise<PassOutcome> {
  const actor = await checkActor(tx, press, 'holder')
  if (actor.outcome !== 'allowed') return actor
  const { tip, group, supervisor } = actor
  const held = { groupId: group.id, holderId: supervisor.id }
  if (!(await saveGiveBack(tx, tip.id, held))) return { outcome: 'moved' }
  await clearPrompts(tx, deps, tip.id)
  await redrawCard(tx, deps, actor.card, { at: press })
  await auditAct(tx, actor, deps.now(), 'tip given back')
  return { outcome: 'done', number: tip.number }
}

/** Closed by mistake: the group goes on with it, and the reporter hears that the result they were told does not count. */
export async function resumeTip(tx: Db, deps: PromptDeps, press: Press): Promise<PassOutcome> {
  const actor = await checkActor(tx, press, 'closed')
  if (actor.outcome !== 'allowed') return actor
  const { tip, group, supervisor } = actor
  const at = deps.now()
  const by = { groupId: group.id, supervisorId: supervisor.id, at }
  // Who was told no result must not hear that it does not count.
  const wasTold = !(await isLinked(tx, tip.id))
  if (!(await saveResumption(tx, tip.id, by))) return { outcome: 'moved' }
  if (wasTold)
    await tellReporter(tx, deps, tip.id, 'handling:notice.resumed', { number: tip.number })
  await redrawCard(tx, deps, actor.card, { at: press })
  await auditAct(tx, actor, at, 'tip resumed', { result: tip.result })
  return { outcome: 'done', number: tip.number }
}
