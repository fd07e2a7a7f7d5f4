import { beforeEach, describe, expect, it } from 'vitest'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import type { ContentDeps } from '../../src/content/content-deps.ts'
import { findPublished, findVersion, listVersions } from '../../src/content/content-store.ts'
import { describeImport } from '../../src/content/describe-import.ts'
import { importContent } from '../../src/content/import-content.ts'
import { handInContent, publishContent } from '../../src/content/publish-content.ts'
import { listSeries } from '../../src/content/series-store.ts'
import { signOf } from '../../src/content/waiting.ts'
import { changeContent, dropDraft } from '../../src/content/write-content.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { createStaff } from '../../src/staff/staff-store.ts'
import { workbookOf } from '../lib/workbook.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const messages = await createMessages()
const now = new Date('2017-03-15T02:00:00Z')
const deps: ContentDeps = {
  messages,
  directory: createDirectoryCache(),
  enqueue: async () => {},
  now: () => now,
  today: () => '2017-03-15',
  approval: 'second-person',
}
const header = 'code,kind,series,seriesName,place,title,body,source'
const bytesOf = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'))
const load = (bytes: Uint8Array, staffId: number | null = null) =>
  db.$transaction((tx) => importContent(tx, { bytes, staffId, now }))
const newest = async (code: string) => {
  const { id } = await db.content.findUniqueOrThrow({ where: { code } })
  const [version] = await listVersions(db, id)
  if (!version) throw new Error(`${code} has no version`)
  return version
}
/** Who has just read it. */
async function readBy(versionId: number, staffId: number) {
  const version = await findVersion(db, versionId)
  return { versionId, staffId, seen: signOf(version ? [version] : []) }
}
const ten = [
  'ten-1,纪律,ten,十不准,,不收礼,一分钱也不收。,某县换届办',
  'ten-2,reminder,ten,,,不吃请,一顿饭也不吃。,某县换届办',
]

let lin = 0
let zhou = 0

beforeEach(async () => {
  await emptyDatabase(database)
  const person = { role: 'editor' as const, language: 'zh-CN' as const }
  lin = await createStaff(db, { telegramId: 1, name: '林', ...person })
  zhou = await createStaff(db, { telegramId: 2, name: '周', ...person })
})

