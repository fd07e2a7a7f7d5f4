import fc from 'fast-check'
import { expect, it } from 'vitest'
import { riskClasses } from '../../src/areas/area.ts'
import { createAreaTree } from '../../src/areas/area-tree.ts'
import type { Audience } from '../../src/audiences/audience.ts'
import { countAudience, sampleAudience } from '../../src/audiences/count-audience.ts'
import { planContent } from '../../src/audiences/plan-content.ts'
import { type ContentKind, contentKinds } from '../../src/content/content.ts'
import { createDraft, moveVersion } from '../../src/content/content-store.ts'
import { openAddress } from '../../src/delivery/enqueue-delivery.ts'
import { createQueue } from '../../src/delivery/queue-store.ts'
import { daysBetween } from '../../src/lib/calendar.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createMessages, languages } from '../../src/messages/messages.ts'
import { subscriberRoles } from '../../src/subscribers/subscriber.ts'
import { saveSubscriber } from '../../src/subscribers/subscriber-store.ts'
import { calendarTree } from '../calendar/calendar-tree.ts'
import { createTestDatabase } from '../support/database.ts'

const { db } = await createTestDatabase()
const keyring = createKeyring(new Uint8Array(32).fill(7))
const messages = await createMessages()
const [now, today] = [new Date('2026-11-24T02:00:00Z'), '2026-11-24']
/** Two townships vote on days of their own; complex is one of them, a village of the other is calm. */
const tree = createAreaTree(
  calendarTree({ 3: '2026-11-29', 6: '2026-11-23' }).all.map((area) => ({
    ...area,
    riskClass: area.id === 3 ? ('complex' as const) : area.id === 7 ? ('calm' as const) : null,
  })),
)
const villages = [4, 5, 7, 8, 11]
const joinedDays = ['2026-11-01', '2026-11-10', '2026-11-20']

const mutedBy = (at: number): ContentKind[] =>
  at % 7 === 0 ? ['case'] : at % 11 === 0 ? ['policy', 'notice'] : []

/** By chat id, each unlike its neighbours. */
const people = Array.from({ length: 240 }, (_, at) => ({
  chatId: at + 1,
  areaId: villages[at % 5] ?? 4,
  language: languages[Math.floor(at / 5) % 2] ?? 'zh-CN',
  role: subscriberRoles[Math.floor(at / 10) % 4] ?? 'villager',
  subscribedOn: joinedDays[at % 3] ?? '',
  mutedTopics: mutedBy(at),
  state: at % 13 === 0 ? ('stopped' as const) : ('active' as const),
  hasRead: at % 4 !== 0,
  isRight: at % 4 === 1 ? true : at % 4 === 2 ? false : null,
}))

for (const { id, electionDay, ...area } of tree.all)
  await db.area.create({ data: { ...area, id, electionDay: electionDay && new Date(electionDay) } })
const texts = {
  'zh-CN': { title: '规矩', body: '不收礼' },
  en: { title: 'Rule', body: 'No gifts' },
}
const draft = await createDraft(db, { kind: 'reminder', texts, authorId: null, now })
await moveVersion(db, draft.id, { from: ['draft'], to: 'published', publishedAt: now })
const { contentId } = draft
for (const {
  chatId,
  language,
  areaId,
  state,
  role,
  subscribedOn,
  mutedTopics,
  ...read
} of people) {
  const person = { chatId, today, language }
  await saveSubscriber(db, keyring, person, { state, areaId, role, subscribedOn, mutedTopics })
  const { id: subscriberId = 0 } =
    (await db.subscriber.findFirst({ orderBy: { id: 'desc' } })) ?? {}
  const readOn = read.hasRead ? new Date(today) : null
  await db.contentRead.create({ data: { subscriberId, contentId, readOn, isRight: read.isRight } })
}

