import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Audience } from '../../src/audiences/audience.ts'
import { audienceOf, countRecipients } from '../../src/audiences/count-recipients.ts'
import { sayCount } from '../../src/campaigns/say-count.ts'
import { findVersion } from '../../src/content/content-store.ts'
import { countMatter } from '../../src/reminders/count-matter.ts'
import { createCampaignWorld, village2 } from './campaign-world.ts'

const world = await createCampaignWorld()
const { db, deps } = world
afterAll(world.close)

const idOf = async (code: string) => (await db.area.findUniqueOrThrow({ where: { code } })).id
/** 龙洲街道, and three of its villages. */
const township = '330825001000'
const unread = { [village2]: 3, '330825001001': 7, '330825001002': 12 }
let asked = 0

/** How many the page of a campaign says it would reach. */
async function say(audience: Audience): Promise<string> {
  const { tree } = await deps.directory.current(db)
  const [version] = await db.contentVersion.findMany({ select: { id: true } })
  const found = await findVersion(db, version?.id ?? 0)
  if (!found) throw new Error('No words')
  const about = { tree, today: deps.today() }
  const whole = audienceOf(audience, found)
  const counted = await countRecipients(db, about, { audience: whole, version: found })
  return sayCount(counted, audience, deps.messages.in('zh-CN')).join('\n')
}

beforeAll(async () => {
  await world.reset()
  const id = await world.begin('明天开会')
  asked = (await findVersion(db, (await world.get(id)).versionId ?? 0))?.contentId ?? 0
  let chatId = 100
  // In every village there are ten more who did confirm.
  for (const [code, count] of Object.entries(unread))
    for (let at = 0; at < count + 10; at += 1) {
      await world.join(chatId, code, at % 2 === 0 ? 'zh-CN' : 'en')
      const [last] = await db.subscriber.findMany({ orderBy: { id: 'desc' }, take: 1 })
      if (at >= count)
        await db.contentRead.create({
          data: { subscriberId: last?.id ?? 0, contentId: asked, readOn: new Date('2017-03-15') },
        })
      chatId += 1
    }
})

describe('of who did not confirm', () => {
  it('a page tells as many as nobody can be picked out by: fives of every village', async () => {
    expect(await say({ areas: [await idOf(township)] })).toContain('52 人，在 3 个村')
    expect(await say({ areas: [await idOf(township)], notRead: asked })).toContain('至少 15 人')
    expect(await say({ areas: [await idOf('330825001002')], notRead: asked })).toContain(
      '至少 10 人',
    )
    expect(await say({ areas: [await idOf(village2)], notRead: asked })).toContain('人不多')
  })

  it('all villages but one tell nothing of that one', async () => {
    const all = await Promise.all(Object.keys(unread).map(idOf))
    const [hidden, ...others] = all
    expect(await say({ areas: all, notRead: asked })).toBe(
      await say({ areas: others, notRead: asked }),
    )
    expect(await say({ areas: [hidden ?? 0], notRead: asked })).not.toMatch(/\d人|\d 人/)
  })

  it('holds for a reminder, too, also for one that has nothing to say yet', async () => {
    const { tree } = await deps.directory.current(db)
    const tell = async (audience: Audience) => {
      const moment = { tree, today: deps.today() }
      const counted = await countMatter(db, moment, { picked: { reason: 'no-content' }, audience })
      return sayCount(counted, audience, deps.messages.in('zh-CN')).join('\n')
    }
    const areas = [await idOf(township)]
    expect(await tell({ areas })).toContain('52 人，在 3 个村')
    expect(await tell({ areas, notRead: asked })).toContain('至少 15 人')
  })

  it('no number is told of a part of a village, such as one language or who joined on one day', async () => {
    const part = { areas: [await idOf(township)], notRead: asked }
    for (const who of [
      { languages: ['en'] },
      { roles: ['villager'] },
      { joinedSince: '2017-03-01' },
    ])
      expect(await say({ ...part, ...who } as Audience)).toContain('人不多，或者')
  })
})
