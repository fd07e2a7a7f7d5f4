import { type Language, languages, type Translate } from '../messages/messages.ts'
import type { ContentText, ContentVersion } from './content.ts'
import { type Blanks, listUnknown } from './fill-in.ts'
import { findNames } from './find-names.ts'
import { findNumbers } from './find-numbers.ts'
import { findThreats } from './find-threats.ts'
import { findWrongDays } from './find-wrong-days.ts'
import { countExcess } from './show-content.ts'

/**
 * What is wrong with a text. `stops`: nobody may publish it as it is; else a person is asked to look at it. `what` is the
 * place in the text, or a number.
 */
export type ContentProblem = {
  kind:
    | 'empty'
    | 'no-chinese'
    | 'no-source'
    | 'out-of-date'
    | 'too-long'
    | 'long-question'
    | 'markup'
    | 'unknown-blank'
    | 'blank-in-question'
    | 'bad-question'
    | 'phone'
    | 'landline'
    | 'id-number'
    | 'name'
    | 'likely-name'
    | 'wrong-day'
    | 'fixed-day'
    | 'threat'
    | 'unconditional'
    | 'fine'
    | 'old-article'
  stops: boolean
  language: Language | null
  what: string
}

export type CheckOptions = {
  /** YYYY-MM-DD. */
  today: string
  t: (language: Language) => Translate
  /** Election days of those who will get it, where that is known: then a day in the text must be one of them. */
  electionDays?: readonly string[]
}

/** As long as blanks can become. */
const longestBlanks: Blanks = {
  village: '一二三四五六七八九十',
  days: '365',
  day: '12月31日（星期一）',
}

/** Question, answers and explanation go into messages of their own, with some words around them. */
const quizMaxUnits = 3_000
/** What people write where they have none. */
const noSource =
  /^(?:[无略—…\-.·/?？、]*|没有|不详|未知|不知道|网络|网上|转载|待补|待定|来源|none|unknown|n\/a|tbd|test|测试)$/iu
/** Messages are plain: signs that make words bold elsewhere would be read as they are. */
const markup =
  /<\/?(?:b|i|u|s|a|p|br|em|strong|div|span|font|code|pre)\b[^>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\(https?:[^)]*\)/giu

/**
 * Everything that speaks against publishing a version: numbers of phones and identity cards, names in a case, a wrong
 * election day, a missing source, a text that Telegram does not take, a threat without a law. Pure.
 */
export function checkContent(version: ContentVersion, options: CheckOptions): ContentProblem[] {
  const { texts, source, kind, validUntil } = version
  const there = languages.filter((language) => texts[language])
  const whole = (problem: Pick<ContentProblem, 'kind' | 'stops'>, what = '') => ({
    ...problem,
    language: null,
    what,
  })
  return [
    ...(there.length === 0 ? [whole({ kind: 'empty', stops: true })] : []),
    ...(there.length > 0 && !texts['zh-CN'] ? [whole({ kind: 'no-chinese', stops: false })] : []),
    // A notice is the office's own word; a rule or a case without its source is hearsay.
    ...(noSource.test(source.trim())
      ? [whole({ kind: 'no-source', stops: kind !== 'notice' })]
      : []),
    ...(validUntil !== null && validUntil < options.today
      ? [whole({ kind: 'out-of-date', stops: true }, validUntil)]
      : []),
    ...there.flatMap((language) => checkText(version, language, options)),
  ]
}

/** True when a person may let it out all the same. */
export function mayPublish(problems: readonly ContentProblem[]): boolean {
  return problems.every(({ stops }) => !stops)
}

function checkText(
  version: ContentVersion,
  language: Language,
  { t, today, electionDays }: CheckOptions,
): ContentProblem[] {
  const text = version.texts[language]
  if (!text) return []
  const found = (kind: ContentProblem['kind'], stops: boolean, what: string[]) =>
    what.map((place) => ({ kind, stops, language, what: place }))
  const [said, asked] = [`${text.title}\n${text.body}`, wordsOfQuiz(text)]
  const words = `${said}\n${asked}`
  const excess = countExcess(version, { language, blanks: longestBlanks, t: t(language) })
  const isEmpty = text.title.trim() === '' && text.body.trim() === ''
  const isBad = text.quiz !== undefined && text.quiz.right >= text.quiz.options.length
  const names = version.kind === 'case' ? findNames(words) : { certain: [], likely: [] }
  const numbers = findNumbers(words)
  const threats = findThreats(words, { isCase: version.kind === 'case', today })
  // A case tells of an election that is over.
  const days =
    version.kind === 'case'
      ? { wrong: [], fixed: [] }
      : findWrongDays(words, { today, electionDays })
  return [
    ...found('empty', true, isEmpty ? [''] : []),
    ...found('too-long', true, excess > 0 ? [String(excess)] : []),
    ...found('long-question', true, asked.length > quizMaxUnits ? [''] : []),
    ...found('markup', false, words.match(markup) ?? []),
    ...found('unknown-blank', true, listUnknown(said)),
    // A question is the same for everybody: nothing fills it in.
    ...found('blank-in-question', true, asked.match(/\{[^{}\n]*\}/gu) ?? []),
    ...found('bad-question', true, isBad ? [text.quiz?.question ?? ''] : []),
    ...found('phone', true, numbers.phones),
    ...found('id-number', true, numbers.ids),
    // The office's own number may stand there.
    ...found('landline', false, numbers.landlines),
    ...found('name', true, names.certain),
    ...found('likely-name', false, names.likely),
    ...found('wrong-day', true, days.wrong),
    ...found('fixed-day', false, days.fixed),
    ...found('threat', true, threats.unsupported),
    ...found('fine', true, threats.fines),
    ...found('old-article', true, threats.outdated),
    ...found('unconditional', false, threats.unconditional),
  ]
}

function wordsOfQuiz({ quiz }: ContentText): string {
  return quiz ? [quiz.question, ...quiz.options, quiz.explanation].join('\n') : ''
}
