import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup } from '../../groups/group-store.ts'
import { pickLeader } from '../../groups/pick-leader.ts'
import { listSupervisors } from '../../groups/supervisor-store.ts'
import { appendAudit } from '../../staff/audit.ts'
import { addressOfCard, subjectOfCard } from '../cards/show-card.ts'
import { findShownCard } from '../cards/tip-card-store.ts'
import type { DeadlineDeps } from './deadline-deps.ts'
import type { TipClock } from './deadline-store.ts'
import { clockTime, partText } from './promise-text.ts'

/** What is missing: somebody who takes the tip, or its result. The end of the keys of every text. */
export const missingOf = (tip: Pick<TipClock, 'state'>) =>
  tip.state === 'acknowledged' ? ('answer' as const) : ('take' as const)

export type Reminder = { until: Date; answerBy: Date; isLate: boolean }

/** Half of the time is over: a word in the inbox, as an answer to the card, with the name of the deputy. */
export async function nudgeGroup(
  tx: Db,
  deps: DeadlineDeps,
  tip: TipClock,
  { until, answerBy, isLate }: Reminder,
): Promise<void> {
  const group = await findWorkingGroup(tx, tip.groupId)
  if (!group) return
  const t = deps.messages.in(deps.officeLanguage)
  const answered = partText(t, answerBy, deps.timezone)
  const params = { number: tip.number, ...clockTime(until, deps.timezone), answered }
  const lines = [t(`deadlines:nudge.${missingOf(tip)}`, params)]
  const deputy = pickLeader(await listSupervisors(tx, group.id), 'deputy')
  if (deputy) lines.push(t('deadlines:please', { name: deputy.name }))
  if (isLate) lines.push(t('deadlines:late'))
  await answerCard(tx, deps, { tip, group }, lines.join('\n'))
}

/**
 * The time is over: the inbox hears until when the tip stays there, and the leader hears it in private as well, also when
 * the inbox is broken: what somebody took before stays with them until now.
 */
export async function callLeader(
  tx: Db,
  deps: DeadlineDeps,
  tip: TipClock,
  { until, isLate }: Reminder,
): Promise<void> {
  const group = tip.groupId === null ? null : await findGroup(tx, tip.groupId)
  if (!group) return
  const t = deps.messages.in(deps.officeLanguage)
  const missing = missingOf(tip)
  const params = { number: tip.number, ...clockTime(until, deps.timezone) }
  const lines = [t(`deadlines:overdue.${missing}`, params)]
  const leader = pickLeader(await listSupervisors(tx, group.id), 'leader')
  if (leader) lines.push(t('deadlines:please', { name: leader.name }))
  if (isLate) lines.push(t('deadlines:late'))
  const working = await findWorkingGroup(tx, group.id)
  if (working) await answerCard(tx, deps, { tip, group: working }, lines.join('\n'))
  if (leader?.state === 'enrolled' && leader.telegramId !== null)
    await deps.enqueue(tx, {
      lane: 'urgent',
      purpose: 'leader-call',
      subject: `tip:${tip.id}`,
      address: { chatId: leader.telegramId },
      outgoing: {
        kind: 'text',
        text: t(`deadlines:leader.${missing}`, { group: group.name, number: tip.number }),
      },
    })
  await appendAudit(tx, {
    at: deps.now(),
    actor: 'system',
    action: 'tip overdue',
    subject: `tip:${tip.id}`,
    detail: { groupId: group.id, missing, isLate },
  })
}

/** The group if it has an inbox that can be written to. */
export async function findWorkingGroup(
  tx: Db,
  groupId: number | null,
): Promise<(Group & { inboxChatId: number }) | null> {
  const group = groupId === null ? null : await findGroup(tx, groupId)
  if (group?.inboxState !== 'bound' || group.inboxChatId === null) return null
  return { ...group, inboxChatId: group.inboxChatId }
}

/** Says it below the card. That it cannot be answered is the only sign that somebody deleted it: see the listener. */
async function answerCard(
  tx: Db,
  deps: Pick<DeadlineDeps, 'enqueue'>,
  { tip, group }: { tip: TipClock; group: Group & { inboxChatId: number } },
  text: string,
): Promise<void> {
  const shown = await findShownCard(tx, tip.id)
  const isHere = shown?.groupId === group.id && shown.chatId === group.inboxChatId
  const card = isHere && shown.messageId !== null ? shown : null
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-nudge',
    subject: card ? subjectOfCard(card) : `tip:${tip.id}`,
    address: card ? addressOfCard(card) : { chatId: group.inboxChatId },
    outgoing: {
      kind: 'text',
      text,
      ...(card?.messageId ? { replyTo: card.messageId, mustReply: true } : {}),
    },
  })
}
