import { describe, expect, it } from 'vitest'
import { languages, readTexts } from '../../src/messages/messages.ts'
import { readSourceFiles } from './source-files.ts'

/**
 * Keys that the code puts together, "*" being what comes from a variable, and which keys that can be; those with one
 * "*" at the end speak for themselves. Everything else is written out in the code, where a search finds it.
 */
const composed: Record<string, readonly string[]> = {
  'areas:matches.*': ['areas:matches.*'],
  'calendar:effect.*': ['calendar:effect.*'],
  'calendar:phase.*': ['calendar:phase.*'],
  'calendar:problem.*': ['calendar:problem.*'],
  'calendar:button.*': ['calendar:button.*'],
  'calendar:table.problem.*': ['calendar:table.problem.*'],
  'campaigns:asked.*': ['campaigns:asked.*'],
  'campaigns:audience.*': ['campaigns:audience.*'],
  'campaigns:audience.ask-*': ['campaigns:audience.ask-*'],
  'campaigns:audience.was-*': ['campaigns:audience.was-*'],
  'campaigns:button.*': ['campaigns:button.*'],
  'campaigns:button.at-*': ['campaigns:button.at-*'],
  'campaigns:button.by-*': ['campaigns:button.by-*'],
  'campaigns:changed.*': ['campaigns:changed.*'],
  'campaigns:decided.*': ['campaigns:decided.*'],
  'campaigns:done.*': ['campaigns:done.*'],
  'campaigns:follow-up.*': ['campaigns:follow-up.*'],
  'campaigns:language.*': ['campaigns:language.*'],
  'campaigns:mark.*': ['campaigns:mark.*'],
  'campaigns:media.*': ['campaigns:media.*'],
  'campaigns:not-now.*': ['campaigns:not-now.*'],
  'campaigns:page.origin.*': ['campaigns:page.origin.*'],
  'campaigns:phase.*': ['campaigns:phase.*'],
  'campaigns:problem.*': ['campaigns:problem.*'],
  'campaigns:progress.sent.*': ['campaigns:progress.sent.*'],
  'campaigns:progress.state.*': ['campaigns:progress.state.*'],
  'campaigns:progress.title.*': ['campaigns:progress.title.*'],
  'campaigns:report.why-*': ['campaigns:report.why-*'],
  'campaigns:report.title.*': ['campaigns:report.title.*'],
  'campaigns:risk.*': ['campaigns:risk.*'],
  'campaigns:role.*': ['campaigns:role.*'],
  'campaigns:state.*': ['campaigns:state.*'],
  'campaigns:step.*': ['campaigns:step.*'],
  'campaigns:time.*': ['campaigns:time.*'],
  'campaigns:told.fell-back-*': ['campaigns:told.fell-back-*'],
  'campaigns:topic.*': ['campaigns:topic.*'],
  'content:kind.*': ['content:kind.*'],
  'content:state.*': ['content:state.*'],
  'content:list.*': ['content:list.*'],
  'content:together.*': ['content:together.*'],
  'content:button.*': ['content:button.*'],
  'content:ask.*': ['content:ask.*'],
  'content:answer.*': ['content:answer.*'],
  'content:problem.*': ['content:problem.*'],
  'cards:mark.*': ['cards:mark.*'],
  'cards:open.*': ['cards:open.*'],
  'commands:*': ['commands:*'],
  'deadlines:arrived.*': ['deadlines:arrived.*'],
  'deadlines:leader.*': ['deadlines:leader.*'],
  'deadlines:left.*': ['deadlines:left.*'],
  'deadlines:notice.stays-*': ['deadlines:notice.stays-*'],
  'deadlines:notice.up-*': ['deadlines:notice.up-*'],
  'deadlines:nudge.*': ['deadlines:nudge.*'],
  'deadlines:overdue.*': ['deadlines:overdue.*'],
  'deadlines:stays.*': ['deadlines:stays.*'],
  'deadlines:where.*': ['deadlines:where.*'],
  // How the sender calls a file: no text.
  'evidence:*': [],
  'evidence:caption.*': ['evidence:caption.*'],
  'evidence:said.*': ['evidence:said.answer', 'evidence:said.addition'],
  'evidence:told.*': ['evidence:told.*'],
  'dialogue:button.*': ['dialogue:button.*'],
  'dialogue:cared.*': ['dialogue:cared.*'],
  'dialogue:reopened.*': ['dialogue:reopened.*'],
  'dialogue:said.*': ['dialogue:said.*'],
  'dialogue:shown.*': ['dialogue:shown.*'],
  'dialogue:taken.*': ['dialogue:taken.*'],
  'dialogue:warning.*': ['dialogue:warning.*'],
  'handling:answer.*': ['handling:answer.*'],
  'handling:body.*': ['handling:body.*'],
  'handling:button.*': ['handling:button.*'],
  'handling:from.*': ['handling:from.*'],
  'handling:reason.*': ['handling:reason.*'],
  'handling:result.*': ['handling:result.*'],
  'handling:sure.*': ['handling:sure.*'],
  'dialogue:group.*': ['dialogue:group.answer', 'dialogue:group.addition'],
  'handling:told.*': ['handling:told.*'],
  'groups:alarm.*': ['groups:alarm.broken', 'groups:alarm.broken-top'],
  'groups:bind.*': [
    'groups:bind.wrong-code',
    'groups:bind.expired-code',
    'groups:bind.chat-taken',
    'groups:bind.already-bound',
  ],
  'groups:enrol.*': ['groups:enrol.*'],
  'groups:mark.*': ['groups:mark.*'],
  'groups:rights.*': ['groups:rights.can_manage_topics', 'groups:rights.can_delete_messages'],
  'groups:roster.*': ['groups:roster.*'],
  'groups:state.*': ['groups:state.*'],
  'interview:file.*': ['interview:file.*'],
  'interview:files.*': ['interview:files.*'],
  'interview:nav.clear-*': ['interview:nav.clear-*'],
  'interview:nav.done-*': ['interview:nav.done-*'],
  'interview:severity.*': ['interview:severity.*'],
  'interview:voice-wish.button.*': ['interview:voice-wish.button.*'],
  'interview:voice-wish.done.*': ['interview:voice-wish.done.*'],
  'interview:voice-wish.now.*': ['interview:voice-wish.now.*'],
  'interview:voice-wish.offer.*': ['interview:voice-wish.offer.*'],
  'poster:count.*': ['poster:count.*'],
  'poster:hotlines.*': ['poster:hotlines.12380', 'poster:hotlines.12388', 'poster:hotlines.110'],
  'poster:rules.*': ['poster:rules.*'],
  'reminders:alarm.*': ['reminders:alarm.*'],
  'reminders:button.*': ['reminders:button.*'],
  'reminders:cron.*': ['reminders:cron.*'],
  'reminders:cron.field.*': ['reminders:cron.field.*'],
  'reminders:edit.*': ['reminders:edit.changed', 'reminders:edit.unchanged'],
  'reminders:effect.*': ['reminders:effect.*'],
  'reminders:mark.*': ['reminders:mark.*'],
  'reminders:offset.*': ['reminders:offset.*'],
  'reminders:policy.*': ['reminders:policy.*'],
  'reminders:run.*': ['reminders:run.*'],
  'reminders:state.*': ['reminders:state.*'],
  'reminders:told.*': ['reminders:told.*'],
  'sandbox:attach.*': ['sandbox:attach.*'],
  'sandbox:composer.*': ['sandbox:composer.reply', 'sandbox:composer.edit'],
  'sandbox:faults.advance.*': ['sandbox:faults.advance.*'],
  'sandbox:faults.kinds.*': ['sandbox:faults.kinds.*'],
  'sandbox:faults.limit.*': ['sandbox:faults.limit.*'],
  'sandbox:group.*': ['sandbox:group.*'],
  'sandbox:media.*': ['sandbox:media.*'],
  'sandbox:newGroup.*': [
    'sandbox:newGroup.group',
    'sandbox:newGroup.supergroup',
    'sandbox:newGroup.forum',
  ],
  'sandbox:pane.*': ['sandbox:pane.villager', 'sandbox:pane.group', 'sandbox:pane.admin'],
  'sandbox:phone.*': ['sandbox:phone.*'],
  'sandbox:picker.*': ['sandbox:picker.villager', 'sandbox:picker.admin'],
  'sandbox:role.*': ['sandbox:role.*'],
  'sandbox:service.*': ['sandbox:service.*'],
  'sandbox:tabs.*': ['sandbox:tabs.villager', 'sandbox:tabs.group', 'sandbox:tabs.admin'],
  'sandbox:tour.step.*': ['sandbox:tour.step.*'],
  'tips:acknowledge.*': ['tips:acknowledge.*'],
  'tips:asking.*.*': ['tips:asking.*.*'],
  'tips:asking.*.question': ['tips:asking.*.question'],
  'tips:month.*': ['tips:month.*'],
  'tips:part-of-day.*': ['tips:part-of-day.*'],
  'tips:refused.*': ['tips:refused.*'],
  'receipt:button.*': ['receipt:button.*'],
  'identity:appeal.*': ['identity:appeal.*'],
  'identity:lift.*': ['identity:lift.*'],
  'identity:mute.*': ['identity:mute.*'],
  'identity:agree.*': ['identity:agree.*'],
  'identity:hold.*': ['identity:hold.*'],
  'content:import.problem.*': ['content:import.problem.*'],
  'identity:role.*': ['identity:role.*'],
  'identity:staff.no-*': ['identity:staff.no-*'],
  'identity:staff.sure-*': ['identity:staff.sure-*'],
  'identity:button.*': ['identity:button.custodian', 'identity:button.editor'],
  'identity:invite.*': ['identity:invite.*'],
  'identity:invite.accepted-*': ['identity:invite.accepted-*'],
  'identity:open.*': ['identity:open.*'],
  'identity:show.*': ['identity:show.*'],
  'identity:unhold.*': ['identity:unhold.*'],
  'receipt:*.*': ['receipt:withdraw.ask', 'receipt:withdraw.sure', 'receipt:erase.sure'],
  'receipt:button.*-*': ['receipt:button.*-*'],
  'receipt:erase.ask-*': ['receipt:erase.ask-*'],
  'receipt:erase.done-*': ['receipt:erase.done-*'],
  'receipt:level.*': ['receipt:level.*'],
  'receipt:pin.*': ['receipt:pin.*'],
  'receipt:result.*': ['receipt:result.*'],
  'receipt:state.*': ['receipt:state.*'],
  'receipt:unheard.*': ['receipt:unheard.*'],
  'receipt:withdraw.*': ['receipt:withdraw.*'],
  'tips:status.*': [
    'tips:status.slip',
    'tips:status.unknown',
    'tips:status.no-code',
    'tips:status.only-number',
    'tips:status.digits',
    'tips:status.wait',
    'tips:status.held',
    'tips:status.waiting',
    'tips:status.acknowledged',
    'tips:status.closed',
  ],
  'subscribers:button.*': ['subscribers:button.*'],
  'subscribers:distributors.*': [
    'subscribers:distributors.no-name',
    'subscribers:distributors.too-long',
    'subscribers:distributors.name-taken',
  ],
  'subscribers:hour.*': ['subscribers:hour.*'],
  'subscribers:role.*': ['subscribers:role.*'],
  'subscribers:settings.state.*': ['subscribers:settings.state.*'],
  'subscribers:topic.*': ['subscribers:topic.*'],
  'tips:what.*': ['tips:what.*'],
}