describe('an imported table', () => {
  it('becomes drafts in their sets, in the order of its lines', async () => {
    expect(await load(bytesOf(header, ...ten, 'n,通知,,,,开会,明天。,'), lin)).toEqual({
      outcome: 'imported',
      created: 3,
      changed: 0,
      same: 0,
    })
    expect(await listSeries(db)).toMatchObject([{ code: 'ten', name: '十不准' }])
    const places = await db.content.findMany({ select: { code: true, kind: true, place: true } })
    expect(places).toEqual([
      { code: 'ten-1', kind: 'reminder', place: 1 },
      { code: 'ten-2', kind: 'reminder', place: 2 },
      { code: 'n', kind: 'notice', place: null },
    ])
    expect(await newest('ten-2')).toMatchObject({ state: 'draft', authorId: lin, number: 1 })
  })

  it('changes nothing when it comes again', async () => {
    await load(bytesOf(header, ...ten), lin)
    expect(await load(bytesOf(header, ...ten), zhou)).toMatchObject({ outcome: 'refused' })
    expect(await load(bytesOf(header, ...ten), lin)).toMatchObject({
      created: 0,
      changed: 0,
      same: 2,
    })
    expect(await db.contentVersion.count()).toBe(2)
    expect(await db.auditLine.count()).toBe(1)
  })

  it('puts other words beside what is published, and never in its place', async () => {
    await load(bytesOf(header, ...ten), lin)
    const { id, contentId } = await newest('ten-1')
    await handInContent(db, deps, { versionId: id, staffId: lin })
    await publishContent(db, deps, await readBy(id, zhou))
    const other = bytesOf(header, 'ten-1,纪律,,,,不收礼,一条烟也不收。,某县换届办')
    expect(await load(other, zhou)).toMatchObject({ changed: 1 })
    expect(await newest('ten-1')).toMatchObject({ state: 'draft', number: 2, authorId: zhou })
    expect((await findPublished(db, contentId, '2017-03-15'))?.id).toBe(id)
  })

  it('mends the drafts of an earlier one instead of piling them up', async () => {
    await load(bytesOf(header, ...ten))
    const mended = bytesOf(header, 'ten-1,纪律,,,,不收礼,一条烟也不收。,某县换届办')
    expect(await load(mended)).toMatchObject({ changed: 1 })
    expect(await newest('ten-1')).toMatchObject({
      number: 1,
      texts: { 'zh-CN': { body: '一条烟也不收。' } },
    })
  })

  it('takes English, days, an address and a question, and keeps what it has no column for', async () => {
    const full = `${header},titleEn,bodyEn,sourceUrl,issuedOn,validUntil,question,options,right,explanation`
    const row = `${ten[0]},No gifts,Not a fen.,https://example.org/3,2017/3/1,2017年12月31日,能收吗？,能|不能,2,不能收。`
    await load(bytesOf(full, row), lin)
    const quiz = {
      question: '能收吗？',
      options: ['能', '不能'],
      right: 1,
      explanation: '不能收。',
    }
    const said = {
      texts: {
        'zh-CN': { title: '不收礼', body: '一分钱也不收。', quiz },
        en: { title: 'No gifts', body: 'Not a fen.' },
      },
      ...{ sourceUrl: 'https://example.org/3', issuedOn: '2017-03-01', validUntil: '2017-12-31' },
    }
    expect(await newest('ten-1')).toMatchObject(said)
    expect(await load(bytesOf(header, ten[0] ?? ''), lin)).toMatchObject({ same: 1 })
    await load(
      bytesOf('code,kind,title,body,source,titleEn', 'ten-1,纪律,不收礼,不收。,某县,'),
      lin,
    )
    expect((await newest('ten-1')).texts).toEqual({
      'zh-CN': { title: '不收礼', body: '不收。', quiz },
    })
  })

  it('keeps the picture that somebody sent for a text', async () => {
    await load(bytesOf(header, ...ten), lin)
    const { id } = await newest('ten-1')
    const media = { kind: 'photo' as const, fileId: 'f1' }
    const texts = { 'zh-CN': { title: '不收礼', body: '一分钱也不收。', media } }
    await changeContent(db, deps, { versionId: id, staffId: lin }, () => ({ texts }))
    await load(bytesOf(header, 'ten-1,纪律,,,,不收礼,一条烟也不收。,某县换届办'), lin)
    expect((await newest('ten-1')).texts['zh-CN']).toMatchObject({ body: '一条烟也不收。', media })
  })

  it('may be an Excel workbook', async () => {
    const table = [header, ...ten].map((line) => line.split(','))
    expect(await load(workbookOf(table))).toMatchObject({ created: 2 })
  })
})

describe('a draft that came from the server', () => {
  it('has whoever hands it in as its author, so that two people see it all the same', async () => {
    await load(bytesOf(header, ...ten))
    const { id } = await newest('ten-1')
    expect(await handInContent(db, deps, { versionId: id, staffId: zhou })).toMatchObject({
      outcome: 'handed-in',
    })
    expect(await publishContent(db, deps, await readBy(id, zhou))).toEqual({
      outcome: 'own',
    })
    expect(await publishContent(db, deps, await readBy(id, lin))).toEqual({
      outcome: 'published',
    })
  })

  it('belongs to whoever changes it first, and anybody may throw it away', async () => {
    await load(bytesOf(header, ...ten))
    const { id } = await newest('ten-1')
    await changeContent(db, deps, { versionId: id, staffId: lin }, () => ({ source: '某市' }))
    expect(await changeContent(db, deps, { versionId: id, staffId: zhou }, () => ({}))).toEqual({
      outcome: 'others',
    })
    expect(await dropDraft(db, { versionId: id, staffId: zhou })).toBe(false)
    expect(await dropDraft(db, { versionId: (await newest('ten-2')).id, staffId: zhou })).toBe(true)
  })
})

