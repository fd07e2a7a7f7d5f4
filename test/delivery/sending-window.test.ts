import { describe, expect, it } from 'vitest'
import { createPace } from '../../src/delivery/pace.ts'
import { createSendingWindow, type OpenDelivery } from '../../src/delivery/sending-window.ts'

const unpaced = {
  bot: { count: 30, perMs: 1_000 },
  paid: { count: 30, perMs: 1_000 },
  chat: { burst: 100, everyMs: 0 },
  group: { count: 100, perMs: 0 },
}

function setUp() {
  const clock = { ms: 1_000_000 }
  const window = createSendingWindow(
    createPace(unpaced, () => clock.ms),
    () => clock.ms,
  )
  const claimed = (id: number, chatId: number, more: Partial<OpenDelivery> = {}): OpenDelivery => ({
    id: BigInt(id),
    lane: 'urgent',
    queueId: null,
    isPaid: false,
    hours: null,
    purpose: 'reply',
    subject: null,
    address: new Uint8Array(),
    body: null,
    bodyId: null,
    recipientId: null,
    targetId: null,
    attempts: 1,
    to: { chatId },
    outgoing: { kind: 'text', text: String(id) },
    ...more,
  })
  /** The numbers of all that may go now. */
  const go = (): number[] => {
    const turn = window.next(() => true)
    if (!('send' in turn)) return []
    window.free(turn.send)
    return [Number(turn.send.id), ...go()]
  }
  return { clock, window, claimed, go }
}

describe('one that was put back', () => {
  it('is not passed by one that was claimed in the same moment', () => {
    const { clock, window, claimed, go } = setUp()
    window.park(claimed(2, 7), 0)
    expect(window.add([claimed(5, 7), claimed(6, 8)])).toMatchObject([{ delivery: { id: 5n } }])
    expect(go()).toEqual([6])
    clock.ms += 60
    expect(window.add([claimed(5, 7), claimed(2, 7)])).toEqual([])
    expect(go()).toEqual([2, 5])
  })

  it('and never comes back, because a later one took its place, holds nobody up for long', () => {
    const { clock, window, claimed, go } = setUp()
    window.park(claimed(2, 7), 1_000)
    clock.ms += 11_001
    expect(window.add([claimed(5, 7)])).toEqual([])
    expect(go()).toEqual([5])
  })

  it('of a campaign does not keep urgent ones of its chat waiting', () => {
    const { window, claimed, go } = setUp()
    window.park(claimed(2, 7, { lane: 'bulk' }), 0)
    window.add([claimed(5, 7)])
    expect(go()).toEqual([5])
  })
})

describe('what is written down next', () => {
  it('begins with the one that may go, behind others that all wait for their chats', () => {
    const { window, claimed } = setUp()
    const bulk = { lane: 'bulk' as const }
    // Each of two campaigns has a message for chat 7, and its first one is under way.
    window.add([claimed(1, 7, bulk), claimed(2, 7, bulk), claimed(3, 8, bulk)])
    expect(window.next(() => true)).toMatchObject({ send: { id: 1n } })
    expect(window.next(() => false)).toEqual({ isToBeCovered: true })
    expect(window.upcoming(1)).toEqual([3n])
  })
})

describe('an album', () => {
  const album = {
    kind: 'album' as const,
    items: Array.from({ length: 10 }, () => ({ kind: 'photo' as const, fileId: 'f' })),
  }

  it('that is urgent gets its places although a campaign could use each of them', () => {
    const { clock, window, claimed, go } = setUp()
    const bulk = (from: number) =>
      Array.from({ length: 40 }, (_, n) => claimed(from + n, from + n, { lane: 'bulk' }))
    window.add(bulk(1_000))
    const before = go().length
    expect(before).toBeGreaterThan(10)
    window.add([claimed(1, -5, { outgoing: album })])
    for (let n = 0; n < 20 && !go().includes(1); n += 1) clock.ms += 100
    expect(clock.ms - 1_000_000).toBeLessThanOrEqual(1_000)
  })
})
