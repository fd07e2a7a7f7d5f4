import { isDeepStrictEqual } from 'node:util'
import type { ContentText, ContentTexts, VersionFields } from './content.ts'
import type { KnownContent } from './content-import-store.ts'
import type { ContentProblemCode, ContentRow, ContentTableProblem } from './parse-content-table.ts'

export type ContentLibrary = {
  known: ReadonlyMap<string, KnownContent>
  /** Taken places, by the code of the set. */
  places: ReadonlyMap<string, readonly number[]>
}
export type NewRow = { row: ContentRow; place: number | null; fields: VersionFields }
export type ContentPlan = {
  series: { code: string; name: string }[]
  created: NewRow[]
  changed: { row: ContentRow; versionId: number; fields: VersionFields }[]
  same: number
}

/**
 * What an import would do, or what the library says against it. Kind, set and place of known content stay: what villagers
 * get next by a reminder must not be changed by one person. `staffId` null: from the server, by nobody in particular. Pure.
 */
export function planContentImport(
  rows: readonly ContentRow[],
  library: ContentLibrary,
  staffId: number | null,
): { plan: ContentPlan; problems: ContentTableProblem[] } {
  const plan: ContentPlan = { series: [], created: [], changed: [], same: 0 }
  const problems: ContentTableProblem[] = []
  const taken = new Map([...library.places].map(([code, places]) => [code, new Set(places)]))
  const refuse = (line: number, code: ContentProblemCode, params: ContentTableProblem['params']) =>
    void problems.push({ line, code, params })
  for (const row of rows) {
    const { line, code, series } = row
    const known = library.known.get(code)
    if (known) {
      const reason = findHindrance(row, known, staffId)
      const fields = mergeFields(row, known.newest)
      if (reason)
        refuse(line, reason, { code, place: known.place ?? '', series: known.series ?? '' })
      else if (isSame(fields, known.newest)) plan.same += 1
      else plan.changed.push({ row, versionId: known.newest.id, fields })
      continue
    }
    if (series && !taken.has(series.code)) {
      if (series.name === '') {
        refuse(line, 'no-series-name', { series: series.code })
        continue
      }
      taken.set(series.code, new Set())
      plan.series.push(series)
    }
    const places = series && taken.get(series.code)
    if (places && row.place !== null && places.has(row.place))
      refuse(line, 'place-taken', { place: row.place, series: series.code })
    if (places && row.place !== null) places.add(row.place)
    plan.created.push({ row, place: row.place, fields: mergeFields(row, null) })
  }
  // Those that named a place have it; the others follow after the last.
  for (const one of plan.created) {
    const places = one.row.series && taken.get(one.row.series.code)
    if (!places || one.place !== null) continue
    one.place = Math.max(0, ...places) + 1
    places.add(one.place)
  }
  return { plan, problems }
}

function findHindrance(
  { kind, series, place }: ContentRow,
  { newest, isOneOff, ...where }: KnownContent,
  staffId: number | null,
): ContentProblemCode | null {
  if (isOneOff) return 'of-a-campaign'
  if (newest.kind !== kind) return 'other-kind'
  if (series && series.code !== where.series) return 'other-place'
  if (place !== null && place !== where.place) return 'other-place'
  const isOpen = newest.state === 'draft' || newest.state === 'checked'
  const isOthers = newest.authorId !== null && newest.authorId !== staffId
  return isOpen && isOthers ? 'somebody-writes' : null
}

type Known = VersionFields | null

function mergeFields(row: ContentRow, known: Known): VersionFields {
  return {
    texts: mergeTexts(row, known?.texts ?? {}),
    source: row.source,
    sourceUrl: row.sourceUrl ?? known?.sourceUrl ?? '',
    issuedOn: row.issuedOn === undefined ? (known?.issuedOn ?? null) : row.issuedOn,
    validFrom: row.validFrom === undefined ? (known?.validFrom ?? null) : row.validFrom,
    validUntil: row.validUntil === undefined ? (known?.validUntil ?? null) : row.validUntil,
    isSample: false,
  }
}

/** A file that belongs to a text stays with it, for no table can carry one. */
function mergeTexts(row: ContentRow, known: ContentTexts): ContentTexts {
  const quiz = row.quiz === undefined ? known['zh-CN']?.quiz : (row.quiz ?? undefined)
  // Beside another question the old one in English would have another answer.
  const stays = isDeepStrictEqual(quiz, known['zh-CN']?.quiz) ? known.en?.quiz : undefined
  const english = row.english === undefined ? (known.en ?? null) : row.english
  const englishQuiz = row.englishQuiz === undefined ? stays : (row.englishQuiz ?? undefined)
  return {
    'zh-CN': toText(row.text, known['zh-CN'], quiz),
    ...(english ? { en: toText(english, known.en, englishQuiz) } : {}),
  }
}

function toText(
  { title, body }: Pick<ContentText, 'title' | 'body'>,
  known: ContentText | undefined,
  quiz: ContentText['quiz'],
): ContentText {
  const media = known?.media
  return { title, body, ...(media ? { media } : {}), ...(quiz ? { quiz } : {}) }
}

/** Whether it says the same; that a sample is one does not count. */
function isSame(fields: VersionFields, known: VersionFields): boolean {
  const { texts, source, sourceUrl, issuedOn, validFrom, validUntil, isSample } = known
  const before = { texts, source, sourceUrl, issuedOn, validFrom, validUntil, isSample }
  return isDeepStrictEqual({ ...fields, isSample }, before)
}
