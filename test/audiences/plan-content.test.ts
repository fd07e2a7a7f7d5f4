import { beforeEach, describe, expect, it } from 'vitest'
import { loadDirectory } from '../../src/areas/directory.ts'
import type { Audience } from '../../src/audiences/audience.ts'
import { countAudience, sampleAudience } from '../../src/audiences/count-audience.ts'
import { planContent } from '../../src/audiences/plan-content.ts'
import type { ContentVersion } from '../../src/content/content.ts'
import { openAddress, openBody } from '../../src/delivery/enqueue-delivery.ts'
import { createQueue } from '../../src/delivery/queue-store.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { saveSubscriber } from '../../src/subscribers/subscriber-store.ts'
import { createTestDatabase, emptyDatabase, seed } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const keyring = createKeyring(new Uint8Array(32).fill(7))
const messages = await createMessages()
const now = new Date('2017-03-15T02:00:00Z')
const today = '2017-03-15'

const shandi = '330825001214'
const yiqian = '330825001201'

/** By chat id: village, and what else differs from a villager who speaks Chinese and wants everything. */
const people: [number, string, Partial<Person>][] = [
  [1, shandi, {}],
  [2, shandi, { language: 'en' }],
  [3, yiqian, {}],
  [4, yiqian, { mutedTopics: ['case'] }],
  [5, yiqian, { pausedUntil: new Date(today) }],
  [6, shandi, { pausedUntil: new Date('2017-03-14') }],
  [7, shandi, { state: 'stopped' }],
  [8, shandi, { state: 'blocked' }],
  [9, yiqian, { role: 'candidate', hour: 19 }],
]
type Person = {
  language: string
  mutedTopics: string[]
  pausedUntil: Date
  state: string
  role: string
  hour: number
}

let tree: Awaited<ReturnType<typeof loadDirectory>>['tree']
const deps = () => ({ keyring, messages, tree, today, now })
const idOf = (code: string) => tree.findByCode(code)?.id ?? 0

beforeEach(async () => {
  await emptyDatabase(database)
  await seed(database)
  await setDay(shandi, '2017-03-20')
  tree = (await loadDirectory(db)).tree
  for (const [chatId, code, more] of people) {
    const person = { chatId, today: '2017-03-01', language: 'zh-CN' as const }
    await saveSubscriber(db, keyring, person, { state: 'active', areaId: idOf(code) })
    const { id } = (await db.subscriber.findFirst({ orderBy: { id: 'desc' } })) ?? { id: 0 }
    await db.subscriber.update({ where: { id }, data: more })
  }
})

const setDay = (code: string, day: string | null) =>
  db.area.update({ where: { code }, data: { electionDay: day && new Date(day) } })
const count = async (audience: Audience) =>
  (await countAudience(db, { tree, today }, audience)).people

describe('an audience', () => {
  it('is everybody who subscribed and neither paused, stopped nor blocked', async () => {
    expect(await countAudience(db, { tree, today }, {})).toEqual({ people: 6, areas: 2 })
  })

  it('is narrowed by places, topic, language, role and day of joining', async () => {
    expect(await count({ areas: [idOf(shandi)] })).toBe(3)
    expect(await count({ topic: 'case' })).toBe(5)
    expect(await count({ topic: 'policy' })).toBe(6)
    expect(await count({ languages: ['en'] })).toBe(1)
    expect(await count({ roles: ['candidate', 'observer'] })).toBe(1)
    expect(await count({ joinedSince: '2017-03-01' })).toBe(6)
    expect(await count({ joinedSince: '2017-03-02' })).toBe(0)
  })

  it('leaves out who has read, or answered rightly', async () => {
    const { id: contentId } = await db.content.create({ data: { code: 'a', kind: 'reminder' } })
    const [first, second] = await db.subscriber.findMany({ orderBy: { id: 'asc' } })
    const read = { contentId, readOn: new Date(today) }
    await db.contentRead.createMany({
      data: [
        { ...read, subscriberId: first?.id ?? 0, isRight: true },
        { ...read, subscriberId: second?.id ?? 0, isRight: false },
      ],
    })
    expect(await count({ notRead: contentId })).toBe(4)
    expect(await count({ notMastered: contentId })).toBe(5)
  })

  it('is shown by some of its places, with counts and nobody’s name', async () => {
    const sample = await sampleAudience(db, { tree, today }, {})
    expect(sample.toSorted((a, b) => a.areaId - b.areaId)).toEqual(
      [
        { areaId: idOf(yiqian), people: 3 },
        { areaId: idOf(shandi), people: 3 },
      ].toSorted((a, b) => a.areaId - b.areaId),
    )
  })
})

