import { setTimeout as sleep } from 'node:timers/promises'
import type { Db, PrismaClient } from '../db/open-database.ts'
import { describeError } from '../errors.ts'
import { type Keyring, sealJson } from '../lib/keyring.ts'
import {
  type ClaimedDelivery,
  finishDelivery,
  finishSent,
  releaseDeliveries,
  retryDelivery,
} from './delivery-store.ts'
import { deliverySealers } from './enqueue-delivery.ts'
import { decideNext, type Next } from './outcome.ts'
import type { OutcomeListeners } from './outcome-listener.ts'
import { listMedia, type SendOutcome } from './outgoing.ts'
import type { OpenDelivery } from './sending-window.ts'
import { forgetSentFiles, saveSentFiles } from './sent-file-store.ts'

export type SettlementDeps = {
  db: PrismaClient
  keyring: Keyring
  listeners: OutcomeListeners
  now: () => Date
  log: { error: (fields: object, text: string) => void }
}

export type Settlement = {
  /**
   * Writes down what came of an attempt, with everything that follows. Resolves when it is written, to the moment
   * when it is tried again, if it is: nothing may overtake it in its chat until then.
   */
  settle: (delivery: OpenDelivery, token: string, outcome: SendOutcome) => Promise<Date | undefined>
  /** Ends what cannot be opened: a mistake of ours. Resolves when it is written. */
  giveUp: (delivery: ClaimedDelivery, token: string) => Promise<void>
  /** Puts back, untried, what was claimed. Resolves when it is written. */
  release: (
    deliveries: OpenDelivery[],
    token: string,
    nextTryAt: Date,
    reason: string,
  ) => Promise<void>
  /** Gives up writing while the database is away; what was not written is uncertain then, as after a crash. */
  stop: () => void
  lastErrorAt: () => Date | null
}

/** Between two tries to write while the database is away: forgetting an end would send the message twice. */
const retryMs = 1_000

type Sent = { id: bigint; messageId: number | null; written: () => void }

/**
 * Writes the ends of deliveries. The usual end, a plain message that was sent, is written for many at once: one
 * statement for each would cost more than the sending.
 */
export function createSettlement(deps: SettlementDeps): Settlement {
  const stopping = new AbortController()
  const batches = new Map<string, Sent[]>()
  let isFlushing = false
  let lastErrorAt: Date | null = null

  async function persist(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        lastErrorAt = deps.now()
        deps.log.error(
          { error: describeError(error) },
          'the end of a delivery could not be written',
        )
        if (stopping.signal.aborted) return
        await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  }

  /** While one batch is being written the next one gathers: the slower the database, the larger the batches. */
  async function flush(): Promise<void> {
    if (isFlushing) return
    isFlushing = true
    for (const [token, sent] of batches) {
      batches.delete(token)
      await persist(() => finishSent(deps.db, { token, now: deps.now() }, sent))
      for (const { written } of sent) written()
    }
    isFlushing = false
    if (batches.size > 0) await flush()
  }

  function settleSent(token: string, sent: Omit<Sent, 'written'>): Promise<void> {
    return new Promise((written) => {
      const batch = batches.get(token)
      if (batch) batch.push({ ...sent, written })
      else batches.set(token, [{ ...sent, written }])
      setImmediate(() => void flush())
    })
  }

  return {
    settle: async (delivery, token, outcome) => {
      const isPlain =
        outcome.kind === 'sent' && !outcome.files && !deps.listeners.ended[delivery.purpose]
      if (isPlain) {
        await settleSent(token, { id: delivery.id, messageId: outcome.messageId ?? null })
        return undefined
      }
      const mindsTopic = deps.listeners.ended[delivery.purpose] !== undefined
      const next = decideNext(outcome, { ...delivery, mindsTopic })
      const afterMs = next.kind === 'again' ? next.afterMs : 0
      const retryAt = new Date(deps.now().getTime() + afterMs)
      await persist(() => settleOne(deps, delivery, token, { outcome, next, retryAt }))
      return next.kind === 'again' ? retryAt : undefined
    },
    giveUp: ({ id, purpose }, token) => {
      const reason = 'cannot be opened with our key'
      deps.log.error({ deliveryId: String(id), purpose }, `A delivery ${reason}`)
      return persist(() =>
        deps.db.$transaction(async (tx) => {
          const claim = { id, token, now: deps.now() }
          if (await finishDelivery(tx, claim, { state: 'failed', reason }))
            await deps.listeners.mistaken?.(tx, { purpose, reason })
        }),
      )
    },
    release: (deliveries, token, nextTryAt, reason) => {
      const back = { token, ids: deliveries.map(({ id }) => id), nextTryAt, reason }
      return persist(async () => {
        await releaseDeliveries(deps.db, { ...back, now: deps.now() })
      })
    },
    stop: () => stopping.abort(),
    lastErrorAt: () => lastErrorAt,
  }
}

