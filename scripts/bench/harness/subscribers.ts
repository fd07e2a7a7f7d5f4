import { isLeaf } from '../../../src/areas/area.ts'
import type { AreaTree } from '../../../src/areas/area-tree.ts'
import { loadDirectory } from '../../../src/areas/directory.ts'
import { seedDirectory } from '../../../src/areas/seed-directory.ts'
import type { ContentVersion } from '../../../src/content/content.ts'
import { findVersion } from '../../../src/content/content-store.ts'
import type { PrismaClient } from '../../../src/db/open-database.ts'
import { sealAddress } from '../../../src/delivery/enqueue-delivery.ts'
import { keyring } from './bench-dispatcher.ts'

export const firstChatId = 1_000_000
const chunkRows = 20_000
export const timezone = 'Asia/Shanghai'
/** A month before the election: what is planned by it, not what is sent. */
export const now = new Date('2027-03-10T01:00:00Z')
export const today = '2027-03-10'
const electionDay = new Date('2027-04-10')

/**
 * The shipped directory with an election day, and so many subscribers spread evenly over its villages. Those who subscribed as the
 * nth have the chat `firstChatId` + n and the id n + 1.
 */
export async function fillSubscribers(db: PrismaClient, count: number): Promise<AreaTree> {
  await seedDirectory(db, new Date(0))
  await db.area.updateMany({ where: { parentId: null }, data: { electionDay } })
  const { tree } = await loadDirectory(db)
  const places = villagesOf(tree)
  for (let start = 0; start < count; start += chunkRows) {
    const chats = Array.from({ length: Math.min(chunkRows, count - start) }, (_, n) => start + n)
    const addresses = chats
      .map((n) => Buffer.from(sealAddress(keyring, { chatId: firstChatId + n })).toString('base64'))
      .join(',')
    await db.$executeRaw`
      INSERT INTO subscriber ("chatKey", address, language, "areaId", state, "subscribedOn", "mutedTopics")
      SELECT decode(md5((${start}::int + a.place)::text), 'hex'), decode(a.sealed, 'base64'), 'zh-CN',
        (${places}::int[])[1 + (${start}::int + a.place - 1) % ${places.length}::int], 'active', '2027-03-09', '{}'
      FROM string_to_table(${addresses}, ',') WITH ORDINALITY AS a(sealed, place) ORDER BY a.place`
  }
  // As the server does by itself after a while.
  await db.$executeRaw`ANALYZE subscriber`
  return tree
}

export const villagesOf = (tree: AreaTree): number[] =>
  tree.all.filter((area) => isLeaf(area) && area.retiredAt === null).map(({ id }) => id)

/** Published content whose words differ from village to village. */
export async function publishContent(db: PrismaClient, code: string): Promise<ContentVersion> {
  const text = {
    title: '选举纪律提醒',
    body: '{村名}的乡亲：离选举还有 {天数} 天。任何人不得以金钱、有价证券、实物等收买选民。',
  }
  const version = await db.contentVersion.create({
    data: {
      content: { create: { code, kind: 'reminder' } },
      number: 1,
      state: 'published',
      texts: { 'zh-CN': text },
      source: '县纪委',
      createdAt: now,
      publishedAt: now,
    },
  })
  const found = await findVersion(db, version.id)
  if (!found) throw new Error('The content was not written')
  return found
}
