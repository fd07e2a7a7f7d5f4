import { beforeEach, describe, expect, it } from 'vitest'
import type { Outgoing } from '../../../src/delivery/outgoing.ts'
import { cardMessagesPerMinute, inboxLoadMs } from '../../../src/tips/cards/decide-card-form.ts'
import { tendLists } from '../../../src/tips/cards/tend-lists.ts'
import { routeTip } from '../../../src/tips/routing/route-tip.ts'
import { followInbox } from '../../../src/tips/routing/stranded-cards.ts'
import { numberOfTip } from '../../../src/tips/tip.ts'
import { nextTipId } from '../../../src/tips/tip-store.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type Sent, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const log = { error: () => {} } as never
let world: World

const waiting = 3
const freshChatId = -1_009
const textOf = (outgoing: Outgoing) => ('text' in outgoing ? outgoing.text : '')
const into = (sent: Sent[], chatId: number) => sent.filter(({ to }) => to.chatId === chatId)

/** As many as become cards by themselves, and some that wait in a list. */
async function fileMany() {
  await world.file()
  for (let n = 1; n < cardMessagesPerMinute + waiting; n += 1) {
    const last = await db.tip.findFirstOrThrow({ orderBy: { id: 'desc' } })
    const { receiptKey: _its, routing: _own, ...copied } = last
    await db.$transaction(async (tx) => {
      const id = await nextTipId(tx)
      const held = { id, number: numberOfTip(id), state: 'held', groupId: null }
      await tx.tip.create({ data: { ...copied, ...held } })
      await routeTip(tx, world.deps, id)
    })
  }
  await world.deliver()
}

async function follow(isReachable: boolean) {
  const groupId = await world.groupId('LY-01')
  const data = { inboxChatId: BigInt(freshChatId) }
  await db.group.update({ where: { id: groupId }, data })
  await db.$transaction((tx) => followInbox(tx, world.deps, { groupId, isReachable }))
}

beforeEach(async () => {
  world = await createWorld(database)
  await fileMany()
})

describe('the list of an inbox that is another chat now', () => {
  it('stands in the new chat, and names nothing in the old one any more', async () => {
    await follow(true)
    const sent = await world.deliver()
    const [list] = into(sent, freshChatId).filter(({ purpose }) => purpose === 'tip-list')
    expect(textOf(list?.outgoing ?? { kind: 'delete', messageId: 0 })).toContain('新举报在等')
    const old = into(sent, cast.township.chatId).map(({ outgoing }) => textOf(outgoing))
    expect(old).toContain('本组换了收件群，新的举报请到新的群里看。')
    expect(old.join()).not.toMatch(/QF-/)

    const later = []
    for (let minutes = 0; minutes < 4; minutes += 1) {
      world.passTime(inboxLoadMs)
      await tendLists(db, { ...world.deps, log })
      later.push(...(await world.deliver()))
    }
    expect(into(later, cast.township.chatId)).toEqual([])
    const cards = [...sent, ...later].filter(
      ({ purpose, to }) => purpose === 'tip-card' && to.chatId === freshChatId,
    )
    const shown = cards.map(({ outgoing }) => /QF-\d+/.exec(textOf(outgoing))?.[0])
    expect(new Set(shown).size).toBe(cardMessagesPerMinute + waiting)
    expect(shown).toHaveLength(cardMessagesPerMinute + waiting)
  })

  it('changes nothing in the old one when that became a supergroup', async () => {
    await follow(false)
    const sent = await world.deliver()
    expect(into(sent, cast.township.chatId)).toEqual([])
    expect(into(sent, freshChatId).some(({ purpose }) => purpose === 'tip-list')).toBe(true)
  })
})