/** Texts that pop up over a button: Telegram takes 200 characters there. */
const toasts = [
  'cards:open.*',
  'common:oldButton',
  'content:answer.published',
  'content:answer.over',
  'content:answer.own',
  'identity:lift.not-allowed',
  'identity:mute.not-enrolled',
  'dialogue:gone',
  'dialogue:voice.over',
  'handling:answer.*',
  'tips:acknowledge.*',
  'understanding:answeredBefore',
  'understanding:askedBefore',
  'understanding:gone',
  'understanding:thanksBefore',
]
const toastMaxLength = 200
const messageMaxLength = 4_096
const commandMaxLength = 256
/** Stands for whatever is filled in: a group's name is rarely longer. */
const filledIn = 'x'.repeat(30)

/** Words of ours, or of law that does not apply, which no villager and no supervisor should have to read. */
const jargon = /沙盒|队列|死信|数据库|令牌|回调|载荷|异常|报错|undefined|null|NaN|payload|webhook/i
/** Art. 256 covers people's congresses only: threatening a villager with it would be wrong. */
const wrongLaw = /破坏选举罪|(刑法|第)(二百五十六|256)|crime of (disrupting|sabotaging) elections/i
/** Telegram sees who writes to whom, so we promise to be confidential; only admins of a chat are anonymous there. */
const anonymity = /匿名|anonym/i
const anonymousAdmin = /管理员|\badmin/i
const aboutAnonymousAdmins = ['sandbox:group.hideName', 'sandbox:group.showName']

