import type { Db } from '../../db/open-database.ts'
import type { OutcomeListener } from '../../delivery/outcome-listener.ts'
import { breakInbox } from '../../groups/break-inbox.ts'
import { findGroup } from '../../groups/group-store.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { savePromptMessage } from '../handling/prompt-store.ts'
import { alarmBrokenInbox } from '../routing/inbox-outage.ts'
import { rerouteWaitingTips } from '../routing/reroute-tips.ts'
import type { RouteDeps } from '../routing/route-tip.ts'
import { findTip, lockTip } from '../tip-store.ts'
import { resayCard } from './resay-card.ts'
import { addressOfCard, enqueueCard, enqueueRestOfCard, subjectOfCard } from './show-card.ts'
import {
  findTipCard,
  saveCardMessage,
  saveCardThread,
  saveSentCard,
  type TipCard,
} from './tip-card-store.ts'
import { saveFailedList, saveSentList } from './tip-list-store.ts'
import { createPost } from './tip-post-store.ts'

type Failed = Extract<Parameters<OutcomeListener>[1]['end'], { reason: string }>

/** What follows when Telegram has taken or refused a message about a tip, by purpose. */
export function createTipListeners(deps: RouteDeps): Record<string, OutcomeListener> {
  return {
    'tip-topic': async (tx, { subject, end }) => {
      const card = await findCardOf(tx, subject)
      if (!card) return
      if (end.state !== 'sent' && end.why === 'gone') return loseInbox(tx, deps, card, end)
      // A topic is a convenience: without the right to open one the card stands in the chat itself.
      const threadId = (end.state === 'sent' ? end.threadId : undefined) ?? null
      if (await saveCardThread(tx, card.id, threadId))
        await enqueueCard(tx, deps, { ...card, threadId })
    },
    'tip-card': async (tx, { subject, address: { chatId }, end }) => {
      const card = await findCardOf(tx, subject)
      if (!card) return
      if (end.state === 'sent')
        return placeCard(tx, deps, { ...card, chatId, messageId: end.messageId ?? null })
      if (end.why === 'bug') return failCard(tx, deps, card)
      if (end.why === 'route' && card.threadId !== null) {
        if (await saveCardThread(tx, card.id, null))
          await enqueueCard(tx, deps, { ...card, threadId: null })
        return
      }
      return loseInbox(tx, deps, card, end)
    },
    'tip-list': async (tx, { subject, address: { chatId }, end }) => {
      const id = Number(/^list:(\d+)$/.exec(subject ?? '')?.[1])
      // A chat that is gone is dealt with whatever the purpose was; else the cards themselves will tell what is wrong.
      if (end.state === 'sent') await saveSentList(tx, id, { chatId, messageId: end.messageId })
      else await saveFailedList(tx, id)
    },
    'tip-card-part': standBehind(deps, 'tip-card-part'),
    'tip-card-edit': replaceCard(deps),
    'tip-evidence': standBehind(deps, 'tip-evidence'),
    'tip-prompt': placePrompt(deps),
  }
}

/** Remembers what stands behind a card: an answer to it is about the tip, and it goes when the tip goes. */
function standBehind(deps: RouteDeps, purpose: string): OutcomeListener {
  const otherwise = sayInChat(deps, purpose)
  return async (tx, ended) => {
    if (ended.end.state !== 'sent') return otherwise(tx, ended)
    const card = await findCardOf(tx, ended.subject)
    const { messageId } = ended.end
    if (!card || messageId === undefined) return
    const { chatId } = ended.address
    if (card.state !== 'withdrawn' && card.chatId === chatId)
      return createPost(tx, { cardId: card.id, messageId })
    // The tip left while it was under way, or its card stands in another chat: it comes with that one.
    await deleteMessage(tx, deps, { ...card, chatId }, messageId)
  }
}

/** A card whose message somebody had deleted was said anew: that is where it stands from now on. */
function replaceCard(deps: RouteDeps): OutcomeListener {
  const otherwise = sayInChat(deps, 'tip-card-edit')
  return async (tx, ended) => {
    const { end, outgoing, address } = ended
    if (end.state !== 'sent') return otherwise(tx, ended)
    const card = await findCardOf(tx, ended.subject)
    if (outgoing.kind !== 'text' || !card || end.messageId === undefined) return
    const { chatId } = address
    const isItsPlace = card.chatId === chatId && (await saveCardMessage(tx, card, end.messageId))
    if (!isItsPlace) await deleteMessage(tx, deps, { ...card, chatId }, end.messageId)
  }
}

