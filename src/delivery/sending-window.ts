import type { ClaimedDelivery } from './delivery-store.ts'
import { type Address, countMessages, type Outgoing } from './outgoing.ts'
import type { Pace } from './pace.ts'

/** A claimed delivery, opened, waiting in memory for its turn. */
export type OpenDelivery = ClaimedDelivery & { to: Address; outgoing: Outgoing }

/** What may be done now: send one, or wait. `late` are to go back to the ledger. */
export type Turn =
  | { send: OpenDelivery }
  /** Bulk may go as soon as it is written down that it does. */
  | { isToBeCovered: true }
  | { waitMs: number; late: { chatId: number; waitMs: number; deliveries: OpenDelivery[] }[] }

export type SendingWindow = ReturnType<typeof createSendingWindow>

/** A chat that would wait longer than this gives its place to others. */
const parkAboveMs = 2_000
const idleMs = 1_000
/** Between two looks whether an earlier one is back. */
const owedMs = 50
/** After this, one that did not come back was replaced or cancelled, or is another process's. */
const mostOwedMs = 10_000
/** Above so many, overdue ones are looked for. */
const rememberedChats = 1_000

/**
 * What is claimed and waits for its turn. Urgent before bulk at every single send; in order within a chat, one at a
 * time; never above the pace.
 */
