import { findVersion } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import type { DeliveryRequest } from '../delivery/enqueue-delivery.ts'
import type { Keyboard, Outgoing } from '../delivery/outgoing.ts'
import type { Translator } from '../messages/messages.ts'
import { listEditors } from '../staff/staff-store.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import { digestOf } from './campaign-digest.ts'
import { findOfficeChats, type OfficeChat } from './campaign-store.ts'
import { describeCampaign } from './describe-campaign.ts'
import { previewCampaign } from './preview-campaign.ts'

/** Who hears how it goes: its author, or who approved it when the author has left the office. */
export async function findOwner(
  db: Db,
  { createdById, approvedById }: Pick<Campaign, 'createdById' | 'approvedById'>,
): Promise<OfficeChat | null> {
  const ids = approvedById === null ? [createdById] : [createdById, approvedById]
  const chats = await findOfficeChats(db, ids)
  return ids.map((id) => chats.find((chat) => chat.id === id)).find(Boolean) ?? null
}

/** A message about it to its owner, in their language; to everybody of the office when neither of them is there any more. */
export async function tellOwner(
  tx: Db,
  { enqueue, messages }: Pick<CampaignDeps, 'enqueue' | 'messages'>,
  campaign: Campaign,
  compose: (t: Translator) => { text: string; keyboard: Keyboard },
): Promise<void> {
  const owner = await findOwner(tx, campaign)
  const readers: OfficeChat[] = owner ? [owner] : await listEditors(tx)
  const requests = readers.map((reader) =>
    toOffice(reader, { kind: 'text', ...compose(messages.in(reader.language)) }),
  )
  await enqueue(tx, ...requests)
}

/** One sentence, with a button that opens it. */
export async function tellAuthor(
  tx: Db,
  deps: Pick<CampaignDeps, 'enqueue' | 'messages'>,
  campaign: Campaign,
  key: string,
): Promise<void> {
  await tellOwner(tx, deps, campaign, (t) => ({
    text: t(key, { name: campaign.name }),
    keyboard: [[{ text: t('campaigns:button.open'), data: `bc:page:${campaign.id}` }]],
  }))
}

/** That it will not go out, to who wrote it and who approved it, but for who gave it up. */
export async function tellInvolved(
  tx: Db,
  { enqueue, messages }: Pick<CampaignDeps, 'enqueue' | 'messages'>,
  { name, createdById, approvedById }: Campaign,
  byStaffId: number | null,
): Promise<void> {
  const involved = approvedById === null ? [createdById] : [createdById, approvedById]
  const ids = involved.filter((id) => id !== byStaffId)
  const chats = await findOfficeChats(tx, ids)
  const requests = chats.map((chat) => {
    const text = messages.in(chat.language)('campaigns:told.discarded', { name })
    return toOffice(chat, { kind: 'text', text })
  })
  await enqueue(tx, ...requests)
}

/** The same to everybody else who may approve campaigns. */
export async function tellOthers(
  tx: Db,
  { enqueue, messages }: Pick<CampaignDeps, 'enqueue' | 'messages'>,
  { id, name, createdById }: Campaign,
  key: string,
): Promise<void> {
  const others = (await listEditors(tx)).filter((chat) => chat.id !== createdById)
  const requests = others.map((other) => {
    const t = messages.in(other.language)
    const keyboard: Keyboard = [[{ text: t('campaigns:button.open'), data: `bc:page:${id}` }]]
    return toOffice(other, { kind: 'text', text: t(key, { name }), keyboard })
  })
  await enqueue(tx, ...requests)
}

/** Shows each of them what is to go out, to whom and when, with the buttons that decide. */
export async function sendForApproval(
  tx: Db,
  deps: CampaignDeps,
  campaign: Campaign,
  others: readonly OfficeChat[],
): Promise<void> {
  const version = campaign.versionId === null ? null : await findVersion(tx, campaign.versionId)
  const previews = version ? await previewCampaign(tx, deps, { campaign, version }) : []
  const digest = digestOf(campaign, version)
  for (const other of others) {
    const t = deps.messages.in(other.language)
    const summary = await describeCampaign(tx, deps, { campaign, version }, t)
    const keyboard: Keyboard = [
      [{ text: t('campaigns:button.approve'), data: `bc:ok:${campaign.id}:${digest}` }],
      [{ text: t('campaigns:button.send-back'), data: `bc:no:${campaign.id}:${digest}` }],
    ]
    const card: Outgoing = {
      kind: 'text',
      text: `${t('campaigns:approval.card')}\n\n${summary}`,
      keyboard,
    }
    await deps.enqueue(tx, ...[...previews, card].map((outgoing) => toOffice(other, outgoing)))
  }
}

function toOffice({ telegramId: chatId }: OfficeChat, outgoing: Outgoing): DeliveryRequest {
  return { lane: 'urgent', purpose: 'campaign-office', address: { chatId }, outgoing }
}
