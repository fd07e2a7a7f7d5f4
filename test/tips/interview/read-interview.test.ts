import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shippedInterviewFile } from '../../../src/tips/filing/interview-versions.ts'
import { readInterview } from '../../../src/tips/interview/read-interview.ts'

type Step = {
  name: string
  kind: string
  text: Record<string, string>
  label?: Record<string, string>
  choices?: { code: string; label: Record<string, string>; to?: string; [more: string]: unknown }[]
  [more: string]: unknown
}
type File = { version: string; steps: Step[]; severity: object[]; [more: string]: unknown }

const bytes = readFileSync(shippedInterviewFile)
const words = (text: string) => ({ 'zh-CN': text, en: text })

/** The problems of the shipped file after a change, as the command prints them. */
function problemsAfter(change: (file: File, step: (name: string) => Step) => void): string[] {
  const file = JSON.parse(bytes.toString()) as File
  change(file, (name) => {
    const found = file.steps.find((step) => step.name === name)
    if (!found) throw new Error(name)
    return found
  })
  return problemsOf(JSON.stringify(file))
}

function problemsOf(text: string | Uint8Array): string[] {
  const reading = readInterview(typeof text === 'string' ? Buffer.from(text) : text)
  return reading.ok ? [] : reading.problems.map(({ at, text }) => `${at}: ${text}`)
}

const remove = (file: File, name: string) => {
  file.steps = file.steps.filter((step) => step.name !== name)
}
const insert = (file: File, before: string, step: Partial<Step> & { name: string }) => {
  const at = file.steps.findIndex(({ name }) => name === before)
  file.steps.splice(at, 0, { kind: 'text', text: words('?'), label: words('x'), ...step })
}
const choiceOf = ({ choices = [] }: Step, index = 0) => {
  const choice = choices[index]
  if (!choice) throw new Error('There is no such choice')
  return choice
}

describe('the shipped interview', () => {
  it('is in order', () => {
    expect(problemsOf(bytes)).toEqual([])
  })

  it('speaks plainly, promises confidence and no more, and threatens nobody', () => {
    const texts = [...bytes.toString().matchAll(/"(?:zh-CN|en)": "(.*)"/g)].map(([, text]) => text)
    expect(texts.length).toBeGreaterThan(100)
    const wrong = /匿名|anonym|数据库|机器人|提交|附件|输入|选项|破坏选举罪|payload|null|undefined/i
    expect(texts.filter((text = '') => wrong.test(text))).toEqual([])
  })

  it('is another version when a word changes, and the same when only the form of the file does', () => {
    const idOf = (text: string) => {
      const reading = readInterview(Buffer.from(text))
      return reading.ok ? reading.interview.id : null
    }
    const same = JSON.stringify(JSON.parse(bytes.toString()))
    expect(idOf(same)).toBe(idOf(bytes.toString()))
    expect(idOf(bytes.toString().replace('出了什么事', '发生了什么'))).not.toBe(idOf(same))
  })
})

