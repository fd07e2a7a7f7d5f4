import { loadDirectory } from '../../src/areas/directory.ts'
import type { ContentTexts } from '../../src/content/content.ts'
import { openAddress, openBody } from '../../src/delivery/enqueue-delivery.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { saveSubscriber } from '../../src/subscribers/subscriber-store.ts'
import { answerQuestion } from '../../src/understanding/answer-question.ts'
import { askAgain } from '../../src/understanding/ask-again.ts'
import { readContent } from '../../src/understanding/read-content.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

export const quiz = {
  question: '有人送烟请你投票，能收吗？',
  options: ['不能收', '能收'],
  right: 0,
  explanation: '不论多少，都是贿选。',
}
const texts: ContentTexts = { 'zh-CN': { title: '严禁拉票贿选', body: '不收钱物。', quiz } }

/** Two villages, rules to read, and villagers who read and answer at a time that is set. */
export async function createReadingWorld() {
  const database = await createTestDatabase()
  const { db } = database
  const keyring = createKeyring(new Uint8Array(32).fill(3))
  const messages = await createMessages()
  let clock = new Date(0)

  const today = () => clock.toISOString().slice(0, 10)
  const tree = async () => (await loadDirectory(db)).tree
  const areaId = async (code: string) => (await db.area.findUniqueOrThrow({ where: { code } })).id
  const createArea = async (code: string, name: string, level: string, parent: string | null) => {
    const parentId = parent === null ? null : await areaId(parent)
    await db.area.create({ data: { code, name, level, parentId } })
  }

  return {
    db,
    /** At this hour (UTC, which is the time zone here) of a day. */
    at: (day: string, hour = '10:00') => {
      clock = new Date(`${day}T${hour}:00Z`)
    },
    begin: async () => {
      await emptyDatabase(database)
      await createArea('c', '衢州市', 'city', null)
      await createArea('t', '龙洲街道', 'township', 'c')
      await createArea('a', '山底村村民委员会', 'village', 't')
      await createArea('b', '项家村村民委员会', 'village', 't')
    },
    setElection: (code: string, day: string) =>
      db.area.update({ where: { code }, data: { electionDay: new Date(day) } }),
    /** Gives the id of the content. Published again under the same code it is a new version. */
    publish: async (code: string, more: { kind?: string; texts?: ContentTexts } = {}) => {
      const { id } = await db.content.upsert({
        where: { code },
        create: { code, kind: more.kind ?? 'reminder' },
        update: {},
      })
      await db.contentVersion.updateMany({ where: { contentId: id }, data: { state: 'replaced' } })
      const number = 1 + (await db.contentVersion.count({ where: { contentId: id } }))
      await db.contentVersion.create({
        data: {
          ...{ contentId: id, number, state: 'published', createdAt: clock },
          texts: more.texts ?? texts,
        },
      })
      return id
    },
    withdraw: (contentId: number) =>
      db.contentVersion.updateMany({ where: { contentId }, data: { state: 'withdrawn' } }),
    subscribe: async (chatId: number, village = 'a', more: object = {}) => {
      const person = { chatId, today: today(), language: 'zh-CN' as const }
      await saveSubscriber(db, keyring, person, {
        state: 'active',
        areaId: await areaId(village),
        ...more,
      })
    },
    read: (chatId: number, contentId: number) =>
      readContent(db, { keyring, today: today() }, { chatId, contentId }),
    answer: async (
      chatId: number,
      contentId: number,
      option: number,
      { tries = 0, number = 1 } = {},
    ) => {
      const deps = { keyring, today: today(), tree: await tree() }
      return answerQuestion(db, deps, { chatId, contentId, number, option, tries })
    },
    /** Rings once. Gives the chats that are asked. */
    askAgain: async () => {
      const known = await tree()
      const before = await db.delivery.findFirst({ orderBy: { id: 'desc' } })
      await db.$transaction((tx) =>
        askAgain(tx, { keyring, messages, tree: known, timezone: 'UTC', now: clock }),
      )
      const rows = await db.delivery.findMany({
        where: { id: { gt: before?.id ?? 0 } },
        orderBy: { id: 'asc' },
      })
      return rows.map(({ address }) => openAddress(keyring, address).chatId)
    },
    /** The sender has done its work. */
    sendAll: () =>
      db.delivery.updateMany({
        where: { state: 'pending' },
        data: { state: 'sent', finishedAt: clock },
      }),
    lastBody: async () => {
      const body = await db.deliveryBody.findFirstOrThrow({ orderBy: { id: 'desc' } })
      return openBody(keyring, body.sealed)
    },
  }
}
