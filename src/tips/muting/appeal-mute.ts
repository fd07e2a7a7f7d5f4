import type { Db } from '../../db/open-database.ts'
import { type Group, groupLevels } from '../../groups/group.ts'
import { findGroup, findGroupByChat, listRoutingGroups } from '../../groups/group-store.ts'
import { findSupervisor } from '../../groups/supervisor-store.ts'
import { appendAudit } from '../../staff/audit.ts'
import { findStaff, listStaff } from '../../staff/staff-store.ts'
import { composePing } from '../dialogue/compose-ping.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findTip } from '../tip-store.ts'
import { changeMute, findMute, findMuteById, type Mute, pseudonymOf } from './mute.ts'
import { deleteMuteRow } from './mute-store.ts'

export type AppealDeps = Pick<
  TipDeps,
  'keyring' | 'now' | 'messages' | 'enqueue' | 'directory' | 'officeLanguage'
>

export type AppealOutcome = { outcome: 'appealed' | 'already' | 'over' }

/** Who was muted says why that is wrong, once, to the group above the one that did it; to the admins if there is none. */
export async function appealMute(
  tx: Db,
  deps: AppealDeps,
  { chatId, text }: { chatId: number; text: string },
): Promise<AppealOutcome> {
  const mute = await findMute(tx, deps, chatId)
  if (!mute) return { outcome: 'over' }
  if (mute.hasAppealed) return { outcome: 'already' }
  await changeMute(tx, deps.keyring, { ...mute, hasAppealed: true })
  const group = await findGroup(tx, mute.groupId)
  const tip = mute.tipId === null ? null : await findTip(tx, mute.tipId)
  const above = group && tip ? await findGroupAbove(tx, deps, group, tip.areaId) : null
  const judges = above
    ? [{ chatId: Number(above.inboxChatId), language: deps.officeLanguage }]
    : (await listStaff(tx, 'admin')).map(({ telegramId, language }) => ({
        chatId: telegramId,
        language,
      }))
  for (const judge of judges) {
    const t = deps.messages.in(judge.language)
    const name = tip ? pseudonymOf(deps.keyring, t, tip.id) : t('identity:mute.somebody')
    const number = tip?.number ?? ''
    const params = { group: group?.name ?? '', number, name, hours: mute.hours, text }
    await deps.enqueue(tx, {
      lane: 'urgent',
      purpose: 'mute-appeal',
      address: { chatId: judge.chatId },
      outgoing: {
        kind: 'text',
        text: t('identity:mute.appeal', params),
        keyboard: [[{ text: t('identity:button.lift'), data: `m:lift:${mute.id}` }]],
        isProtected: true,
      },
    })
  }
  return { outcome: 'appealed' }
}

/** The nearest group of the same kind and a higher level in which somebody can answer. */
async function findGroupAbove(
  tx: Db,
  deps: AppealDeps,
  { kind, level }: Group,
  areaId: number,
): Promise<Group | null> {
  const { tree } = await deps.directory.current(tx)
  const areaIds = tree.chain(areaId).map(({ id }) => id)
  const rank = groupLevels.indexOf(level)
  const above = (await listRoutingGroups(tx, areaIds))
    .filter((other) => other.kind === kind && other.inboxState === 'bound' && other.enrolled > 0)
    .filter((other) => groupLevels.indexOf(other.level) < rank)
    .sort((a, b) => groupLevels.indexOf(b.level) - groupLevels.indexOf(a.level))
  const [nearest] = above
  const found = nearest ? await findGroup(tx, nearest.id) : null
  return found?.inboxChatId === null ? null : found
}

export type LiftOutcome =
  | { outcome: 'lifted' }
  /** Its time was over, or somebody else was first. */
  | { outcome: 'over' }
  /** Neither an admin nor a supervisor of a group above the one that muted. */
  | { outcome: 'not-allowed' }

/** The mute ends at once, and whom it met hears of it. */
export async function liftMute(
  tx: Db,
  deps: AppealDeps,
  { muteId, chatId, telegramId }: { muteId: number; chatId: number; telegramId: number },
): Promise<LiftOutcome> {
  const mute = await findMuteById(tx, deps, muteId)
  if (!mute) return { outcome: 'over' }
  const actor = await findJudge(tx, mute, { chatId, telegramId })
  if (actor === null) return { outcome: 'not-allowed' }
  if (!(await deleteMuteRow(tx, mute.id))) return { outcome: 'over' }
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-notice',
    address: { chatId: mute.chatId },
    outgoing: composePing(deps.messages.in(mute.language), 'm:lifted'),
  })
  await appendAudit(tx, {
    at: deps.now(),
    actor,
    action: 'mute lifted',
    subject: mute.tipId === null ? 'mute' : `tip:${mute.tipId}`,
    detail: { groupId: mute.groupId },
  })
  return { outcome: 'lifted' }
}

/** For the audit; null when this person may not judge. */
async function findJudge(
  tx: Db,
  mute: Mute,
  { chatId, telegramId }: { chatId: number; telegramId: number },
): Promise<string | null> {
  if (chatId === telegramId) {
    const staff = await findStaff(tx, telegramId)
    return staff?.role === 'admin' ? `staff:${staff.id}` : null
  }
  const group = await findGroupByChat(tx, chatId)
  const muting = await findGroup(tx, mute.groupId)
  if (!group || !muting) return null
  if (groupLevels.indexOf(group.level) >= groupLevels.indexOf(muting.level)) return null
  const supervisor = await findSupervisor(tx, { groupId: group.id, telegramId })
  return supervisor && `supervisor:${supervisor.id}`
}
