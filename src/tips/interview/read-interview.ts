import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { checkInterview } from './check-interview.ts'
import type { Interview } from './interview.ts'
import type { InterviewProblem } from './interview-problem.ts'
import { interviewSchema } from './interview-schema.ts'

export type InterviewReading =
  | { ok: true; interview: Interview }
  | { ok: false; problems: InterviewProblem[] }

/** Reads an interview file and tells everything that is wrong with it. */
export function readInterview(bytes: Uint8Array): InterviewReading {
  const parsed = parseJson(bytes)
  if ('problem' in parsed) return { ok: false, problems: [parsed.problem] }
  const formed = interviewSchema.safeParse(parsed.value)
  if (!formed.success) {
    const problems = formed.error.issues.map((issue) => describeIssue(issue, parsed.value))
    return { ok: false, problems }
  }
  const problems = checkInterview(formed.data)
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, interview: { ...formed.data, id: idOf(formed.data) } }
}

/** One that was read and checked before; null when this version of the service understands it no more. */
export function reopenInterview(value: unknown): Interview | null {
  const formed = interviewSchema.safeParse(value)
  return formed.success ? { ...formed.data, id: idOf(formed.data) } : null
}

/** Two files that say the same are the same version, wherever their line breaks are. */
function idOf(file: object): string {
  return createHash('sha256').update(JSON.stringify(file)).digest('hex').slice(0, 16)
}

function parseJson(bytes: Uint8Array): { value: unknown } | { problem: InterviewProblem } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { problem: { at: 'file', text: 'It is not UTF-8. Save it as UTF-8.' } }
  }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    return {
      problem: {
        at: placeOf(text, reason),
        text: 'Here it is no JSON any more: is a comma, a quotation mark or a bracket missing or one too many?',
      },
    }
  }
}

/** Node names the position, or line and column, or that the text ended. */
function placeOf(text: string, reason: string): string {
  const position = /position (\d+)/.exec(reason)?.[1]
  const before = position === undefined ? text : text.slice(0, Number(position))
  return `line ${before.split('\n').length}`
}

type Issue = z.core.$ZodIssue

function describeIssue(issue: Issue, file: unknown): InterviewProblem {
  return { at: pathOf(issue.path, file), text: sentenceOf(issue, valueAt(issue.path, file)) }
}

function sentenceOf(issue: Issue, value: unknown): string {
  if (value === undefined && issue.code !== 'unrecognized_keys') return 'It is missing.'
  switch (issue.code) {
    case 'unrecognized_keys':
      return `There is no field ${issue.keys.map((key) => `“${key}”`).join(', ')} here. Is it misspelt?`
    case 'invalid_type':
      return `It must be of type ${issue.expected}.`
    case 'invalid_value':
      return `“${String(value)}” is unknown. Known are: ${issue.values.join(', ')}.`
    case 'invalid_format':
      return `“${String(value)}” must be of lower-case letters, digits, - and _, begin with a letter and have at most 24 characters.`
    case 'invalid_key':
      return 'The name of this field is not the name of a step.'
    case 'too_big':
      return typeof value === 'string'
        ? `It is too long: ${value.length} characters, at most ${issue.maximum} are allowed.`
        : `It is too much: at most ${issue.maximum}.`
    case 'too_small':
      return typeof value === 'string'
        ? 'It is empty.'
        : `It is too little: at least ${issue.minimum}.`
    default:
      return issue.message
  }
}

/** steps[3] “when”, choices[1] “now”, label, en */
function pathOf(path: readonly PropertyKey[], file: unknown): string {
  const parts: string[] = []
  for (const [index, key] of path.entries()) {
    if (typeof key === 'number') {
      const name = nameOf(valueAt(path.slice(0, index + 1), file))
      parts.push(`${parts.pop() ?? ''}[${key}]${name === undefined ? '' : ` “${name}”`}`)
    } else parts.push(String(key))
  }
  return parts.join(', ') || 'file'
}

function nameOf(value: unknown): string | undefined {
  const { name, code } = Object(value) as { name?: unknown; code?: unknown }
  const found = name ?? code
  return typeof found === 'string' ? found : undefined
}

function valueAt(path: readonly PropertyKey[], file: unknown): unknown {
  return path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), file)
}