const some = <T>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 })
const anyAudience: fc.Arbitrary<Audience> = fc.record(
  {
    areas: some([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    riskClasses: some(riskClasses),
    daysToElection: fc.constantFrom({ from: 0, to: 10 }, { from: -5, to: -1 }, { from: 5, to: 5 }),
    topic: fc.constantFrom(...contentKinds),
    languages: some(languages),
    roles: some(subscriberRoles),
    joinedSince: fc.constantFrom(...joinedDays),
    notRead: fc.constant(contentId),
    notMastered: fc.constant(contentId),
  },
  { requiredKeys: [] },
)

it('an audience is whoever fits all that it asks for, in any mix, exactly counted and written down', async () => {
  await fc.assert(
    fc.asyncProperty(anyAudience, async (audience) => {
      const wanted = people.filter((person) => isIn(audience, person))
      const places = new Set(wanted.map(({ areaId }) => areaId))
      const deps = { tree, today }
      const count = { people: wanted.length, areas: places.size }
      expect(await countAudience(db, deps, audience)).toEqual(count)
      const sample = await sampleAudience(db, deps, audience)
      for (const { areaId, people: shown } of sample)
        expect(shown).toBe(wanted.filter((person) => person.areaId === areaId).length)
      expect(sample).toHaveLength(places.size)
      expect(await snapshot(audience)).toEqual(wanted.map(({ chatId }) => chatId))
    }),
    { numRuns: 60 },
  )
})

it('a snapshot stays what it was when people join, move, switch off or read meanwhile', async () => {
  const audience: Audience = { areas: [2], languages: ['zh-CN'], notRead: contentId }
  const queueId = await createQueue(db, { name: 'kept', isPaid: false, createdAt: now })
  await plan(queueId, audience)
  const before = await rowsOf(queueId)
  expect(before.length).toBeGreaterThan(10)
  await saveSubscriber(
    db,
    keyring,
    { chatId: 999, today, language: 'zh-CN' },
    { state: 'active', areaId: 4 },
  )
  await db.subscriber.updateMany({ data: { areaId: 11, role: 'cadre', language: 'en', hour: 20 } })
  await db.contentRead.updateMany({ data: { readOn: new Date(today) } })
  expect(await rowsOf(queueId)).toEqual(before)
})

/** The same, said once more in plain words. */
function isIn(audience: Audience, person: (typeof people)[number]): boolean {
  const { areas, riskClasses: risks, daysToElection, topic, languages: spoken, roles } = audience
  const chain = tree.chain(person.areaId).map(({ id }) => id)
  const day = tree.electionDay(person.areaId)
  const days = day === null ? null : daysBetween(today, day)
  const risk = tree.riskClass(person.areaId)
  return (
    person.state === 'active' &&
    (!areas || areas.some((id) => chain.includes(id))) &&
    (!risks || (risk !== null && risks.includes(risk))) &&
    (!daysToElection ||
      (days !== null && daysToElection.from <= days && days <= daysToElection.to)) &&
    (!topic || !person.mutedTopics.includes(topic)) &&
    (!spoken || spoken.includes(person.language)) &&
    (!roles || roles.includes(person.role)) &&
    (!audience.joinedSince || person.subscribedOn >= audience.joinedSince) &&
    (audience.notRead === undefined || !person.hasRead) &&
    (audience.notMastered === undefined || person.isRight !== true)
  )
}

async function snapshot(audience: Audience): Promise<number[]> {
  const queueId = await createQueue(db, { name: 'a', isPaid: false, createdAt: now })
  await plan(queueId, audience)
  const rows = await rowsOf(queueId)
  return rows.map(({ address }) => openAddress(keyring, address).chatId).sort((a, b) => a - b)
}

async function plan(queueId: number, audience: Audience): Promise<void> {
  const deps = { keyring, messages, tree, today, now }
  const what = { queueId, version: { ...draft, texts }, audience, asksRead: false }
  await planContent(db, deps, { ...what, purpose: 'campaign' })
}

function rowsOf(queueId: number) {
  return db.delivery.findMany({ where: { queueId }, orderBy: { id: 'asc' } })
}