describe('a table with a mistake', () => {
  const wide = `${header},sourceUrl,validFrom,validUntil,question,options,right,explanation,questionEn,optionsEn,explanationEn`
  const none = ',,,,,,,,,'
  it.each([
    ['bad-code', `a b,纪律,,,,题,话,源,${none}`],
    ['bad-kind', `a,新闻,,,,题,话,源,${none}`],
    ['no-words', `a,纪律,,,,,,源,${none}`],
    ['bad-place', `a,纪律,s,套,0,题,话,源,${none}`],
    ['place-without-series', `a,纪律,,,3,题,话,源,${none}`],
    ['no-series-name', `a,纪律,s,,,题,话,源,${none}`],
    ['bad-address', `a,纪律,,,,题,话,源,www.example.org,,,,,,,,,`],
    ['bad-day', `a,纪律,,,,题,话,源,,,2017-02-30,,,,,,,`],
    ['ends-before', `a,纪律,,,,题,话,源,,2017-03-02,2017-03-01,,,,,,,`],
    ['half-question', `a,纪律,,,,题,话,源,,,,能吗？,,1,不能,,,`],
    ['half-question', `a,纪律,,,,题,话,源,,,,,,,,May I?,yes|no,No.`],
    ['bad-options', `a,纪律,,,,题,话,源,,,,能吗？,能,1,不能,,,`],
    ['bad-options', `a,纪律,,,,题,话,源,,,,能吗？,能|不能,1,不能,May I?,yes|no|why,No.`],
    ['bad-right', `a,纪律,,,,题,话,源,,,,能吗？,能|不能,3,不能,,,`],
    ['cell-count', 'a,纪律'],
  ])('is refused as a whole, by line and reason: %s', async (code, row) => {
    const outcome = await load(bytesOf(wide, `ok,纪律,,,,题,话,源,${none}`, row))
    expect(outcome).toMatchObject({ outcome: 'refused', problems: [{ line: 3, code }] })
    expect(await db.content.count()).toBe(0)
    for (const language of ['zh-CN', 'en'] as const) {
      const said = describeImport(outcome, messages.in(language))
      // A param that the problem does not have would leave a gap.
      expect(said).not.toMatch(/\{\{|problem\.| {2}|“”(?!。)/)
    }
  })

  it('is refused for what the library has', async () => {
    await load(bytesOf(header, ...ten), lin)
    const wrong = [
      'ten-1,案例,,,,题,话,源',
      'ten-2,纪律,ten,,7,题,话,源',
      'b,纪律,ten,,2,题,话,源',
      'b,纪律,,,,题,话,源',
    ]
    const [last = '', ...others] = wrong.reverse()
    expect(await load(bytesOf(header, ...others.reverse()), lin)).toMatchObject({
      problems: [
        { line: 2, code: 'other-kind' },
        { line: 3, code: 'other-place' },
        { line: 4, code: 'place-taken' },
      ],
    })
    expect(await load(bytesOf(header, last, last), lin)).toMatchObject({
      problems: [{ line: 3, code: 'double-code', params: { first: 2 } }],
    })
  })

  it('is refused when it has more rows than are taken at once', async () => {
    const rows = Array.from({ length: 1_001 }, (_, at) => `c${at},纪律,,,,题,话,源`)
    expect(await load(bytesOf(header, ...rows))).toMatchObject({
      problems: [{ line: 1, code: 'many-rows', params: { found: 1_001 } }],
    })
  })

  it('lists the first twenty and counts the rest', async () => {
    const rows = Array.from({ length: 25 }, (_, at) => `c${at},新闻,,,,题,话,源`)
    const said = describeImport(await load(bytesOf(header, ...rows)), messages.in('zh-CN'))
    expect(said.split('\n')).toHaveLength(22)
    expect(said).toContain('第2行：“新闻”不是种类。')
    expect(said).toContain('还有 5 行也要改。')
  })
})