/** Remembers which message a supervisor has to answer. */
function placePrompt(deps: RouteDeps): OutcomeListener {
  const otherwise = sayInChat(deps, 'tip-prompt')
  return async (tx, ended) => {
    if (ended.end.state !== 'sent') return otherwise(tx, ended)
    const id = /^prompt:(\d+)$/.exec(ended.subject ?? '')?.[1]
    const { messageId } = ended.end
    if (id === undefined || messageId === undefined) return
    const prompt = await savePromptMessage(tx, Number(id), messageId)
    const card = prompt && (await findTipCard(tx, prompt.cardId))
    if (!card) return
    const { chatId } = ended.address
    // The tip left while it was under way, or what it asks for is no longer wanted.
    if (card.state === 'withdrawn' || prompt.isDropped || card.chatId !== chatId)
      return deleteMessage(tx, deps, { ...card, chatId }, messageId)
    await createPost(tx, { cardId: card.id, messageId })
  }
}

/** What belongs to a card must not be lost with its topic, nor a file for want of a right without a word. */
function sayInChat(deps: RouteDeps, purpose: string): OutcomeListener {
  return async (tx, { subject, address: { chatId, threadId }, outgoing, end }) => {
    if (end.state === 'sent' || end.why === 'gone') return
    const say = (said: typeof outgoing) =>
      deps.enqueue(tx, {
        lane: 'urgent',
        purpose,
        ...(subject === null ? {} : { subject }),
        address: { chatId },
        outgoing: said,
      })
    if (end.why === 'route' && threadId !== undefined) return say(outgoing)
    if (!('fileRef' in outgoing)) return
    const why = deps.messages.in(deps.officeLanguage)('evidence:group.not-sent')
    await say({ kind: 'text', text: `${outgoing.caption ?? ''}\n${why}`.trim() })
  }
}

/** `card` says where it stands, and not only where it was to stand. */
async function placeCard(tx: Db, deps: RouteDeps, card: TipCard): Promise<void> {
  // A photo that becomes ready at this moment waits here, and then finds the card.
  const tip = await lockTip(tx, card.tipId)
  const { chatId, messageId } = card
  if (!(await saveSentCard(tx, card.id, { state: 'shown', chatId, messageId }))) {
    // Withdrawn while it was under way: it must not stand there.
    if (card.state === 'withdrawn' && messageId !== null)
      await deleteMessage(tx, deps, card, messageId)
    return
  }
  const group = await findGroup(tx, card.groupId)
  if (group?.inboxState !== 'bound' || group.inboxChatId === chatId)
    return tip ? enqueueRestOfCard(tx, deps, card, tip) : undefined
  // Its group got another chat while it was under way.
  await resayCard(tx, deps, card)
  if (messageId !== null) await deleteMessage(tx, deps, card, messageId)
}

async function deleteMessage(tx: Db, deps: RouteDeps, card: TipCard, messageId: number) {
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-card-withdrawn',
    subject: subjectOfCard(card),
    address: addressOfCard(card),
    outgoing: { kind: 'delete', messageId },
  })
}

/** Our own mistake: no other group would fare better, so a person must look at it. */
async function failCard(tx: Db, deps: RouteDeps, card: TipCard): Promise<void> {
  const isOurs = await saveSentCard(tx, card.id, { state: 'failed' })
  const tip = isOurs ? await findTip(tx, card.tipId) : null
  if (tip) await alarmAdmins(tx, deps, 'tips:alarm.refused', { number: tip.number })
}

/** The chat is gone or lacks a right: everything that waits there moves on, this card's tip with it. */
async function loseInbox(tx: Db, deps: RouteDeps, card: TipCard, end: Failed): Promise<void> {
  const reason = end.why === 'gone' ? 'chat-gone' : 'no-rights'
  const broken = await breakInbox(tx, { chatId: card.chatId, reason })
  if (broken.outcome === 'broken') await alarmBrokenInbox(tx, deps, broken)
  if (card.state !== 'withdrawn') await rerouteWaitingTips(tx, deps, card.groupId)
}

async function findCardOf(tx: Db, subject: string | null): Promise<TipCard | null> {
  const id = /^card:(\d+)$/.exec(subject ?? '')?.[1]
  return id === undefined ? null : findTipCard(tx, Number(id))
}