/** One end with what follows from it, in one transaction. Does nothing when the claim was lost meanwhile. */
async function settleOne(
  deps: SettlementDeps,
  delivery: OpenDelivery,
  token: string,
  { outcome, next, retryAt }: { outcome: SendOutcome; next: Next; retryAt: Date },
): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    if (outcome.kind === 'no-file') await forgetSentFiles(tx, listOwnFiles(delivery))
    if (next.kind === 'again') return putBack(tx, deps, delivery, token, { outcome, next, retryAt })
    const finish =
      next.kind === 'uncertain' ? { state: 'uncertain' as const, reason: next.reason } : next.end
    const isOurs = await finishDelivery(tx, { id: delivery.id, token, now: deps.now() }, finish)
    if (!isOurs) return
    if (outcome.kind === 'sent' && outcome.files) await saveSentFiles(tx, outcome.files, deps.now())
    // Also of one that had nothing left to do there: the group must be found under its new id.
    if (outcome.kind === 'moved') await deps.listeners.moved(tx, delivery.to.chatId, outcome.chatId)
    if (next.kind === 'end') await tellListeners(tx, deps, delivery, next.end)
  })
}

const listOwnFiles = ({ outgoing }: OpenDelivery) =>
  listMedia(outgoing).flatMap((media) => ('fileRef' in media ? [media] : []))

async function putBack(
  tx: Db,
  { keyring, listeners, now }: SettlementDeps,
  delivery: OpenDelivery,
  token: string,
  {
    outcome,
    next,
    retryAt,
  }: { outcome: SendOutcome; next: Extract<Next, { kind: 'again' }>; retryAt: Date },
): Promise<void> {
  const sealers = deliverySealers(keyring)
  const { to, outgoing } = next
  const isOurs = await retryDelivery(
    tx,
    { id: delivery.id, token, now: now() },
    {
      nextTryAt: retryAt,
      reason: next.reason,
      isAttempt: next.isAttempt,
      ...(to === undefined ? {} : { address: sealJson(sealers.address, to) }),
      ...(outgoing === undefined ? {} : { body: sealJson(sealers.body, outgoing) }),
    },
  )
  if (isOurs && outcome.kind === 'moved')
    await listeners.moved(tx, delivery.to.chatId, outcome.chatId)
}

async function tellListeners(
  tx: Db,
  { listeners, log }: SettlementDeps,
  { purpose, subject, recipientId, to, outgoing, id }: OpenDelivery,
  end: Extract<Next, { kind: 'end' }>['end'],
): Promise<void> {
  if (end.state !== 'sent' && end.why === 'bug') {
    const { reason } = end
    log.error({ deliveryId: String(id), purpose, reason }, 'Telegram refused a message of ours')
    await listeners.mistaken?.(tx, { purpose, reason })
  }
  if (end.state === 'blocked') await listeners.gone(tx, to.chatId, end.reason)
  await listeners.ended[purpose]?.(tx, { subject, recipientId, address: to, outgoing, end })
}
