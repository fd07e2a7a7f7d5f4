import { setTimeout } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createLease } from '../../src/db/lease-store.ts'
import { createDispatcher } from '../../src/delivery/dispatcher.ts'
import { createEnqueue } from '../../src/delivery/enqueue-delivery.ts'
import type { DeliveryEnd } from '../../src/delivery/outcome-listener.ts'
import type { Media, MediaKind, Outgoing } from '../../src/delivery/outgoing.ts'
import { telegramLimits } from '../../src/delivery/pace.ts'
import { findSentFile } from '../../src/delivery/sent-file-store.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import type { LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { createApi } from '../../src/telegram/api.ts'
import { createTelegramSender } from '../../src/telegram/sender.ts'
import { waitFor } from '../support/child.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import { startStandIn, testBot } from '../support/stand-in.ts'

const patienceMs = 30_000
const supervisorId = 401
const database = await createTestDatabase()
const { db } = database
const keyring = createKeyring(new Uint8Array(32).fill(4))
const now = () => new Date()
const enqueue = createEnqueue({ keyring, now })
const unpaced = {
  bot: { count: 1_000, perMs: 0 },
  paid: { count: 1_000, perMs: 0 },
  chat: { burst: 1_000, everyMs: 0 },
  group: { count: 1_000, perMs: 0 },
}
const telegram = await startStandIn()
await telegram.createPerson({ id: supervisorId, first_name: '督导员' })
const group = await telegram.createChat({
  kind: 'supergroup',
  title: '龙游县第一督导组',
  members: [
    { user_id: supervisorId, status: 'creator' },
    {
      user_id: Number(testBot.token.split(':', 1)[0]),
      status: 'administrator',
      rights: { '*': true },
    },
  ],
})

const picture = await sharp({
  create: { width: 8, height: 8, channels: 3, background: 'green' },
})
  .jpeg()
  .toBuffer()
const loaded: string[] = []
const ends: DeliveryEnd[] = []
const build = (limits = unpaced) =>
  createDispatcher({
    db,
    keyring,
    now,
    limits,
    timezone: 'Asia/Shanghai',
    log: { info: () => {}, error: () => {} },
    lease: createLease(db, 'sender:media', 8),
    listeners: {
      ended: { media: async (_tx, { end }) => void ends.push(end) },
      gone: async () => {},
      moved: async () => {},
    },
    sender: createTelegramSender({
      api: createApi({ token: testBot.token, root: telegram.url }),
      loadFile: async (ref, kind) => {
        const known = await findSentFile(db, ref, kind)
        if (!known) loaded.push(`${kind} ${ref}`)
        return (
          known ??
          (ref === 'gone' ? null : kind === 'photo' ? picture : Buffer.from(`the bytes of ${ref}`))
        )
      },
    }),
  })
const dispatcher = build()
dispatcher.start()
afterAll(async () => {
  await dispatcher.stop()
  await telegram.stop()
})
afterEach(async () => {
  loaded.length = 0
  ends.length = 0
  await telegram.call('DELETE', '/log')
})

const enqueueOne = (outgoing: Outgoing) =>
  enqueue(db, { lane: 'urgent', purpose: 'media', address: { chatId: group.id }, outgoing })

/** Hands it over and gives what came of it. */
async function send(outgoing: Outgoing): Promise<DeliveryEnd> {
  const before = ends.length
  await enqueueOne(outgoing)
  dispatcher.wake()
  return waitFor(() => ends[before], patienceMs)
}

const idsOf = (end: DeliveryEnd): number[] =>
  end.state === 'sent' ? (end.messageIds ?? [end.messageId ?? 0]) : []
const seen = async (id: number | undefined) => {
  const message = (await telegram.messages(group.id, supervisorId)).find(
    ({ message_id }) => message_id === id,
  )
  if (!message) throw new Error(`No message ${id}`)
  return message
}
const file = <Kind extends MediaKind>(kind: Kind, n: number): Media<Kind> => ({
  kind,
  fileRef: `${kind}-${n}`,
  fileName: `evidence-${n}.${kind === 'photo' ? 'jpg' : 'bin'}`,
  caption: `第 ${n} 件`,
})

describe('a file', () => {
  it.each(['photo', 'video', 'document', 'audio', 'voice'] as const)(
    'goes out as %s, with its words, its buttons and its place, and cannot be passed on',
    async (kind) => {
      const [before = 0] = idsOf(await send({ kind: 'text', text: '卡片' }))
      const end = await send({
        ...file(kind, 1),
        isProtected: true,
        replyTo: before,
        keyboard: [[{ text: '看过了', data: 'seen' }]],
      })
      expect(await seen(idsOf(end)[0])).toMatchObject({
        caption: '第 1 件',
        protect: true,
        media: { kind },
        reply_to: { message_id: before },
        buttons: [[{ text: '看过了', callback_data: 'seen' }]],
      })
    },
  )

  it('is uploaded once for each kind of message, and after that named by the id that Telegram gave it', async () => {
    const again = { fileRef: 'shared', fileName: 'evidence-9.jpg' }
    for (const kind of ['photo', 'document', 'photo', 'document'] as const)
      expect(await send({ kind, ...again })).toMatchObject({ state: 'sent' })
    expect(loaded).toEqual(['photo shared', 'document shared'])
  })

  it('that Telegram has already needs no bytes of ours', async () => {
    await send({ kind: 'voice', fileRef: 'said', fileName: 'voice.ogg' })
    const fileId = await waitFor(
      async () => (await findSentFile(db, 'said', 'voice')) ?? undefined,
      patienceMs,
    )
    expect(await send({ kind: 'voice', fileId, caption: '再听一遍' })).toMatchObject({
      state: 'sent',
    })
    expect(loaded).toEqual(['voice said'])
  })

  it('that is gone ends without a call', async () => {
    expect(await send({ ...file('photo', 1), fileRef: 'gone' })).toMatchObject({
      state: 'failed',
      reason: 'the file is gone',
    })
  })
})

