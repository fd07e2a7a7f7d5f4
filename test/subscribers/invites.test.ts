import { beforeEach, describe, expect, it } from 'vitest'
import { loadDirectory } from '../../src/areas/directory.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { addDistributor } from '../../src/subscribers/invites/add-distributor.ts'
import { sumByCode, sumByTownship } from '../../src/subscribers/invites/count-invites.ts'
import { type Invite, readInvite } from '../../src/subscribers/invites/deep-link.ts'
import { retireDistributor } from '../../src/subscribers/invites/distributor-store.ts'
import { countJoined, pruneInviteNotes } from '../../src/subscribers/invites/invite-store.ts'
import { noteInvite } from '../../src/subscribers/invites/note-invite.ts'
import { meetSubscriber, subscribe } from '../../src/subscribers/subscribe.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const keyring = createKeyring(new Uint8Array(32).fill(1))
const now = new Date('2017-03-28T02:00:00Z')
const today = '2017-03-28'

/** One township with three villages, another with one. */
const places = [
  ['330800000000', '衢州市', 'city', null],
  ['330825000000', '龙游县', 'county', '330800000000'],
  ['330825001000', '龙洲街道', 'township', '330825000000'],
  ['330825001227', '半爿月村村民委员会', 'village', '330825001000'],
  ['330825001228', '官潭村村民委员会', 'village', '330825001000'],
  ['330825103000', '詹家镇', 'township', '330825000000'],
  ['330825103201', '詹家村村民委员会', 'village', '330825103000'],
] as const

let tree: Awaited<ReturnType<typeof loadDirectory>>['tree']
let code = ''

beforeEach(async () => {
  await emptyDatabase(database)
  for (const [areaCode, name, level, parent] of places) {
    const above = parent && (await db.area.findUniqueOrThrow({ where: { code: parent } }))
    await db.area.create({ data: { code: areaCode, name, level, parentId: above?.id ?? null } })
  }
  tree = (await loadDirectory(db)).tree
  const added = await addDistributor(db, { name: '龙洲街道小学', now })
  code = added.outcome === 'added' ? added.distributor.code : ''
})

const idOf = (areaCode: string) => tree.findByCode(areaCode)?.id ?? 0
const invite = (text: string): Invite => {
  const read = readInvite(text)
  if (!read) throw new Error(`no invite: ${text}`)
  return read
}

/** What /start does with a link, on that day. */
async function opens(chatId: number, link: string, day = today): Promise<void> {
  const met = await meetSubscriber(db, keyring, { chatId, today: day, language: 'zh-CN' })
  if (met.areaId === null) await noteInvite(db, { keyring, today: day }, chatId, invite(link))
}

async function chooses(chatId: number, areaCode: string, day = today): Promise<void> {
  const person = { chatId, today: day, language: 'zh-CN' as const }
  await subscribe(db, { keyring, tree }, person, idOf(areaCode))
}

describe('a distributor', () => {
  it('gets a code that nobody else has and that nobody confuses', async () => {
    expect(code).toMatch(/^[CDFGHJKMNPQRTVWXY34679]{5}$/)
    const names = Array.from({ length: 20 }, (_, at) => `第${at}小学`)
    const codes = new Set([code])
    for (const name of names) {
      const added = await addDistributor(db, { name, now })
      if (added.outcome === 'added') codes.add(added.distributor.code)
    }
    expect(codes.size).toBe(21)
  })

  it('needs a name of its own, not too long', async () => {
    expect(await addDistributor(db, { name: ' \n', now })).toEqual({ outcome: 'no-name' })
    expect(await addDistributor(db, { name: '长'.repeat(31), now })).toEqual({
      outcome: 'too-long',
    })
    const again = await addDistributor(db, { name: ' 龙洲街道小学 ', now })
    expect(again).toMatchObject({ outcome: 'name-taken', distributor: { code } })
    const known = await db.distributor.findFirstOrThrow()
    await retireDistributor(db, known.id, now)
    expect(await addDistributor(db, { name: '龙洲街道小学', now })).toMatchObject({
      outcome: 'added',
    })
  })
})