const texts = Object.fromEntries(
  Object.entries(readTexts()).map(([language, nouns]) => [
    language,
    new Map(Object.entries(nouns).flatMap(([noun, tree]) => flatten(`${noun}:`, tree))),
  ]),
)
const chinese = texts['zh-CN'] ?? new Map<string, string>()
const others = languages.filter((language) => language !== 'zh-CN')
const everyText = languages.flatMap((language) =>
  [...(texts[language] ?? [])].map(([key, text]) => ({ language, key, text })),
)
const { literals, templates } = readUsedKeys()

describe('the texts', () => {
  it.each(others)('have in %s the keys of Chinese', (language) => {
    expect([...(texts[language]?.keys() ?? [])].sort()).toEqual([...chinese.keys()].sort())
  })

  it.each(others)('have in %s the parameters of Chinese', (language) => {
    const different = [...(texts[language] ?? [])].filter(
      ([key, text]) => `${paramsOf(text)}` !== `${paramsOf(chinese.get(key) ?? '')}`,
    )
    expect(different.map(([key]) => key)).toEqual([])
  })

  it('say something', () => {
    expect(keysOf(({ text }) => text.trim() === '' || /\{\{\s*\}\}|\bTODO\b/.test(text))).toEqual(
      [],
    )
  })

  it('fit into a message', () => {
    expect(keysOf(({ text }) => fill(text).length > messageMaxLength)).toEqual([])
  })

  it('fit over a button where they pop up there', () => {
    const isToast = (key: string) => toasts.some((pattern) => matches(pattern, key))
    expect(keysOf(({ key, text }) => isToast(key) && fill(text).length > toastMaxLength)).toEqual(
      [],
    )
  })

  it('fit into the menu where they describe a command', () => {
    const wrong = keysOf(
      ({ key, text }) => key.startsWith('commands:') && text.length > commandMaxLength,
    )
    expect(wrong).toEqual([])
  })

  it('speak plainly: none of our own words, outside of the sandbox page', () => {
    const wrong = keysOf(
      ({ language, key, text }) =>
        language === 'zh-CN' && !key.startsWith('sandbox:') && jargon.test(text),
    )
    expect(wrong).toEqual([])
  })

  it('threaten nobody with a law that does not cover village elections', () => {
    expect(keysOf(({ text }) => wrongLaw.test(text))).toEqual([])
  })

  it('promise confidence, never anonymity', () => {
    const wrong = keysOf(
      ({ key, text }) =>
        anonymity.test(text) && !anonymousAdmin.test(text) && !aboutAnonymousAdmins.includes(key),
    )
    expect(wrong).toEqual([])
  })
})

