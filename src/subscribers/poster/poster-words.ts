import type { Translator } from '../../messages/messages.ts'
import { type Invite, linkOf, writeInvite } from '../invites/deep-link.ts'

/** What stands on a poster and on its card, in one language. */
export type PosterWords = {
  link: string
  bot: string
  /** The village; for a distributor without one, that it is for all of them. */
  village: string
  /** What the village belongs to; empty without one. */
  place: string
  /** Behind the link, so that somebody can type what cannot be scanned. */
  code: string
  rules: string[]
  /** What the shipped rules follow; empty for rules of the office. */
  sources: string
  steps: string[]
  hotlines: { number: string; who: string }[]
  /** Of the county, each a line of its own. */
  others: string[]
  t: Translator
}

export type PosterInput = {
  botUsername: string
  invite: Invite
  village: { name: string; place: string } | null
  /** Instead of the shipped ones. */
  rules?: readonly string[] | undefined
  /** Such as “龙游县换届办 0570-7012380”. */
  hotlines?: readonly string[]
}

export const ruleCount = { min: 3, max: 6 }
export const maxOwnHotlines = 2
const shippedRules = ['1', '2', '3', '4', '5'] as const
const nationwide = ['12380', '12388', '110'] as const

/** The texts of a poster. Rules and the county's telephone numbers can be the office's own. */
export function writePoster(t: Translator, input: PosterInput): PosterWords {
  const { botUsername, invite, village } = input
  return {
    t,
    link: linkOf(botUsername, invite),
    bot: botUsername,
    village: village?.name ?? t('poster:any-village'),
    place: village?.place ?? '',
    code: writeInvite(invite),
    rules: input.rules ? [...input.rules] : shippedRules.map((rule) => t(`poster:rules.${rule}`)),
    sources: input.rules ? '' : t('poster:sources'),
    steps: [
      t('poster:how.scan'),
      t('poster:how.begin'),
      village ? t('poster:how.village', { village: village.name }) : t('poster:how.choose'),
    ],
    hotlines: nationwide.map((number) => ({ number, who: t(`poster:hotlines.${number}`) })),
    others: [...(input.hotlines ?? [])],
  }
}

/** Every word that may stand on it, for the letters that must be there. */
export function listWords(words: PosterWords): string {
  const { t } = words
  return [
    ...[words.village, words.place, words.code, words.bot, ...words.rules, ...words.steps],
    ...words.hotlines.flatMap(({ number, who }) => [number, who]),
    ...words.others,
    ...[t('poster:brand'), t('poster:occasion'), t('poster:title'), t('poster:purpose')],
    ...[t('poster:how.title'), t('poster:how.find'), t('poster:how.short')],
    sayRulesTitle(words),
    ...[t('poster:protected'), words.sources, t('poster:hotlines.title')],
    ...[t('poster:check.title'), t('poster:check.phrase'), t('poster:check.money')],
    ...[t('poster:check.name', words), t('poster:check.short'), t('poster:code', words)],
    ...[t('poster:card.notices'), t('poster:card.report')],
    '0123456789@·',
  ].join('')
}

export function sayRulesTitle({ t, rules }: PosterWords): string {
  return t('poster:rules.title', { count: t(`poster:count.${rules.length}`) })
}
