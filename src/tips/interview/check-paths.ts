import { atStep, type InterviewProblem } from './interview-problem.ts'
import type { InterviewFile, Step } from './interview-schema.ts'

/** A fork leads onward only: so nobody goes in circles, and everybody comes to the end. */
export function checkForks({ steps }: InterviewFile): InterviewProblem[] {
  return steps.flatMap((step, index) =>
    (step.choices ?? []).flatMap(({ code, to }): InterviewProblem[] => {
      const at = `${atStep(step)}, choice “${code}”`
      if (step.kind !== 'fork')
        return to === undefined ? [] : [{ at, text: '"to" is for a fork. Remove it.' }]
      if (to === undefined) return [{ at, text: 'A fork leads somewhere: it needs "to".' }]
      const target = steps.findIndex(({ name }) => name === to)
      if (target < 0) return [{ at, text: `It leads to “${to}”, and there is no such step.` }]
      const text = `It leads back to “${to}”: a villager could go in circles. A fork may only lead to a later step.`
      return target <= index ? [{ at, text }] : []
    }),
  )
}

/** Steps that no answer ever leads to. */
export function checkReach({ steps }: InterviewFile): InterviewProblem[] {
  const reached = findReached(steps)
  return steps.flatMap((step, index) => {
    const at = atStep(step)
    if (!reached.has(index))
      return [{ at, text: 'It can never be reached: every fork before it leads past it.' }]
    const never = findContradiction(steps, step)
    return never === null
      ? []
      : [{ at, text: `It can never be reached: no answer to “${never}” fits its conditions.` }]
  })
}

function findReached(steps: Step[]): Set<number> {
  const reached = new Set([0])
  steps.forEach((step, index) => {
    if (!reached.has(index)) return
    const targets = (step.choices ?? []).flatMap(({ to }) =>
      to === undefined ? [] : [steps.findIndex(({ name }) => name === to)],
    )
    // A fork with a condition may be passed over itself.
    const isPassable = step.kind !== 'fork' || step.if !== undefined || step.unless !== undefined
    for (const target of [...targets, ...(isPassable ? [index + 1] : [])]) reached.add(target)
  })
  return reached
}

/** The question of which no answer is left, when everything holds that this step and those it depends on ask for. */
function findContradiction(steps: Step[], step: Step): string | null {
  const wanted = new Map<string, string[]>()
  const denied = new Map<string, string[]>()
  const collect = ({ if: needed = {}, unless = {} }: Step): void => {
    for (const [name, codes] of Object.entries(unless))
      denied.set(name, [...(denied.get(name) ?? []), ...codes])
    for (const [name, codes] of Object.entries(needed)) {
      const before = wanted.get(name)
      wanted.set(name, before ? before.filter((code) => codes.includes(code)) : codes)
      const other = steps.find((candidate) => candidate.name === name)
      if (other) collect(other)
    }
  }
  collect(step)
  const isLeft = (name: string, codes: string[]) =>
    codes.some((code) => !denied.get(name)?.includes(code))
  return [...wanted].find(([name, codes]) => !isLeft(name, codes))?.[0] ?? null
}
