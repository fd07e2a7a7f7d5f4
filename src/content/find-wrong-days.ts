import { readChineseNumber } from '../lib/chinese-number.ts'
import { toPlainDigits } from './plain-digits.ts'

/** As they are when their width is made one; in “20 March, 2017” the comma belongs to the day. */
const endOfSentence = /[。!?;\n]|\.(?=\s|$)/u
const endOfClause = /、|,(?! \d{4}\b)/u
const aboutVoting =
  /投票|选举日|选举大会|正式选举|\bvot(?:e|es|ing)\b|election day|\bpoll(?:s|ing)?\b/iu
/** A last day for something before the vote, or the day of a law. */
const otherDay =
  /以前|之前|前(?:一天|提出|办|申)|截止|申请|登记|报名|名单|张榜|公示|委托|修订|修正|施行|印发|\b(?:by|before|until|deadline)\b/iu
/** 投票时间： with the day on the next line, and a title above its text. */
const lineOfTitle = /:\s*\n\s*|^(?<title>[^\n。!?;]{1,40})\n+/gu

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const shortMonth = new RegExp(String.raw`\b(${months}|sept)\.`, 'giu')
const month = `(?<month>(?:${months})[a-z]*)`
const dayOf = (name: string) =>
  String.raw`(?<${name}>\d{1,2}|[初一二三四五六七八九十廿卅]{1,3}|二?十[一二三四五六七八九]?)`
const ordinal = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`
const weekday = String.raw`(?:\s*\(?\s*(?:星期|周|礼拜)(?<weekday>[一二三四五六日天])\s*\)?)?`
const dates = [
  // 3月20日, 3月20—21日, 二〇一七年三月二十日（星期一）
  String.raw`(?<lunar>农历|阴历|古历)?\s*(?:(?<year>\d{4})\s*年\s*)?(?<month>\d{1,2}|[一二三四五六七八九十正腊]{1,2})\s*月\s*${dayOf('day')}(?:\s*[日号]?\s*[-—~至到和]\s*${dayOf('last')}(?!\d|\s*月))?\s*[日号]?${weekday}`,
  String.raw`(?<!\d)(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)${weekday}`,
  String.raw`(?<!\d)(?<year>20\d{2})(?<month>0[1-9]|1[0-2])(?<day>[0-3]\d)(?!\d)`,
  // 3.20投票, but not 3.5分
  String.raw`(?<![\d.])(?<month>\d{1,2})\.(?<day>\d{1,2})(?=\s*(?:日|号|投票|选举|正式))`,
  String.raw`(?<near>本月|这个?月|下个?月)\s*${dayOf('day')}\s*[日号]${weekday}`,
  String.raw`\b${ordinal} (?:of )?${month}(?:,? (?<year>\d{4}))?`,
  String.raw`\b${month} ${ordinal}\b(?:,? (?<year>\d{4}))?`,
].map((date) => new RegExp(date, 'giu'))
/** A day that is another one in every village, or next week. */
const vague = /(?:[下本这]个?)(?:周|星期|礼拜)[一二三四五六日天]/gu

type Found = { wrong: string[]; fixed: string[] }

/**
 * Days in sentences about the vote. wrong: no such day, or none of `electionDays` where these are known, or another day of the week.
 * fixed: a day that is right for some villages and wrong for others, so the blank {选举日} should stand there. The last day of
 * something else, such as an application, is neither.
 */
export function findWrongDays(
  text: string,
  { today, electionDays }: { today: string; electionDays?: readonly string[] | undefined },
): Found {
  const spoken = toPlainDigits(text).replaceAll(lineOfTitle, (whole, title?: string) =>
    title === undefined ? ':' : aboutVoting.test(whole) ? `${title},` : whole,
  )
  const said = spoken
    .replaceAll(shortMonth, '$1')
    .split(endOfSentence)
    .filter((sentence) => aboutVoting.test(sentence))
    .flatMap((sentence) => sentence.split(endOfClause))
    .filter((clause) => !otherDay.test(clause))
  const result: Found = { wrong: [], fixed: said.flatMap((clause) => clause.match(vague) ?? []) }
  for (const match of said.flatMap((clause) => dates.flatMap((date) => [...clause.matchAll(date)])))
    judge(match, { today, electionDays: electionDays ?? [] }, result)
  return { wrong: [...new Set(result.wrong)], fixed: [...new Set(result.fixed)] }
}

/** Without a year the one of the election is meant. */
function judge(
  { 0: whole, groups = {} }: RegExpMatchArray,
  { today, electionDays }: { today: string; electionDays: readonly string[] },
  { wrong, fixed }: Found,
): void {
  const place = whole.trim()
  // Nobody here can tell which day that is.
  if (groups.lunar || /[正腊初廿卅]/u.test(groups.month ?? '')) return void fixed.push(place)
  const hasYear = groups.year !== undefined || groups.near !== undefined
  const days = [groups.day, groups.last].flatMap((day) =>
    day === undefined ? [] : [toDay({ ...groups, day }, today)],
  )
  const isElection = (day: string) =>
    electionDays.some((known) => (hasYear ? known === day : known.slice(4) === day.slice(4)))
  const isWrong = days.some((day) => day === null || (electionDays.length > 0 && !isElection(day)))
  const [first] = days
  const meant = hasYear ? first : electionDays.find((known) => known.slice(4) === first?.slice(4))
  if (isWrong || isOtherWeekday(meant, groups.weekday)) wrong.push(place)
  else if (electionDays.length !== 1) fixed.push(place)
}

function isOtherWeekday(day: string | null | undefined, said: string | undefined): boolean {
  if (!day || said === undefined) return false
  return (
    Temporal.PlainDate.from(day).dayOfWeek !==
    '一二三四五六日'.indexOf(said.replace('天', '日')) + 1
  )
}

function toDay(groups: Partial<Record<string, string>>, today: string): string | null {
  const { near, year, month: named = '', day: dayOfMonth = '' } = groups
  const now = Temporal.PlainDate.from(today)
  const meant = near === undefined ? now : now.add({ months: near.startsWith('下') ? 1 : 0 })
  const fields = {
    year: near === undefined ? Number(year ?? today.slice(0, 4)) : meant.year,
    month: near === undefined ? toMonth(named) : meant.month,
    day: toNumber(dayOfMonth),
  }
  try {
    return Temporal.PlainDate.from(fields, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}

function toMonth(text: string): number {
  const at = months.split('|').indexOf(text.slice(0, 3).toLowerCase())
  return at < 0 ? toNumber(text) : at + 1
}

/** 廿一 is twenty-one, 初五 the fifth. */
function toNumber(text: string): number {
  const plain = text.replace('初', '').replace('廿', '二十').replace('卅', '三十')
  return readChineseNumber(plain) ?? Number(plain)
}