describe('an album', () => {
  it('is one delivery, and tells the number of each of its messages in order', async () => {
    const items = [file('photo', 1), file('video', 2), file('photo', 3)]
    const end = await send({ kind: 'album', items, isProtected: true })
    const ids = idsOf(end)
    expect(ids).toHaveLength(3)
    expect(end).toMatchObject({ messageId: ids[0] })
    const messages = await Promise.all(ids.map(seen))
    expect(messages.map(({ caption, media }) => [media?.kind, caption])).toEqual([
      ['photo', '第 1 件'],
      ['video', '第 2 件'],
      ['photo', '第 3 件'],
    ])
    expect(new Set(messages.map(({ media_group_id }) => media_group_id)).size).toBe(1)
    expect(messages.every(({ protect }) => protect)).toBe(true)
  })

  it.each(['document', 'audio'] as const)('of %s reuses what was uploaded', async (kind) => {
    const items = [file(kind, 21), file(kind, 22)]
    await send({ kind: 'album', items })
    loaded.length = 0
    await send({ kind: 'album', items: [...items, file(kind, 23)] })
    expect(loaded).toEqual([`${kind} ${kind}-23`])
  })

  it('that Telegram does not take ends as a mistake of ours', async () => {
    const mixed = { kind: 'album' as const, items: [file('document', 1), file('audio', 2)] }
    expect(await send(mixed)).toMatchObject({ state: 'failed', why: 'bug' })
  })

  it('goes away in one call', async () => {
    const ids = idsOf(await send({ kind: 'album', items: [file('photo', 1), file('photo', 2)] }))
    await send({ kind: 'delete-many', messageIds: ids })
    expect((await Promise.all(ids.map(seen))).map(({ deleted }) => deleted)).toEqual([true, true])
  })
})

describe('a change of a file that was sent', () => {
  it('gives it other words and buttons', async () => {
    const [messageId = 0] = idsOf(await send(file('document', 5)))
    await send({ kind: 'edit-caption', messageId, caption: '已核对', keyboard: [] })
    expect(await seen(messageId)).toMatchObject({ caption: '已核对', media: { kind: 'document' } })
  })

  it('puts another file in its place, which is uploaded once', async () => {
    const [messageId = 0] = idsOf(await send(file('photo', 6)))
    await send({ kind: 'edit-media', messageId, media: file('document', 7) })
    expect(await seen(messageId)).toMatchObject({ caption: '第 7 件', media: { kind: 'document' } })
    await send(file('document', 7))
    expect(loaded).toEqual(['photo photo-6', 'document document-7'])
  })

  it('is said anew when the message is gone', async () => {
    const gone = 999_999
    const [words] = idsOf(await send({ kind: 'edit-caption', messageId: gone, caption: '已核对' }))
    expect(await seen(words)).toMatchObject({ text: '已核对' })
    const [anew] = idsOf(
      await send({ kind: 'edit-media', messageId: gone, media: file('photo', 8) }),
    )
    expect(await seen(anew)).toMatchObject({ caption: '第 8 件', media: { kind: 'photo' } })
  })

  it('that waits gives way to a later one; new words leave a waiting file in place', async () => {
    await dispatcher.stop()
    const edit = { messageId: 12 }
    await enqueueOne({ kind: 'edit-media', ...edit, media: file('photo', 1) })
    await enqueueOne({ kind: 'edit-caption', ...edit, caption: 'one' })
    await enqueueOne({ kind: 'edit-caption', ...edit, caption: 'two' })
    const waiting = () => db.delivery.count({ where: { state: 'pending' } })
    expect(await waiting()).toBe(2)
    await enqueueOne({ kind: 'edit-media', ...edit, media: file('photo', 2) })
    expect(await waiting()).toBe(1)
  })
})

describe('albums in a group that may get twenty messages a minute', () => {
  it('count as many as they have items', async () => {
    await dispatcher.stop()
    await emptyDatabase(database)
    await telegram.call('PATCH', '/limits', { group_per_minute: 20 })
    const items = Array.from({ length: 8 }, (_, n) => file('photo', n))
    for (let n = 0; n < 3; n += 1) await enqueueOne({ kind: 'album', items })
    const { chat: _chat, ...limits } = telegramLimits
    const paced = build({ ...limits, chat: unpaced.chat })
    paced.start()
    await waitFor(() => (ends.length === 2 ? true : undefined), patienceMs)
    await setTimeout(500)
    await paced.stop()
    const { entries } = await telegram.call<LogPage>('GET', '/log?method=sendMediaGroup')
    expect(entries.map(({ status }) => status)).toEqual([200, 200])
    expect(await db.delivery.findFirst({ where: { state: 'pending' } })).toMatchObject({
      reason: 'waits for its turn',
    })
  })
})
