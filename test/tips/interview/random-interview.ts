import fc from 'fast-check'
import type { Interview } from '../../../src/tips/interview/interview.ts'
import { readInterview } from '../../../src/tips/interview/read-interview.ts'
import { shipped } from './draft-events.ts'

const words = (text: string) => ({ 'zh-CN': text, en: text })
const codes = ['c1', 'c2', 'c3']
const choicesOf = (to?: string) =>
  codes.map((code) => ({ code, label: words(code), ...(to ? { to } : {}) }))

type Rough = { name: string; kind: string; [field: string]: unknown }
type Extra = {
  kind: 'notice' | 'choice' | 'choice-or-text' | 'text' | 'fork'
  optional: boolean
  isGrouped: boolean
  at: number
  /** Picks the question of its condition, and the target of a fork. */
  pick: number
  condition: 'if' | 'unless' | 'none'
}

const extra: fc.Arbitrary<Extra> = fc.record({
  kind: fc.constantFrom('notice', 'choice', 'choice-or-text', 'text', 'fork'),
  optional: fc.boolean(),
  isGrouped: fc.boolean(),
  at: fc.nat(100),
  pick: fc.nat(100),
  condition: fc.constantFrom('if', 'unless', 'none'),
})

const known = ['where', 'who', 'role', 'when', 'details', 'files']

/** The questions that every interview has in any order, and any others between them; only what the check lets pass. */
export const anyInterview: fc.Arbitrary<Interview> = fc
  .record({
    order: fc.shuffledSubarray(known, { minLength: known.length }),
    extras: fc.array(extra, { maxLength: 10 }),
    describes: fc.boolean(),
  })
  .map(({ order, extras, describes }) => compose(order, extras, describes))
  .map((steps) => readInterview(Buffer.from(JSON.stringify({ version: 'random', steps }))))
  .filter((reading) => reading.ok)
  .map((reading) => reading.interview)

function compose(order: string[], extras: Extra[], isStoryRequired: boolean): Rough[] {
  const named = (name: string): Rough => {
    const step = shipped.steps.find((candidate) => candidate.name === name)
    if (!step) throw new Error(name)
    const { group: _group, unless: _unless, ...plain } = step
    return name === 'details' ? { ...plain, optional: !isStoryRequired } : plain
  }
  const middle = order.map(named)
  extras.forEach(({ kind, optional, isGrouped, at }, index) => {
    middle.splice(at % (middle.length + 1), 0, {
      name: `x${index}`,
      kind,
      text: words(`x${index}`),
      ...(kind === 'notice' || kind === 'fork' ? {} : { label: words('x'), optional }),
      ...(isGrouped && optional && kind !== 'notice' && kind !== 'fork' ? { group: 'g' } : {}),
      ...(kind === 'choice' || kind === 'choice-or-text' ? { choices: choicesOf() } : {}),
    })
  })
  const steps = [named('safety'), named('what'), named('danger'), ...middle, named('review')]
  return steps.map((step, index) => withPaths(steps, step, index, extras))
}

/** Conditions on questions before, forks to questions behind. */
function withPaths(steps: Rough[], step: Rough, index: number, extras: Extra[]): Rough {
  const { condition, pick } = extras[Number(/^x(\d+)$/.exec(step.name)?.[1])] ?? {
    condition: 'none' as const,
    pick: 0,
  }
  const before = steps
    .slice(0, index)
    .filter(({ name, kind }) => /^x/.test(name) && /^choice/.test(kind))
  const asked = before[pick % Math.max(1, before.length)]
  const later = steps.slice(index + 1)
  const to = later[pick % Math.max(1, later.length)]?.name
  return {
    ...step,
    ...(condition !== 'none' && asked
      ? { [condition]: { [asked.name]: codes.slice(pick % 3) } }
      : {}),
    ...(step.kind === 'fork' ? { choices: choicesOf(to) } : {}),
  }
}
