import { readChineseNumber } from '../lib/chinese-number.ts'

/**
 * Article 256 of the Criminal Law (破坏选举罪) covers people's congresses and leaders of state bodies, not village
 * committees.
 */
const wrongCrime =
  /破坏选举的?(?:犯?罪|刑责)|刑法》?第?(?:256|二百五十六)条|crime of (?:disrupting|sabotaging|undermining) (?:an )?elections?|article 256\b/giu
/** Who says that something does not happen threatens nobody with it. */
const not = '(?<!(?:不会|不用|不至于|不是|不能|没有|未)(?:被|要|去|让您|叫您)?)'
const life =
  '入学|上学|读书|考学|考公|考编|当兵|参军|入伍|入党|就业|政审|前途|低保|分红|福利|补助|补贴'
const wrongPenalties = [
  // Punishments of the Criminal Law, for which there is no crime here, and one that is abolished.
  '(?<!审)判刑|坐牢|牢饭|大牢|班房|牢狱|有期徒刑|拘役|进监狱|蹲监狱|枪毙|劳教|劳改|刑事拘留|(?<![审谈裁评批])判[一二两三四五六七八九十\\d]{1,2}年',
  // Nobody is answerable for what relatives did.
  '株连|连坐|连累(?:子女|孩子|家人|全家)|影响(?:子女|孩子|后代|儿孙|家人|三代)|全家(?:受罚|取消)',
  `(?:子女|孩子|儿孙|后代|家人|家属|全家|三代)[^。!?\\n,]{0,8}(?:不能|不得|不准|不许|影响|取消|受影响|牵连)[^。!?\\n,]{0,6}(?:${life})`,
  // What everybody has, whatever they did.
  '(?:取消|停发|扣发|不给)[^。!?\\n,]{0,6}(?:低保|分红|户口|户籍|宅基地|养老金|选民资格|选举权|投票权)|剥夺[^。!?\\n,]{0,4}(?:选举权|投票权)|(?:否则|一律)[^。!?\\n]{0,6}(?:停水|停电)',
  // To vote is a right and no duty.
  '(?:不(?:来|去|参加)?投票|弃权)的?[^。!?\\n不]{0,8}(?:罚|扣|取消|停发|处分|追究|后果)',
].map((words) => new RegExp(`${not}(?:${words})`, 'gu'))
const englishPenalties = /(?<!\bnot? (?:go to |be sent to )?)\b(?:prison|jail|imprison\w*)\b/giu
/** Who explains that the article does not apply threatens nobody with it. */
const denial = /不适用|不构成|不属于|管不到|does not (?:apply|cover)/iu
const sentence = /[^。!?\n]+/gu
const condition = /构成犯罪|涉嫌犯罪|犯罪的/u

/**
 * Article 23 (5) of the Public Security Administration Punishments Law, since 2026 article 26: the most that disturbing an election
 * costs in yuan, in the light, the serious and the ringleaders' case. A ringleader is detained for 15 days at most.
 */
const laws = [
  { since: '2013-01-01', fines: [200, 500, 1_000] },
  { since: '2026-01-01', fines: [500, 1_000, 2_000] },
]
const mostDays = 15
const oldArticle = /治安管理处罚法》?第(?:二十三|23)条/gu
const cn = '零一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟萬'
/** So short that a line of nothing but digits costs nothing. */
const number = String.raw`(\d[\d,]{0,11}(?:\.\d{1,2})?|[${cn}]{1,9})\s{0,2}([万千百]?)`
const yuan = '(?:元|块|圆|人民币)'
const fines = [
  // The 元 may be missing where the fine comes first: 罚五千.
  new RegExp(
    String.raw`罚款?[^。!?\n\d${cn}]{0,8}?[¥￥]?${number}(?!\s*[日天个月年次倍人条款])`,
    'gu',
  ),
  new RegExp(String.raw`${number}\s*${yuan}钱?(?:以[上下])?的?(?:罚款|处罚)`, 'gu'),
  /\bfine[ds]?\D{0,20}?(\d[\d,]{0,11})()\s*(?:yuan|rmb|cny)/giu,
  /(\d[\d,]{0,11})()[- ](?:yuan|rmb|cny) fine/giu,
]
const span = String.raw`(\d{1,5}|[${cn}半]{1,5})\s{0,2}(?:余|多)?\s{0,2}(个?(?:日|天|月|周|星期|礼拜|年))`
const detentions = [
  new RegExp(
    String.raw`(?:拘留|拘|关押|(?<![机相有无海])关(?=[\d一二两三半]))[^。!?\n\d${cn}半]{0,4}${span}`,
    'gu',
  ),
  new RegExp(`${span}(?:以[上下])?的?(?:行政|治安)?拘留`, 'gu'),
]

/**
 * What a text threatens with and the law of this day (YYYY-MM-DD) does not support: `fines` are amounts, `outdated` articles that
 * have another number now. What became of a case is a fact and may be named.
 */
export function findThreats(
  text: string,
  { isCase, today }: { isCase: boolean; today: string },
): { unsupported: string[]; unconditional: string[]; fines: string[]; outdated: string[] } {
  const plain = text.normalize('NFKC')
  const sentences = plain.match(sentence) ?? []
  const crimes = sentences
    .filter((one) => !denial.test(one))
    .flatMap((one) => one.match(wrongCrime) ?? [])
  if (isCase)
    return { unsupported: [...new Set(crimes)], unconditional: [], fines: [], outdated: [] }
  const penalties = [...wrongPenalties, englishPenalties].flatMap(
    (pattern) => plain.match(pattern) ?? [],
  )
  return {
    unsupported: [...new Set([...crimes, ...penalties, ...findDetentions(plain)])],
    unconditional: sentences.filter((one) => one.includes('追究刑事责任') && !condition.test(one)),
    fines: [...new Set(fines.flatMap((pattern) => findFines(plain, pattern, today)))],
    outdated: today >= '2026-01-01' ? (plain.match(oldArticle) ?? []) : [],
  }
}

/** More than the law of the day allows, or the limit of another day's. */
function findFines(text: string, pattern: RegExp, today: string): string[] {
  const current = laws.findLast(({ since }) => since <= today)?.fines ?? laws[0]?.fines ?? []
  const others = laws.flatMap((law) => law.fines).filter((limit) => !current.includes(limit))
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, amount = '', unit = ''] = match
    const sum = toNumber(amount) * ({ 万: 10_000, 千: 1_000, 百: 100 }[unit] ?? 1)
    const context = `${whole}${text.slice(match.index + whole.length, match.index + whole.length + 4)}`
    const isLimit = /以下|以内/u.test(context) || whole.includes('最多')
    return sum > Math.max(...current) || (isLimit && others.includes(sum)) ? [whole.trim()] : []
  })
}

function findDetentions(text: string): string[] {
  return detentions.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(([, count = '', unit = '']) => toDays(count, unit) > mostDays)
      .map(([whole]) => whole),
  )
}

function toDays(count: string, unit: string): number {
  const many = count === '半' ? 0.5 : toNumber(count)
  if (/月/u.test(unit)) return many * 30
  if (/周|星期|礼拜/u.test(unit)) return many * 7
  return unit === '年' ? many * 365 : many
}

const formal = '壹贰叁肆伍陆柒捌玖拾佰仟萬'
/** As money is written so that nobody can change it: 伍仟. */
function toNumber(text: string): number {
  const plain = [...text].map((one) => '一二三四五六七八九十百千万'[formal.indexOf(one)] ?? one)
  return readChineseNumber(plain.join('')) ?? Number(text.replaceAll(',', ''))
}
