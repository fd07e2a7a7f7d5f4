import type { Db } from '../../db/open-database.ts'
import { findGroupByChat } from '../../groups/group-store.ts'
import { findSupervisor } from '../../groups/supervisor-store.ts'
import { appendAudit } from '../../staff/audit.ts'
import { hasAuditLine } from '../../staff/audit-store.ts'
import { openReporter } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findReporter, findTip } from '../tip-store.ts'
import { findMute, type MuteHours, pseudonymOf, saveMute } from './mute.ts'

export type MuteDeps = Pick<TipDeps, 'keyring' | 'now' | 'messages' | 'officeLanguage'>
export type MuteRequest = { chatId: number; telegramId: number; tipId: number }

export type MayMuteOutcome =
  | { outcome: 'may'; number: string; name: string; groupId: number; supervisorId: number }
  /** Not enrolled in the group of this chat, the tip is not here, or its reporter is forgotten. */
  | { outcome: 'not-enrolled' | 'not-here' | 'forgotten' }

/** Whether this person may silence the reporter of this tip, and what the reporter is called. */
export async function mayMute(
  tx: Db,
  { keyring, messages, officeLanguage }: MuteDeps,
  { chatId, telegramId, tipId }: MuteRequest,
): Promise<MayMuteOutcome> {
  const group = await findGroupByChat(tx, chatId)
  const supervisor = group && (await findSupervisor(tx, { groupId: group.id, telegramId }))
  if (!group || !supervisor) return { outcome: 'not-enrolled' }
  const tip = await findTip(tx, tipId)
  if (!tip || tip.groupId !== group.id) return { outcome: 'not-here' }
  if (!(await findReporter(tx, tipId))) return { outcome: 'forgotten' }
  const name = pseudonymOf(keyring, messages.in(officeLanguage), tipId)
  const { number } = tip
  return { outcome: 'may', number, name, groupId: group.id, supervisorId: supervisor.id }
}

export type MuteOutcome =
  | { outcome: 'muted'; number: string; name: string; hours: MuteHours }
  /** Because of this very tip: once, or one tip would do until the vote is over, whatever the level above decided. */
  | { outcome: 'already'; name: string }
  | Exclude<MayMuteOutcome, { outcome: 'may' }>

const action = 'reporter muted'

/** Whoever filed this tip may file nothing for some hours. Nobody learns who that is. */
export async function muteReporter(
  tx: Db,
  deps: MuteDeps,
  request: MuteRequest & { hours: MuteHours },
): Promise<MuteOutcome> {
  const may = await mayMute(tx, deps, request)
  if (may.outcome !== 'may') return may
  const { tipId, hours } = request
  const { number, name, groupId, supervisorId } = may
  const sealed = await findReporter(tx, tipId)
  if (!sealed) return { outcome: 'forgotten' }
  const { chatId, language } = openReporter(deps.keyring, sealed)
  const now = deps.now()
  const untilAt = new Date(now.getTime() + hours * 3_600_000)
  const known = await findMute(tx, deps, chatId)
  if (await hasAuditLine(tx, { action, subject: `tip:${tipId}` }))
    return { outcome: 'already', name }
  // Because of another tip it must look like any other: that two tips are of one person nobody may learn here.
  const isLonger = known !== null && known.untilAt >= untilAt
  const content = { chatId, language, tipId, groupId, hours, hasAppealed: false }
  if (!isLonger) await saveMute(tx, deps.keyring, content, untilAt)
  await appendAudit(tx, {
    at: now,
    actor: `supervisor:${supervisorId}`,
    action,
    subject: `tip:${tipId}`,
    detail: { groupId, hours },
  })
  return { outcome: 'muted', number, name, hours }
}
