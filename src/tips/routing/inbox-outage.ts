import type { Db } from '../../db/open-database.ts'
import { findGroup } from '../../groups/group-store.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { addressOfCard, subjectOfCard } from '../cards/show-card.ts'
import { listWithdrawnCards, releaseCardMessage } from '../cards/tip-card-store.ts'
import { findTip } from '../tip-store.ts'
import { rerouteHeldTips } from './reroute-tips.ts'
import type { RouteDeps } from './route-tip.ts'
import { tellOfForeign } from './stranded-cards.ts'
import { findGroupAbove, tellAbove } from './tell-above.ts'

type Inbox = { groupId: number; groupName: string }

/** Tells the level above and the admins, and truly: without a working group above, new tips are held. */
export async function alarmBrokenInbox(tx: Db, deps: RouteDeps, inbox: Inbox): Promise<void> {
  const { groupId, groupName: group } = inbox
  const key = (await findGroupAbove(tx, deps, groupId)) ? 'broken' : 'broken-top'
  await alarmAdmins(tx, deps, `groups:alarm.${key}`, { group })
  await tellAbove(tx, deps, groupId, 'deadlines:inbox.above-broken', { group })
}

/** The inbox works again: the cards that still stand there say that they no longer count, and held tips go out. */
export async function restoreInbox(tx: Db, deps: RouteDeps, inbox: Inbox): Promise<void> {
  await alarmAdmins(tx, deps, 'groups:alarm.restored', { group: inbox.groupName })
  await markOldCards(tx, deps, inbox.groupId)
  await rerouteHeldTips(tx, deps)
}

async function markOldCards(tx: Db, deps: RouteDeps, groupId: number): Promise<void> {
  const group = await findGroup(tx, groupId)
  if (!group || group.inboxChatId === null) return
  const t = deps.messages.in(deps.officeLanguage)
  for (const card of await listWithdrawnCards(tx, { groupId, chatId: group.inboxChatId })) {
    const tip = await findTip(tx, card.tipId)
    // Once only: the next outage must not bring it up again.
    if (!tip || card.messageId === null || !(await releaseCardMessage(tx, card))) continue
    await deps.enqueue(tx, {
      lane: 'urgent',
      purpose: 'tip-card-edit',
      subject: subjectOfCard(card),
      address: addressOfCard(card),
      outgoing: {
        kind: 'edit',
        messageId: card.messageId,
        text: t('groups:old-card', { number: tip.number }),
        isProtected: true,
      },
    })
  }
  await tellOfForeign(tx, deps, group)
}