describe('the keys', () => {
  it('that the code names exist', () => {
    const missing = [...literals].filter(([key]) => !chinese.has(key))
    expect(missing.map(([key, path]) => `${path}: ${key}`)).toEqual([])
  })

  it('that the code composes are listed here with what they can be', () => {
    const unlisted = [...templates].filter(([template]) => !(template in composed))
    expect(unlisted.map(([template, path]) => `${path}: ${template}`)).toEqual([])
    expect(Object.keys(composed).filter((template) => !templates.has(template))).toEqual([])
  })

  it('that can be composed exist', () => {
    const empty = Object.values(composed)
      .flat()
      .filter((pattern) => ![...chinese.keys()].some((key) => matches(pattern, key)))
    expect(empty).toEqual([])
  })

  it('are all used', () => {
    const patterns = Object.values(composed).flat()
    const unused = [...chinese.keys()].filter(
      (key) => !literals.has(key) && !patterns.some((pattern) => matches(pattern, key)),
    )
    expect(unused).toEqual([])
  })
})

/** Keys as they stand in src/, each with a file that has it. The page leaves its own noun, sandbox, out. */
function readUsedKeys() {
  const nouns = [...new Set([...chinese.keys()].map((key) => key.split(':')[0]))].join('|')
  const groups = [...chinese.keys()].flatMap((key) => /^sandbox:(\w+)/.exec(key)?.[1] ?? [])
  const named = new RegExp(`(['\`])((?:${nouns}):[^'\`\\s]+)\\1`, 'g')
  const onPage = new RegExp(`(['\`])((?:${[...new Set(groups)].join('|')})\\.[^'\`\\s]+)\\1`, 'g')
  const found = { literals: new Map<string, string>(), templates: new Map<string, string>() }
  for (const { path, text } of readSourceFiles('src')) {
    const isPage = path.startsWith('src/sandbox/page/')
    for (const [, quote, written = ''] of text.matchAll(isPage ? onPage : named)) {
      const key = `${isPage ? 'sandbox:' : ''}${written}`
      if (quote === "'") found.literals.set(key, path)
      else found.templates.set(key.replace(/\$\{[^}]*\}/g, '*'), path)
    }
  }
  return found
}

function flatten(prefix: string, tree: unknown): [string, string][] {
  if (typeof tree === 'string') return [[prefix.replace(/\.$/, ''), tree]]
  return Object.entries(tree as object).flatMap(([key, value]) =>
    flatten(`${prefix}${key}.`, value),
  )
}

function keysOf(isWrong: (text: (typeof everyText)[number]) => boolean): string[] {
  return everyText.filter(isWrong).map(({ language, key }) => `${language} ${key}`)
}

function paramsOf(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name)),
  ].sort()
}

function fill(text: string): string {
  return text.replace(/\{\{\s*\w+\s*\}\}/g, filledIn)
}

/** "*" is one word. */
function matches(pattern: string, key: string): boolean {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[\\w-]+')}$`).test(key)
}