export function createSendingWindow(pace: Pace, nowMs: () => number) {
  const lanes = { urgent: new Set<OpenDelivery>(), bulk: new Set<OpenDelivery>() }
  /** By chat, the delivery that is under way. */
  const busyChats = new Map<number, OpenDelivery>()
  /** The bulk one that may go as soon as it is written down that it may. */
  let wanted: OpenDelivery | null = null
  /** Chats whose earlier deliveries went back to the ledger until then: a newer one must not overtake them. */
  const parkedUntil = new Map<number, number>()

  /**
   * What went back to the ledger, until it is claimed again: one claimed in the same moment was not behind it in any
   * queue, and must not pass it either. By number, until when.
   */
  const owed = new Map<string, Map<bigint, number>>()
  const owedKey = ({ lane, to }: OpenDelivery) => `${lane} ${to.chatId}`

  function owe(delivery: OpenDelivery, waitMs: number): void {
    const key = owedKey(delivery)
    const known = owed.get(key) ?? new Map<bigint, number>()
    owed.set(key, known.set(delivery.id, nowMs() + Math.max(0, waitMs) + mostOwedMs))
    if (owed.size > rememberedChats) forgetOverdue()
  }

  function forgetOverdue(): void {
    for (const [key, known] of owed) {
      for (const [id, untilMs] of known) if (untilMs < nowMs()) known.delete(id)
      if (known.size === 0) owed.delete(key)
    }
  }

  function settleOwed(delivery: OpenDelivery): void {
    if (owed.size === 0) return
    const key = owedKey(delivery)
    const known = owed.get(key)
    if (known?.delete(delivery.id) && known.size === 0) owed.delete(key)
  }

  /** An earlier one of its chat is in the ledger again. */
  function isAhead(delivery: OpenDelivery): boolean {
    if (owed.size === 0) return false
    const key = owedKey(delivery)
    const known = owed.get(key)
    if (!known) return false
    for (const [id, untilMs] of known) if (untilMs < nowMs()) known.delete(id)
    if (known.size === 0) owed.delete(key)
    return known.keys().some((id) => id < delivery.id)
  }

  function chatWaitMs(chatId: number, count: number): number {
    const parkedMs = (parkedUntil.get(chatId) ?? 0) - nowMs()
    if (parkedMs > 0) return Math.max(parkedMs, pace.chatWaitMs(chatId, count))
    parkedUntil.delete(chatId)
    return pace.chatWaitMs(chatId, count)
  }

  function park(chatId: number, waitMs: number) {
    parkedUntil.set(chatId, nowMs() + waitMs)
    const deliveries = [...lanes.urgent, ...lanes.bulk].filter(({ to }) => to.chatId === chatId)
    for (const delivery of deliveries) {
      lanes[delivery.lane].delete(delivery)
      owe(delivery, waitMs)
    }
    return { chatId, waitMs, deliveries }
  }

  function next(isCovered: (id: bigint) => boolean): Turn {
    let waitMs = idleMs
    wanted = null
    const passedOver = new Set<number>()
    const late: { chatId: number; waitMs: number; deliveries: OpenDelivery[] }[] = []
    // An album needs several places at once: what comes behind it must not take them one by one.
    const savedFor = { free: false, paid: false }
    for (const lane of [lanes.urgent, lanes.bulk])
      for (const delivery of lane) {
        const { chatId } = delivery.to
        const price = delivery.isPaid ? 'paid' : 'free'
        if (savedFor[price]) break
        const count = countMessages(delivery.outgoing)
        // Order within a chat: nothing may pass one that waits or is under way.
        if (busyChats.has(chatId) || passedOver.has(chatId)) continue
        const botMs = pace.botWaitMs(delivery.isPaid, delivery.lane === 'bulk', count)
        const chatMs = chatWaitMs(chatId, count)
        if (botMs === 0 && chatMs === 0 && late.length === 0) {
          if (delivery.lane === 'bulk' && !isCovered(delivery.id)) {
            wanted = delivery
            return { isToBeCovered: true }
          }
          lane.delete(delivery)
          busyChats.set(chatId, delivery)
          pace.take(chatId, delivery.isPaid, count)
          return { send: delivery }
        }
        passedOver.add(chatId)
        if (chatMs > parkAboveMs) late.push(park(chatId, chatMs))
        else waitMs = Math.min(waitMs, Math.max(botMs, chatMs, 1))
        // Nothing of this price may go at all: looking through the rest of the window would find nothing.
        if (botMs > 0 && chatMs === 0) {
          savedFor[price] = true
          break
        }
      }
    return { waitMs: late.length > 0 ? 0 : waitMs, late }
  }

  return {
    /**
     * Takes newly claimed ones in; `deliveries` need not be in order, because UPDATE … RETURNING promises none. Gives
     * back those behind others that wait in the ledger: they must meet there, or the newer would be quicker.
     */
    add: (deliveries: OpenDelivery[]): { delivery: OpenDelivery; waitMs: number }[] => {
      for (const delivery of deliveries) settleOwed(delivery)
      return deliveries
        .sort((a, b) => Number(a.id - b.id))
        .flatMap((delivery) => {
          const parkedMs = (parkedUntil.get(delivery.to.chatId) ?? 0) - nowMs()
          const waitMs = Math.max(parkedMs, isAhead(delivery) ? owedMs : 0)
          if (waitMs > 0) {
            owe(delivery, waitMs)
            return { delivery, waitMs }
          }
          lanes[delivery.lane].add(delivery)
          return []
        })
    },
    next,
    /** This one went back to the ledger. Takes out what is behind it in its chat; newer ones come in only after `waitMs`. */
    park: (delivery: OpenDelivery, waitMs: number): OpenDelivery[] => {
      owe(delivery, waitMs)
      return park(delivery.to.chatId, waitMs).deliveries
    },
    /** The delivery has had its answer. By now another may be under way in its chat: that stays busy. */
    free: (delivery: OpenDelivery) => {
      if (busyChats.get(delivery.to.chatId) === delivery) busyChats.delete(delivery.to.chatId)
    },
    size: () => lanes.urgent.size + lanes.bulk.size,
    hasUrgent: () => lanes.urgent.size > 0,
    /**
     * The numbers of the next bulk ones, about in the order in which they will go. First the one that asked to be covered: those
     * before it may all wait for their chats, and would be written down again and again without it.
     */
    upcoming: (count: number): bigint[] => {
      const ids = new Set<bigint>()
      if (wanted && lanes.bulk.has(wanted)) ids.add(wanted.id)
      for (const { id } of lanes.bulk) {
        if (ids.size >= count) break
        ids.add(id)
      }
      return [...ids]
    },
    bulkSize: () => lanes.bulk.size,
    /** Of which queues there is something in it. */
    queueIds: (): number[] => [...new Set([...lanes.bulk].flatMap(({ queueId }) => queueId ?? []))],
    /** Takes out the bulk ones that are not to go now. Nothing has to wait for them: what follows them is of other queues. */
    takeOut: (isHeld: (delivery: OpenDelivery) => boolean): OpenDelivery[] => {
      const held = [...lanes.bulk].filter(isHeld)
      for (const delivery of held) lanes.bulk.delete(delivery)
      return held
    },
    /** Empties it. */
    drain: (): OpenDelivery[] => {
      const all = [...lanes.urgent, ...lanes.bulk]
      owed.clear()
      lanes.urgent.clear()
      lanes.bulk.clear()
      return all
    },
  }
}