describe('content that is planned', () => {
  const version = (body: string): ContentVersion => ({
    id: 1,
    contentId: 4,
    code: 'rule-1',
    kind: 'reminder',
    number: 1,
    state: 'published',
    texts: { 'zh-CN': { title: '一条规矩', body }, en: { title: 'A rule', body } },
    source: '',
    sourceUrl: '',
    issuedOn: null,
    validFrom: null,
    validUntil: null,
    isSample: false,
    authorId: null,
    publishedById: null,
  })
  const newQueue = () => createQueue(db, { name: 'a', isPaid: false, createdAt: now })
  const plan = (queueId: number, body: string, more: object = {}) =>
    planContent(db, deps(), {
      queueId,
      version: version(body),
      audience: {},
      asksRead: true,
      purpose: 'campaign',
      ...more,
    })
  const planned = async (): Promise<Record<number, string>> => {
    const rows = await db.delivery.findMany({ orderBy: { id: 'asc' } })
    const bodies = await db.deliveryBody.findMany()
    const texts = rows.map((row) => {
      const body = bodies.find(({ id }) => id === row.bodyId)
      const outgoing = body && openBody(keyring, body.sealed)
      return [
        openAddress(keyring, row.address).chatId,
        outgoing && 'text' in outgoing ? outgoing.text : '',
      ]
    })
    return Object.fromEntries(texts)
  }

  it('goes to everybody in the audience, each in their language', async () => {
    expect(await plan(await newQueue(), '不收礼')).toBe(6)
    const texts = await planned()
    expect(Object.keys(texts)).toEqual(['1', '2', '3', '4', '6', '9'])
    expect(texts[1]).toBe('一条规矩\n\n不收礼')
    expect(texts[2]).toBe('A rule\n\n不收礼')
    expect(await db.deliveryBody.count()).toBe(2)
  })

  it('names the village of each', async () => {
    await plan(await newQueue(), '{村名}的乡亲')
    const texts = await planned()
    expect(texts[1]).toContain('山底村的乡亲')
    expect(texts[3]).toContain('驿前村的乡亲')
  })

  it('with the election day goes only where there is one that is not over', async () => {
    expect(await plan(await newQueue(), '还有{天数}天，{选举日}投票')).toBe(3)
    expect((await planned())[1]).toContain('还有5天，3月20日（星期一）投票')
    await setDay(shandi, '2017-03-14')
    tree = (await loadDirectory(db)).tree
    expect(await plan(await newQueue(), '还有{天数}天')).toBe(0)
  })

  it('comes once, however often it is planned, and to those who were added meanwhile', async () => {
    const queueId = await newQueue()
    await plan(queueId, '不收礼')
    expect(await plan(queueId, '不收礼')).toBe(0)
    const person = { chatId: 77, today, language: 'zh-CN' as const }
    await saveSubscriber(db, keyring, person, { state: 'active', areaId: idOf(shandi) })
    expect(await plan(queueId, '不收礼')).toBe(1)
    expect(await db.delivery.count()).toBe(7)
  })

  it('can be for those alone who chose an hour, or chose none', async () => {
    const queueId = await newQueue()
    expect(await plan(queueId, '不收礼', { hour: null })).toBe(5)
    expect(await plan(queueId, '不收礼', { hour: 8 })).toBe(0)
    expect(await plan(queueId, '不收礼', { hour: 19 })).toBe(1)
  })

  it('can be for some places of the audience', async () => {
    const only = { areaIds: [idOf(yiqian)] }
    expect(await plan(await newQueue(), '不收礼', only)).toBe(3)
    const none = { ...only, audience: { areas: [idOf(shandi)] } }
    expect(await plan(await newQueue(), '不收礼', none)).toBe(0)
  })

  it('is repeated to those whose delivery ended in doubt', async () => {
    const queueId = await newQueue()
    await plan(queueId, '不收礼')
    const [first] = await db.delivery.findMany({ orderBy: { id: 'asc' } })
    await db.delivery.update({ where: { id: first?.id ?? 0n }, data: { state: 'uncertain' } })
    const audience = { inQueue: { id: queueId, state: 'uncertain' as const } }
    expect(await plan(await newQueue(), '不收礼', { audience })).toBe(1)
  })
})
