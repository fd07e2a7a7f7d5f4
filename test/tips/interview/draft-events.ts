import fc from 'fast-check'
import { loadInterview } from '../../../src/tips/filing/interview-versions.ts'
import {
  createDraft,
  type Draft,
  type DraftEvent,
  fileKinds,
  type Place,
  refusedKinds,
} from '../../../src/tips/interview/draft.ts'
import type { Interview } from '../../../src/tips/interview/interview.ts'
import { step } from '../../../src/tips/interview/step.ts'
import { voiceButton } from '../../../src/tips/interview/voice-wish.ts'

export const shipped = loadInterview()
export const today = '2017-03-28'
export const village: Place = {
  id: 30,
  above: [10, 20],
  name: '山底村',
  label: '山底村 · 大洲镇',
  path: '衢州市 衢江区 大洲镇 山底村',
  isLeaf: true,
}
export const township: Place = {
  id: 20,
  above: [10],
  name: '大洲镇',
  label: '大洲镇 · 衢江区',
  path: '衢州市 衢江区 大洲镇',
  isLeaf: false,
}

export const press = (stepName: string, value: string, place?: Place): DraftEvent => ({
  kind: 'press',
  step: stepName,
  value,
  place,
})
export const say = (text: string): DraftEvent => ({ kind: 'text', text })
export const speak: DraftEvent = { kind: 'file', what: 'voice' }
export const photo: DraftEvent = { kind: 'file', what: 'photo' }

/** Plays events from the start of the shipped interview. */
export const play = (...events: DraftEvent[]) => playFrom(createDraft(shipped), ...events)

export function playFrom(draft: Draft, ...events: DraftEvent[]) {
  const [first, ...others] = events
  if (!first) throw new Error('Nothing to play')
  let result = step(shipped, draft, first, today)
  for (const event of others) result = step(shipped, result.draft, event, today)
  return result
}

/** The shortest way to the review. */
export const toReview: DraftEvent[] = [
  press('safety', 'continue'),
  press('what', 'cash'),
  press('where', 'a30', village),
  say('戴某'),
  press('role', 'candidate'),
  press('when', 'today'),
  press('more', 'tell'),
  press('details', 'skip'),
  press('files', 'skip'),
]

const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', '\u200b', '跳过', '戴某', '他给每户发了两百块钱', '长'.repeat(200)),
  fc.constant('很长的话'.repeat(1_600)),
)
const place = fc.constantFrom(village, township, undefined)

export const voiceWishes = ['own-kept', 'own-changed', 'recorded-kept', 'recorded-changed'].map(
  (wish) => press(voiceButton, wish),
)

/** Anything that a villager or a broken client may send while this interview is asked. */
export function anyEventOf({ steps }: Interview): fc.Arbitrary<DraftEvent> {
  const names = steps.map(({ name }) => name)
  const codes = steps.flatMap(({ choices = [] }) => choices.map(({ code }) => code))
  const others = ['resume', 'cancel', 'clear', voiceButton, 'nonsense', 'constructor']
  const stepName = fc.constantFrom(...names, ...others)
  const value = fc.oneof(
    fc.constantFrom('continue', 'anew', 'yes', 'no', 'back', 'skip', 'cancel', 'done', 'clear'),
    fc.constantFrom('submit', 'a30', 'a20', 'w', 'p1', 'p99', 'rest', '+', ...names, ...codes),
    fc.string(),
  )
  return fc.oneof(
    fc.constantFrom<DraftEvent[]>({ kind: 'open' }, { kind: 'leave' }, { kind: 'stop' }),
    fc.record({ kind: fc.constant('press' as const), step: stepName, value, place }),
    fc.constantFrom(...voiceWishes),
    fc.record({
      kind: fc.constant('text' as const),
      text: words,
      isForwarded: fc.boolean(),
      places: fc.array(
        fc.record({ place: fc.constantFrom(village, township), isExact: fc.boolean() }),
        { maxLength: 3 },
      ),
    }),
    fc.record({
      kind: fc.constant('file' as const),
      what: fc.constantFrom(...fileKinds),
      caption: fc.option(words, { nil: undefined }),
      album: fc.constantFrom(undefined, 'a1', 'a2'),
      isForwarded: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('refused' as const), what: fc.constantFrom(...refusedKinds) }),
  )
}