describe('somebody who came by a link', () => {
  it('counts once, when they choose a village, however often they open it', async () => {
    await opens(1, `v_330825001227_${code}`)
    expect(await countJoined(db, code)).toEqual([])
    await opens(1, `v_330825001227_${code}`)
    await chooses(1, '330825001227')
    await opens(1, `v_330825001227_${code}`)
    await chooses(1, '330825001227')
    expect(await countJoined(db, code)).toEqual([{ code, areaId: idOf('330825001227'), joined: 1 }])
  })

  it('counts for the village they choose, and stays counted there when they move', async () => {
    await opens(1, `d_${code}`)
    await chooses(1, '330825001228')
    await chooses(1, '330825103201')
    expect(await countJoined(db, code)).toEqual([{ code, areaId: idOf('330825001228'), joined: 1 }])
  })

  it('counts for the village alone when no distributor has the code, or not any more', async () => {
    const { id } = await db.distributor.findFirstOrThrow()
    await opens(1, 'v_330825001227_ZZZZZ')
    await chooses(1, '330825001227')
    await retireDistributor(db, id, now)
    await opens(2, `v_330825001227_${code}`)
    await chooses(2, '330825001227')
    await opens(3, 'v_330825001228')
    await chooses(3, '330825001228')
    await opens(4, `d_${code}`)
    await chooses(4, '330825001228')
    expect(await countJoined(db, null)).toEqual([])
    expect((await countJoined(db, '')).map(({ joined }) => joined)).toEqual([2, 1])
  })

  it('does not count who had subscribed before, nor who came by no link', async () => {
    await chooses(1, '330825001227')
    await opens(1, `d_${code}`)
    await chooses(1, '330825001228')
    expect(await db.inviteNote.count()).toBe(0)
    expect(await db.inviteCount.count()).toBe(0)
  })

  it('is forgotten when the village is chosen, and after some days in any case', async () => {
    await opens(1, `d_${code}`)
    await opens(2, `d_${code}`)
    await opens(3, `d_${code}`)
    await chooses(1, '330825001227')
    expect(await db.inviteNote.count()).toBe(2)
    await chooses(2, '330825001227', '2017-04-01')
    expect(await pruneInviteNotes(db, '2017-03-31')).toBe(0)
    expect(await pruneInviteNotes(db, '2017-04-01')).toBe(1)
    expect(await countJoined(db, code)).toMatchObject([{ joined: 1 }])
  })

  it('is found under no code by whoever has the database alone', async () => {
    await opens(1, `d_${code}`)
    const [note] = await db.inviteNote.findMany()
    expect(Buffer.from(note?.sealed ?? []).toString('latin1')).not.toContain(code)
    await chooses(1, '330825001227')
    const rows = JSON.stringify(await db.subscriber.findMany(), (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    expect(rows).not.toContain(code)
  })

  it('is summed by code and by township, the largest first', async () => {
    for (const [chatId, areaCode] of [
      [1, '330825103201'],
      [2, '330825001227'],
      [3, '330825001228'],
    ] as const) {
      await opens(chatId, `d_${code}`)
      await chooses(chatId, areaCode)
    }
    const rows = await countJoined(db, null)
    expect([...sumByCode(rows)]).toEqual([[code, 3]])
    expect(sumByTownship(tree, rows)).toEqual([
      { areaId: idOf('330825001000'), joined: 2 },
      { areaId: idOf('330825103000'), joined: 1 },
    ])
  })
})

describe('the day of subscribing', () => {
  it('is that of the first village, not that of the first word to the bot', async () => {
    await opens(1, `d_${code}`, '2017-03-28')
    await chooses(1, '330825001227', '2017-03-30')
    await chooses(1, '330825001228', '2017-04-02')
    const { subscribedOn } = await db.subscriber.findFirstOrThrow()
    expect(subscribedOn).toEqual(new Date('2017-03-30'))
  })
})
