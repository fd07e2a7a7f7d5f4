import { describe, expect, it } from 'vitest'
import { checkContent } from '../../src/content/check-content.ts'
import type { ContentVersion } from '../../src/content/content.ts'
import { findPublished } from '../../src/content/content-store.ts'
import { readShippedContent, seedContent } from '../../src/content/seed-content.ts'
import { createMessages, languages } from '../../src/messages/messages.ts'
import { createTestDatabase } from '../support/database.ts'

const { db } = await createTestDatabase()
const messages = await createMessages()
const now = new Date('2026-11-24T01:00:00Z')
const { series } = await readShippedContent()
const items = series.flatMap(({ items }) => items)

describe('shipped content', () => {
  it.each(items)('$code passes the check that every text must pass', (item) => {
    const version: ContentVersion = {
      ...item,
      ...{ id: 0, contentId: 0, number: 1, state: 'published', isSample: true },
      ...{ validFrom: null, validUntil: null, authorId: null, publishedById: null },
      issuedOn: item.issuedOn ?? null,
    }
    expect(checkContent(version, { today: '2026-11-24', t: messages.in })).toEqual([])
  })

  it('speaks every language and asks about every rule', () => {
    for (const { texts } of items) expect(Object.keys(texts).sort()).toEqual([...languages].sort())
    const rules = items.filter(({ code }) => /^(nine|ten)-/.test(code))
    expect(rules.length).toBe(19)
    for (const { texts } of rules)
      for (const language of languages) expect(texts[language]?.quiz).toBeDefined()
  })

  it('is there after the first start, and does not come back by itself', async () => {
    expect(await seedContent(db, now)).toBe(true)
    const rule = await db.content.findUniqueOrThrow({ where: { code: 'nine-2' } })
    expect(await findPublished(db, rule.id, '2026-11-24')).toMatchObject({
      state: 'published',
      isSample: true,
      number: 1,
    })
    await db.content.delete({ where: { code: 'nine-2' } })
    expect(await seedContent(db, now)).toBe(false)
    expect(await db.content.count({ where: { code: 'nine-2' } })).toBe(0)
  })
})
