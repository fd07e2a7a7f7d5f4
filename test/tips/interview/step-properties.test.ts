import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessages, languages } from '../../../src/messages/messages.ts'
import { answerText } from '../../../src/tips/interview/answer-text.ts'
import {
  createDraft,
  type Draft,
  type DraftEvent,
  textOf,
  voicesOf,
} from '../../../src/tips/interview/draft.ts'
import {
  detailsMaxLength,
  filesMaxCount,
  getStep,
  type Interview,
} from '../../../src/tips/interview/interview.ts'
import {
  messageMaxLength,
  renderScreen,
  renderText,
} from '../../../src/tips/interview/render-screen.ts'
import { present } from '../../../src/tips/interview/screen.ts'
import { step } from '../../../src/tips/interview/step.ts'
import { findMissing } from '../../../src/tips/interview/walk.ts'
import { anyEventOf, press, say, shipped, today, village, voiceWishes } from './draft-events.ts'
import { anyInterview } from './random-interview.ts'

const messages = await createMessages()

type Scene = { interview: Interview; events: (DraftEvent | null)[]; last: DraftEvent }

/** Null: a proper answer to the present question. Without these no story would get far. */
const sceneOf = (interview: Interview): fc.Arbitrary<Scene> =>
  fc.record({
    interview: fc.constant(interview),
    events: fc.array(fc.option(anyEventOf(interview), { freq: 2 }), { maxLength: 40 }),
    last: anyEventOf(interview),
  })

const scenes: [string, fc.Arbitrary<Scene>, number][] = [
  ['the shipped interview', sceneOf(shipped), 300],
  ['any interview that passes the check', anyInterview.chain(sceneOf), 200],
]

/** What somebody does who only reads the present question and answers it. */
function obey(interview: Interview, draft: Draft): DraftEvent {
  if (draft.asking) return press(draft.asking, draft.asking === 'resume' ? 'continue' : 'no')
  const asked = getStep(interview, draft.step)
  const chosen = press(asked.name, asked.choices?.[0]?.code ?? '')
  const answers: Record<typeof asked.kind, DraftEvent> = {
    notice: press(asked.name, 'continue'),
    choice: chosen,
    'choice-or-text': chosen,
    fork: chosen,
    place: press(asked.name, 'a30', village),
    text: say('戴某'),
    story: draft.answers.details ? press('details', 'done') : say('高个子，戴眼镜'),
    files: press('files', 'done'),
    review: press('review', 'submit'),
  }
  return answers[asked.kind]
}

function playAll({ interview, events }: Scene): Draft {
  return events.reduce(
    (draft, event) => step(interview, draft, event ?? obey(interview, draft), today).draft,
    createDraft(interview),
  )
}

describe.each(scenes)('whatever a villager sends to %s', (_, scene, numRuns) => {
  it('is answered in both languages with messages that Telegram takes', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(...languages), (played, language) => {
        const { screen } = step(played.interview, playAll(played), played.last, today)
        for (const message of renderScreen(messages.in(language), screen)) {
          expect(message.text.length).toBeGreaterThan(0)
          expect(message.text.length).toBeLessThanOrEqual(messageMaxLength)
          expect(message.text).not.toMatch(/\{\{|tips:|interview:/)
          for (const button of message.keyboard?.flat() ?? [])
            expect(Buffer.byteLength('data' in button ? button.data : '')).toBeLessThanOrEqual(64)
        }
      }),
      { numRuns },
    )
  })

  it('leaves a way on at every question, and a way to file by answering one after the other', () => {
    fc.assert(
      fc.property(scene, (played) => {
        const { interview } = played
        let draft = playAll(played)
        const most = 2 * interview.steps.length + 10
        for (let moves = 0; moves < most; moves++) {
          expect(present(interview, draft).keyboard.flat()).not.toEqual([])
          const result = step(interview, draft, obey(interview, draft), today)
          if (result.next === 'submit') {
            expect(findMissing(interview, draft)).toBeNull()
            return
          }
          draft = result.draft
        }
        throw new Error(`Still at ${draft.step} after ${most} answers`)
      }),
      { numRuns },
    )
  })

  it('is removed by nothing but a second question', () => {
    fc.assert(
      fc.property(scene, (played) => {
        const { interview, last } = played
        const before = playAll(played)
        const { draft, next, files } = step(interview, before, last, today)
        const isConfirmed = before.asking !== null && last.kind === 'press'
        if (isConfirmed && (next !== 'save' || last.step === 'clear')) return
        expect(files).not.toBe('drop')
        expect(next).not.toBe('cancel')
        expect(draft.files.slice(0, before.files.length)).toEqual(before.files)
        expect(textOf(draft.answers.details)).toContain(textOf(before.answers.details))
        expect(voicesOf(draft.answers.details)).toEqual(
          expect.arrayContaining(voicesOf(before.answers.details)),
        )
        expect(Object.keys(draft.answers)).toEqual(
          expect.arrayContaining(Object.keys(before.answers)),
        )
      }),
      { numRuns },
    )
  })

  it('is kept if it is a file that there is room for, once the notice was read', () => {
    fc.assert(
      fc.property(scene, (played) => {
        const before = playAll(played)
        const { interview } = played
        const isBefore = before.step === interview.steps[0]?.name
        const result = step(interview, before, { kind: 'file', what: 'voice' }, today)
        const isKept = !isBefore && before.files.length < filesMaxCount
        expect(result.files === 'keep').toBe(isKept)
        expect(result.draft.files.length).toBe(before.files.length + (isKept ? 1 : 0))
      }),
      { numRuns },
    )
  })

  it('stands in the review, every answer of it', () => {
    fc.assert(
      fc.property(scene, (played) => {
        const { interview } = played
        const draft: Draft = { ...playAll(played), step: 'review', asking: null }
        const t = messages.in('zh-CN')
        const shown = renderScreen(t, present(interview, draft))
          .map(({ text }) => text)
          .join('')
        for (const name of [...Object.keys(draft.answers), 'files']) {
          const answer = answerText(interview, draft, name)
          // Long ones are cut into several messages, with the white space at the cuts gone.
          const words = answer === null ? '' : renderText(t, answer)
          expect(shown.replace(/\s/g, '')).toContain(words.replace(/\s/g, ''))
        }
      }),
      { numRuns },
    )
  })

  it('has its voice changed or kept as the last button said, and takes nothing else for that', () => {
    const isWish = (event: DraftEvent | null) => event?.kind === 'press' && event.step === 'voice'
    fc.assert(
      fc.property(scene, fc.constantFrom(...voiceWishes), (played, wish) => {
        const { interview, last } = played
        const before = playAll(played)
        const { draft } = step(interview, before, wish, today)
        const { asking, step: at, answers, files } = before
        expect(draft).toMatchObject({ asking, step: at, answers, files })
        const after = step(interview, draft, last, today)
        if (!isWish(last) && after.next === 'save') expect(after.draft.voice).toEqual(draft.voice)
      }),
      { numRuns },
    )
  })

  it('stays within what a draft may hold and survives being stored', () => {
    fc.assert(
      fc.property(scene, (played) => {
        const draft = playAll(played)
        expect([...textOf(draft.answers.details)].length).toBeLessThanOrEqual(detailsMaxLength)
        expect(draft.files.length).toBeLessThanOrEqual(filesMaxCount)
        expect(draft.trail.length).toBeLessThan(played.interview.steps.length)
        expect(JSON.parse(JSON.stringify(draft))).toEqual(draft)
      }),
      { numRuns },
    )
  })
})
