import { type Correction, changeSent } from '../../src/delivery/change-sent.ts'
import { deliverySealers } from '../../src/delivery/enqueue-delivery.ts'
import type { Sender } from '../../src/delivery/outgoing.ts'
import {
  countQueue,
  openEmptyQueue,
  type QueueCount,
  type SendingHours,
} from '../../src/delivery/queue-control.ts'
import { createBody, createBulkDeliveries } from '../../src/delivery/queue-store.ts'
import { sealJson } from '../../src/lib/keyring.ts'
import { createApi } from '../../src/telegram/api.ts'
import { createTelegramSender } from '../../src/telegram/sender.ts'
import { waitFor } from '../support/child.ts'
import { testBot } from '../support/stand-in.ts'
import { createBadDayWorld, firstId } from './bad-day-world.ts'

const patienceMs = 30_000

/** The same with queues whose recipients are known: everybody is the recipient with the number of their chat. */
export async function createQueueWorld() {
  const world = await createBadDayWorld()
  const { db, keyring, now } = world
  const sealers = deliverySealers(keyring)

  const api = createApi({ token: testBot.token, root: world.telegram.url })
  const send = createTelegramSender({ api, loadFile: async () => null })

  const open = (hours: SendingHours | null = null) =>
    openEmptyQueue(db, { name: 'test', isPaid: false, hours, now: now() })

  /** A campaign that says this to them. */
  async function plan(
    chatIds: number[],
    { text = 'old words', hours = null as SendingHours | null } = {},
  ) {
    const queueId = await open(hours)
    const bodyId = await createBody(db, sealJson(sealers.body, { kind: 'text', text }))
    const addresses = chatIds.map((chatId) => sealJson(sealers.address, { chatId }))
    await createBulkDeliveries(db, addresses, { queueId, bodyId, purpose: 'campaign', at: now() })
    await db.$executeRaw`
      UPDATE delivery SET "recipientId" = ${firstId} + place - 1
      FROM (SELECT id AS row, row_number() OVER (ORDER BY id)::int AS place FROM delivery
        WHERE "queueId" = ${queueId}) r WHERE id = row`
    return queueId
  }

  return {
    ...world,
    api,
    open,
    /** A sender that notes when it was given what, by the clock of this world. */
    noting: () => {
      const handed: { at: Date; text: string }[] = []
      const sender: Sender = (to, outgoing, options) => {
        handed.push({ at: now(), text: 'text' in outgoing ? outgoing.text : outgoing.kind })
        return send(to, outgoing, options)
      }
      return { handed, sender }
    },
    plan,
    at: (perSecond: number) => ({ ...world.unpaced, bot: { count: perSecond, perMs: 1_000 } }),
    change: (
      ofQueueId: number,
      newQueueId: number,
      change: { kind: 'delete' } | { kind: 'edit'; corrections: Correction[] },
    ) =>
      db.$transaction((tx) =>
        changeSent(tx, { keyring }, { ofQueueId, newQueueId, change, now: now() }),
      ),
    count: (queueId: number) => countQueue(db, queueId),
    /** Waits until the queue counts so. */
    counted: (queueId: number, isTrue: (count: QueueCount) => boolean) =>
      waitFor(async () => {
        const count = await countQueue(db, queueId)
        return isTrue(count) ? count : undefined
      }, patienceMs),
    /** What everybody reads in their chat now: words, and how many people. */
    reads: async (chatIds: number[]) => {
      const sums: Record<string, number> = {}
      for (const chatId of chatIds) {
        const shown = await world.telegram.messages(chatId, chatId)
        const texts = shown.flatMap(({ text, deleted }) => (deleted ? [] : (text ?? [])))
        const all = texts.join(' + ') || 'nothing'
        sums[all] = (sums[all] ?? 0) + 1
      }
      return sums
    },
  }
}
