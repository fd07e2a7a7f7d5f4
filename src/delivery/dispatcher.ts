import { describeError } from '../errors.ts'
import { createLoop } from '../lib/loop.ts'
import { createBotRefusal, refusalPauseMs } from './bot-refusal.ts'
import { createCovering } from './covering.ts'
import type { DispatcherDeps } from './dispatcher-deps.ts'
import { type DispatcherStatus, newer } from './dispatcher-status.ts'
import { createIntake, type Taken } from './intake.ts'
import { countMessages, type SendOutcome } from './outgoing.ts'
import { createPace } from './pace.ts'
import { createRateMeter } from './rate-meter.ts'
import { createMinuteClock, isWithinHours } from './sending-hours.ts'
import { createSendingLease } from './sending-lease.ts'
import { createSendingWindow, type OpenDelivery } from './sending-window.ts'
import { createSettlement } from './settlement.ts'

export type Dispatcher = {
  start: () => void
  wake: () => void
  stop: () => Promise<void>
  status: () => DispatcherStatus
}

const idleMs = 1_000
const mostInFlight = 100

/**
 * Hands deliveries to the sender: urgent before bulk, in order within a chat, never above the limits. Works only
 * while it holds the sending lease, because Telegram counts per bot token and not per process.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { now, log, limits } = deps
  const { monotonicMs = () => performance.now() } = deps
  const pace = createPace(limits, monotonicMs)
  const window = createSendingWindow(pace, monotonicMs)
  const localMinute = createMinuteClock(deps)
  const intake = createIntake({ ...deps, localMinute })
  const settlement = createSettlement(deps)
  const putBack = settlement.release
  const refusal = createBotRefusal({ ...deps, monotonicMs })
  const inFlight = new Set<Promise<void>>()
  const meter = createRateMeter(monotonicMs)
  const sending = createSendingLease({
    ...deps,
    monotonicMs,
    onLost: () => void window.drain(),
  })
  const stopping = new AbortController()
  const covering = createCovering({
    db: deps.db,
    window,
    capacity: intake.capacity,
    sending,
    giveBack,
    stopping: stopping.signal,
    onError: (error) => noteError(error, 'what is to be sent could not be written down'),
  })
  /** Groups that became supergroups: what is still addressed to the old chat need not ask Telegram about it. */
  const moves = new Map<number, number>()
  let requests = 0
  let sent = 0
  /** The last claim was full: there is more where it came from. */
  let hasMore = false
  /** The minute for which everything in the window is of a queue that may send. */
  let checkedMinute: number | null = null
  let pumpTimer: NodeJS.Timeout | undefined
  let lastErrorAt: Date | null = null

  const loop = createLoop({
    step,
    onError: (error) => noteError(error, 'deliveries cannot be worked off'),
  })

  function noteError(error: unknown, text: string): void {
    lastErrorAt = now()
    log.error({ error: describeError(error) }, text)
  }

  async function step(): Promise<true | number> {
    const held = await sending.keep()
    if (!held) return idleMs
    await covering.giveBackHeld(held)
    hasMore = await fillWindow(held)
    pump()
    return idleMs
  }

  /** True when more is due than was claimed. */
  async function fillWindow(held: string): Promise<boolean> {
    if (refusal.isPausing()) return false
    const urgent = await intake.urgent(held)
    take(urgent, held)
    pump()
    const room = intake.capacity() - window.size() - inFlight.size
    if (room <= intake.capacity() / 4) return true
    const bulk = await intake.bulk(held, room)
    take(bulk, held)
    return bulk.hasMore || urgent.hasMore
  }

  function take({ deliveries, broken }: Taken, held: string): void {
    // The lease may have been lost while a body was read.
    if (!sending.owns(held)) return
    for (const row of broken) track(settlement.giveUp(row, held))
    const stranded = deliveries.filter(({ to }) => moves.has(to.chatId))
    if (stranded.length > 0) track(follow(stranded, held))
    checkedMinute = null
    for (const { delivery, waitMs } of window.add(
      deliveries.filter(({ to }) => !moves.has(to.chatId)),
    ))
      track(putBack([delivery], held, inMs(Math.ceil(waitMs) + 1), 'comes after another'))
  }

  /** Sends what may go now, and comes back when the next may. */
  function pump(): void {
    clearTimeout(pumpTimer)
    for (;;) {
      const held = sending.token()
      if (!held || stopping.signal.aborted || requests >= mostInFlight) break
      keepHours(held)
      const turn = window.next((id) => covering.covers(held, id))
      if ('isToBeCovered' in turn) {
        track(covering.cover(held))
        break
      }
      if ('send' in turn) {
        track(attempt(turn.send, held))
        continue
      }
      for (const { waitMs, deliveries } of turn.late)
        track(putBack(deliveries, held, inMs(waitMs), 'waits for its turn'))
      if (turn.waitMs > 0) {
        if (window.size() > 0) pumpTimer = setTimeout(pump, turn.waitMs)
        break
      }
    }
    const held = sending.token()
    if (held && covering.isShort()) track(covering.cover(held))
    feed()
  }

  function keepHours(held: string): void {
    const minute = localMinute()
    if (minute === checkedMinute) return
    checkedMinute = minute
    giveBack(held, ({ hours }) => hours !== null && !isWithinHours(hours, minute))
  }

  function giveBack(held: string, isHeld: (delivery: OpenDelivery) => boolean): void {
    const back = window.takeOut(isHeld)
    if (back.length > 0) track(putBack(back, held, now(), 'its queue does not send now'))
  }

  /** Asks the loop for more before the window runs dry. */
  function feed(): void {
    if (!hasMore || window.size() + inFlight.size > intake.capacity() / 2) return
    hasMore = false
    loop.wake()
  }

  async function attempt(delivery: OpenDelivery, held: string): Promise<void> {
    const { chatId } = delivery.to
    requests += 1
    if (delivery.lane === 'bulk') covering.begin(delivery.id)
    const outcome = await deps.sender(delivery.to, delivery.outgoing, { isPaid: delivery.isPaid })
    requests -= 1
    note(outcome, chatId)
    // An answer frees the chat; a refusal only when it is written that the delivery waits, or the next would overtake it.
    if (outcome.kind === 'sent') {
      sent += 1
      meter.add(countMessages(delivery.outgoing))
      window.free(delivery)
    }
    pump()
    const retryAt = await settlement.settle(delivery, held, outcome)
    covering.end(delivery.id)
    if (outcome.kind === 'moved') moves.set(chatId, outcome.chatId)
    if (retryAt) {
      const behind = window.park(delivery, retryAt.getTime() - now().getTime())
      if (outcome.kind === 'moved') await follow(behind, held)
      else if (behind.length > 0) track(putBack(behind, held, retryAt, 'comes after another'))
    }
    // The same again, or what a listener wrote: both are due now.
    if (retryAt ? retryAt <= now() : deps.listeners.ended[delivery.purpose]) loop.wake()
    window.free(delivery)
  }

  /** One after the other, in order: each is put back for the new chat, and claimed again by its number. */
  async function follow(stranded: OpenDelivery[], held: string): Promise<void> {
    for (const delivery of stranded.toSorted((a, b) => Number(a.id - b.id))) {
      const chatId = moves.get(delivery.to.chatId)
      if (chatId !== undefined) await settlement.settle(delivery, held, { kind: 'moved', chatId })
    }
    loop.wake()
  }

  const inMs = (ms: number) => new Date(now().getTime() + ms)

  function note(outcome: SendOutcome, chatId: number): void {
    if (outcome.kind === 'wait') pace.holdAfterRefusal(outcome.afterMs, chatId)
    if (outcome.kind === 'unreachable') pace.holdBot(outcome.afterMs)
    if (outcome.kind === 'fatal') pace.holdBot(refusalPauseMs)
    if (outcome.kind === 'fatal' || refusal.reason()) track(refusal.note(outcome))
  }

  function track(work: Promise<void> | null): void {
    if (!work) return
    const tracked = work.finally(() => {
      inFlight.delete(tracked)
      pump()
    })
    inFlight.add(tracked)
  }

  return {
    start: loop.start,
    wake: loop.wake,
    status: () => ({
      isLeader: sending.token() !== null,
      inFlight: requests,
      waiting: window.size(),
      sent,
      perSecond: meter.perSecond(),
      limits,
      rateShare: pace.status().share,
      fatal: refusal.reason(),
      lastErrorAt: newer(lastErrorAt, settlement.lastErrorAt()),
    }),
    stop: async () => {
      stopping.abort()
      clearTimeout(pumpTimer)
      await loop.stop()
      settlement.stop()
      await Promise.all(inFlight)
      const held = sending.token()
      if (!held) return
      await putBack(window.drain(), held, now(), 'the sender stopped before it')
      await sending.release()
    },
  }
}
