import { atStep, type InterviewProblem } from './interview-problem.ts'
import type { Condition, InterviewFile, Step } from './interview-schema.ts'

/** Conditions and rules of severity must ask for answers that can be there by then. */
export function checkConditions({ steps, severity }: InterviewFile): InterviewProblem[] {
  return [
    ...steps.flatMap((step, index) => [
      ...checkCondition(steps, step.if, { at: `${atStep(step)}, if`, before: index }),
      ...checkCondition(steps, step.unless, { at: `${atStep(step)}, unless`, before: index }),
    ]),
    ...severity.flatMap((rule, index) => {
      const before = steps.length
      return [
        ...checkCondition(steps, rule.if, { at: `severity[${index}], if`, before }),
        ...checkCondition(steps, rule.unless, { at: `severity[${index}], unless`, before }),
        ...checkLaterRules(severity.length, rule, index),
      ]
    }),
  ]
}

function checkCondition(
  steps: Step[],
  condition: Condition | undefined,
  { at, before }: { at: string; before: number },
): InterviewProblem[] {
  return Object.entries(condition ?? {}).flatMap(([name, codes]) => {
    const index = steps.findIndex((candidate) => candidate.name === name)
    const step = steps[index]
    if (!step) return [{ at, text: `There is no step “${name}”.` }]
    if (index >= before) {
      const text = `“${name}” is asked later, so its answer is not known here. Move one of the two.`
      return [{ at, text }]
    }
    const known = step.choices?.map(({ code }) => code) ?? []
    if (known.length === 0 || step.kind === 'fork')
      return [
        { at, text: `“${name}” has no choices that are answers, so nothing can be asked of it.` },
      ]
    return codes
      .filter((code) => !known.includes(code))
      .map((code) => ({
        at,
        text: `“${name}” has no choice “${code}”. It has: ${known.join(', ')}.`,
      }))
  })
}

/** A rule that always holds makes those behind it useless. */
function checkLaterRules(
  count: number,
  rule: { if?: Condition | undefined; unless?: Condition | undefined },
  index: number,
): InterviewProblem[] {
  const isAlways = Object.keys({ ...rule.if, ...rule.unless }).length === 0
  if (!isAlways || index === count - 1) return []
  return [
    {
      at: `severity[${index}]`,
      text: 'It has no condition, so the rules behind it never count. Move it to the end.',
    },
  ]
}