describe('a file', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['with a comma too many', '{"version": "1",\n "steps": [,]}', /^line 2: Here it is no JSON/],
    ['that ends too early', '{"version": "1",\n', /^line \d: Here it is no JSON/],
    ['that is not UTF-8', Buffer.from([0xff, 0xfe, 0x41]), /^file: It is not UTF-8/],
    ['that is a list', '[]', /^file: It must be of type object/],
    ['without steps', '{"version": "1"}', /^steps: It is missing/],
  ])('%s is explained', (_, text, sentence) => {
    expect(problemsOf(text).join('\n')).toMatch(sentence)
  })

  it.each<[string, Parameters<typeof problemsAfter>[0], string]>([
    [
      'a text that is missing in a language',
      (_, step) => delete step('who').text.en,
      'steps[5] “who”, text, en: It is missing.',
    ],
    [
      'a label too long for a button',
      (_, step) => (choiceOf(step('what'), 1).label = words('长'.repeat(61))),
      'steps[1] “what”, choices[1] “treat”, label, zh-CN: It is too long: 61 characters, at most 60 are allowed.',
    ],
    [
      'a text that is too long',
      (_, step) => (step('where').text['zh-CN'] = '长'.repeat(1_501)),
      'steps[4] “where”, text, zh-CN: It is too long: 1501 characters, at most 1500 are allowed.',
    ],
    [
      'a misspelt field',
      (_, step) => (step('who').optinal = true),
      'steps[5] “who”: There is no field “optinal” here. Is it misspelt?',
    ],
    [
      'a language that there is not',
      (_, step) => (step('who').text.fr = 'Qui ?'),
      'steps[5] “who”, text: There is no field “fr” here. Is it misspelt?',
    ],
    [
      'a kind of question that there is not',
      (_, step) => (step('who').kind = 'number'),
      'steps[5] “who”, kind: “number” is unknown. Known are: notice, choice,',
    ],
    [
      'a name with other characters',
      (file) => insert(file, 'details', { name: '数量' }),
      '“数量” must be of lower-case letters, digits, - and _',
    ],
    [
      'a condition on a step that there is not',
      (_, step) => (step('item').if = { waht: ['cash'] }),
      'step “item”, if: There is no step “waht”.',
    ],
    [
      'a condition on an answer that there is not',
      (_, step) => (step('item').if = { what: ['gold'] }),
      'step “item”, if: “what” has no choice “gold”. It has: cash, treat,',
    ],
    [
      'a condition on a later answer',
      (_, step) => (step('role').if = { known: ['saw'] }),
      'step “role”, if: “known” is asked later, so its answer is not known here.',
    ],
    [
      'a condition on own words',
      (_, step) => (step('item').if = { who: ['dai'] }),
      'step “item”, if: “who” has no choices that are answers',
    ],
    [
      'a step whose conditions contradict each other',
      (_, step) => {
        const total = step('total')
        total.if = { what: ['violence'], amount: ['to-500'] }
      },
      'step “total”: It can never be reached: no answer to “what” fits its conditions.',
    ],
    [
      'a step that every fork leads past',
      (_, step) => {
        for (const choice of step('more').choices ?? []) choice.to = 'details'
      },
      'step “item”: It can never be reached: every fork before it leads past it.',
    ],
    [
      'a fork that leads back',
      (_, step) => (choiceOf(step('more')).to = 'who'),
      'step “more”, choice “more”: It leads back to “who”: a villager could go in circles.',
    ],
    [
      'a fork that leads to itself',
      (_, step) => (choiceOf(step('more')).to = 'more'),
      'step “more”, choice “more”: It leads back to “more”',
    ],
    [
      'a fork that leads nowhere',
      (_, step) => (choiceOf(step('more')).to = 'mroe'),
      'step “more”, choice “more”: It leads to “mroe”, and there is no such step.',
    ],
    [
      'two steps of one name',
      (file) => insert(file, 'details', { name: 'who' }),
      'There is a step “who” already (steps[5]). Rename one.',
    ],
    [
      'two choices of one code',
      (_, step) => (choiceOf(step('role'), 1).code = 'candidate'),
      'step “role”, choice “candidate”: This step has a choice with that code already.',
    ],
    [
      'two buttons that read the same',
      (_, step) => (choiceOf(step('role'), 1).label = choiceOf(step('role')).label),
      'step “role”, choice “helper”: Its label is the same as that of “candidate”',
    ],
    [
      'a code that means something else',
      (_, step) => (choiceOf(step('known')).code = 'back'),
      'step “known”, choice “back”: “back” is a word of ours.',
    ],
    [
      'a name that means something else',
      (file) => insert(file, 'details', { name: 'cancel' }),
      '“cancel” is a word of ours.',
    ],
    [
      'a category that the service does not know',
      (_, step) => (choiceOf(step('what')).code = 'money'),
      'step “what”, choice “money”: The service does not know “money”. Known are: cash,',
    ],
    [
      'a list of what happened that leaves somebody stuck',
      (_, step) => {
        const what = step('what')
        what.choices = what.choices?.filter(({ code }) => !/other|unknown/.test(code))
      },
      'step “what”: It needs the choice “other” or “unknown”',
    ],
    [
      'violence without the notice of 110',
      (file) => remove(file, 'danger'),
      'step “what”, choice “violence”: The next step must be a notice that names 110',
    ],
    [
      'a question of time that is not always asked',
      (_, step) => (step('when').if = { what: ['cash'] }),
      'step “when”: It must be asked of everybody but those who said that it is happening now',
    ],
    [
      'a village that may be left out',
      (_, step) => (step('where').optional = true),
      'step “where”: It cannot be optional: the village decides which group gets the tip.',
    ],
    [
      'a first step that is no notice',
      (file) => file.steps.shift(),
      'steps[0]: The first step must be a notice without condition',
    ],
    [
      'a last step that is no review',
      (file) => file.steps.reverse(),
      'The last step must be the review.',
    ],
    [
      'a question in a group that must be answered',
      (_, step) => (step('item').optional = false),
      'step “item”: It stands in a group that can be skipped as a whole',
    ],
    [
      'a placeholder that nothing fills',
      (_, step) => (step('who').text.en = 'Who? {{maximum}}'),
      'step “who”, text (en): {{maximum}} is unknown. Known is {{max}}.',
    ],
    [
      'a rule of severity behind one that always holds',
      (file) => file.severity.unshift({ level: 'high' }),
      'severity[0]: It has no condition, so the rules behind it never count.',
    ],
    [
      'a rule of severity about nothing',
      (file) => file.severity.push({ level: 'high', if: { amount: ['million'] } }),
      'if: “amount” has no choice “million”.',
    ],
    [
      'a level of severity that there is not',
      (file) => file.severity.push({ level: 'extreme' }),
      'severity[3], level: “extreme” is unknown. Known are: normal, high, urgent.',
    ],
  ])('with %s is explained', (_, change, sentence) => {
    expect(problemsAfter(change).join('\n')).toContain(sentence)
  })

  it.each(['what', 'where', 'who', 'role', 'when', 'details', 'files', 'review'])(
    'without “%s” is refused',
    (name) => {
      const problems = problemsAfter((file) => remove(file, name))
      expect(problems.join('\n')).toContain(`The step “${name}” is missing`)
    },
  )

  it('with a question more, or other words, is in order', () => {
    const problems = problemsAfter((file, step) => {
      step('who').text['zh-CN'] = '您看见谁了？'
      insert(file, 'details', { name: 'weather', optional: true })
      insert(file, 'files', {
        name: 'rain',
        kind: 'choice',
        choices: [
          { code: 'yes', label: words('下雨') },
          { code: 'no', label: words('没有下雨') },
        ],
      })
    })
    expect(problems).toEqual([])
  })
})
