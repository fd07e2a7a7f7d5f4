import { z } from 'zod'
import { languages } from '../../messages/messages.ts'

/** Longer ones are cut off by the phones that people have; Telegram itself would take more. */
const buttonMaxLength = 60
/** A label stands on a button too, behind “change: ”. */
const labelMaxLength = 24
/** A question is read on a small screen, with what was just sent above it. */
const textMaxLength = 1_500
const remarkMaxLength = 300
/** Of an answer in own words; what is longer belongs into the story. */
const answerMaxLength = 1_000
/** Name and code travel together in a button, whose data Telegram limits to 64 bytes. */
const namePattern = /^[a-z][a-z0-9_-]{0,23}$/

const name = z.string().regex(namePattern)
const words = (max: number) => z.record(z.enum(languages), z.string().trim().min(1).max(max))
const condition = z.record(name, z.array(name).min(1))

const choice = z.strictObject({
  code: name,
  label: words(buttonMaxLength),
  /** How the answer reads later, if not as the button; `{{date}}` is the day that it means. */
  shown: words(buttonMaxLength * 2).optional(),
  /** The day that `{{date}}` stands for, counted back from the day of the answer. */
  daysAgo: z.int().min(0).max(60).optional(),
  /** Said when it was chosen, before the next question. */
  remark: words(remarkMaxLength).optional(),
  /** Of a fork: the question that it leads to. */
  to: name.optional(),
})

const step = z.strictObject({
  name,
  kind: z.enum([
    'notice',
    'choice',
    'choice-or-text',
    'place',
    'text',
    'story',
    'files',
    'fork',
    'review',
  ]),
  /** What the villager is asked or told. */
  text: words(textMaxLength),
  /** How it is called in the review and on the card. */
  label: words(labelMaxLength).optional(),
  /** Of a notice: the button that goes on. */
  button: words(buttonMaxLength).optional(),
  choices: z.array(choice).min(1).max(30).optional(),
  maxLength: z.int().min(10).max(answerMaxLength).optional(),
  optional: z.boolean().default(false),
  /** Asked only if each of these questions was answered with one of these codes … */
  if: condition.optional(),
  /** … and none of these with one of those. */
  unless: condition.optional(),
  /** Questions in a row that can be skipped together. */
  group: name.optional(),
})

/** In the order of their weight. Deadlines follow from it. */
export const severities = ['normal', 'high', 'urgent'] as const
export type Severity = (typeof severities)[number]

const severityRule = z.strictObject({
  level: z.enum(severities),
  if: condition.optional(),
  unless: condition.optional(),
})

/** The form of an interview file; docs/data-formats.md explains it. What it means is looked at by `checkInterview`. */
export const interviewSchema = z.strictObject({
  version: z.string().trim().min(1).max(40),
  steps: z.array(step).min(1).max(80),
  /** The first that holds gives the severity of a tip; without any it is normal. */
  severity: z.array(severityRule).max(50).default([]),
})

export type InterviewFile = z.infer<typeof interviewSchema>
export type Step = z.infer<typeof step>
export type Choice = z.infer<typeof choice>
export type StepKind = Step['kind']
export type Condition = z.infer<typeof condition>
