import { describe, expect, it } from 'vitest'
import { refusedKinds, textOf } from '../../../src/tips/interview/draft.ts'
import { detailsMaxLength, filesMaxCount } from '../../../src/tips/interview/interview.ts'
import {
  photo,
  play,
  playFrom,
  press,
  say,
  shipped,
  today,
  toReview,
  township,
  village,
} from './draft-events.ts'

/** Keys of what is said; a question as “ask” and its name. */
const keysOf = ({ screen }: ReturnType<typeof play>) =>
  screen.lines.flatMap((line) => {
    if (typeof line === 'string' || 'lines' in line) return []
    if ('key' in line) return [line.key]
    const asked = shipped.steps.find(({ text }) => text === line.words)
    return asked ? [`ask ${asked.name}`] : []
  })
const toStep = (count: number) => toReview.slice(0, count)

describe('the interview', () => {
  it('leads from the safety notice through every question to filing', () => {
    const result = play(...toReview, press('review', 'submit'))
    expect(result.next).toBe('submit')
    expect(result.draft.answers).toEqual({
      what: { choice: 'cash', on: today },
      where: { placeId: 30, path: village.path },
      who: { text: '戴某', on: today },
      role: { choice: 'candidate', on: today },
      when: { choice: 'today', on: today },
    })
  })

  it('goes back one question at a time and keeps what was answered', () => {
    const result = play(...toReview, press('review', 'back'), press('files', 'back'))
    expect(result.draft.step).toBe('details')
    expect(result.draft.answers.who).toEqual({ text: '戴某', on: today })
  })

  it('opens places downwards and goes back upwards before leaving the question', () => {
    const opened = play(...toStep(2), press('where', 'a20', township))
    expect(opened.draft.browse).toEqual({ path: [10, 20], page: 0 })
    const up = playFrom(opened.draft, press('where', 'back'))
    expect(up.draft).toMatchObject({ step: 'where', browse: { path: [10], page: 0 } })
  })

  it('takes a whole township when the village is not in the list', () => {
    const result = play(...toStep(2), press('where', 'w', township))
    expect(result.draft.answers.where).toEqual({ placeId: 20, path: township.path })
  })

  it('takes a typed village at once when it can only mean one, and asks which otherwise', () => {
    const exact = { place: village, isExact: true }
    const one = play(...toStep(2), { kind: 'text', text: '山底', places: [exact] })
    expect(one.draft.answers.where).toEqual({ placeId: 30, path: village.path })
    const two = play(...toStep(2), { kind: 'text', text: '山底', places: [exact, exact] })
    expect(two.draft.step).toBe('where')
    expect(two.screen.keyboard.flat().map(({ data }) => data)).toContain('d:where:a30')
  })

  it('offers a village that only sounds alike instead of taking it', () => {
    const alike = { place: village, isExact: false }
    const result = play(...toStep(2), { kind: 'text', text: '杉地', places: [alike] })
    expect(result.draft.answers.where).toBeUndefined()
  })

  it('asks for a description when no name was given', () => {
    const nameless = play(...toStep(3), press('who', 'skip'), ...toReview.slice(4, 8))
    expect(nameless.draft.step).toBe('details')
    expect(keysOf(nameless)).toContain('tips:remark.describe')
    const told = playFrom(nameless.draft, say('五十来岁，住在村口'), press('details', 'done'))
    expect(told.draft.step).toBe('files')
  })

  it('brings the villager to the missing answer when filing too early', () => {
    const { draft } = play(...toReview)
    const { who: _gone, ...answers } = draft.answers
    const result = playFrom({ ...draft, answers }, press('review', 'submit'))
    expect(result).toMatchObject({ next: 'save', draft: { step: 'details', isRevising: true } })
    expect(keysOf(result)).toContain('tips:remark.missing-details')
  })

  it('returns to the review after one answer was changed', () => {
    const result = play(...toReview, press('review', 'what'), press('what', 'treat'))
    expect(result.draft).toMatchObject({ step: 'review', answers: { what: { choice: 'treat' } } })
  })

  it('meets a button of an earlier question with the present one', () => {
    const result = play(...toStep(3), press('what', 'treat'))
    expect(result.draft).toMatchObject({ step: 'who', answers: { what: { choice: 'cash' } } })
    expect(keysOf(result)).toEqual(['tips:remark.stale', 'ask who'])
  })

  it('counts the second of two presses as old', () => {
    const twice = play(press('safety', 'continue'), press('safety', 'continue'))
    expect(twice.draft.step).toBe('what')
  })

  it('passes over the second of two presses within seconds', () => {
    const at = (ms: number, value = 'cash') => ({
      kind: 'press' as const,
      step: 'what',
      value,
      at: ms,
    })
    const once = play(...toStep(1), at(0))
    expect(playFrom(once.draft, at(1_000)).screen).toEqual({ lines: [], keyboard: [] })
    expect(keysOf(playFrom(once.draft, at(60_000)))).toContain('tips:remark.stale')
    expect(keysOf(playFrom(once.draft, at(1_000, 'treat')))).toContain('tips:remark.stale')
  })

  it('asks once before it throws everything away, from any old message too', () => {
    const asked = play(...toReview, press('what', 'cancel'))
    expect(asked).toMatchObject({ next: 'save', draft: { asking: 'cancel' } })
    const kept = playFrom(asked.draft, press('cancel', 'no'))
    expect(kept.draft).toMatchObject({ step: 'review', isAside: true, asking: 'resume' })
    expect(keysOf(kept)).toEqual(['tips:draft.kept'])
    expect(playFrom(kept.draft, press('resume', 'continue')).draft.step).toBe('review')
    expect(playFrom(asked.draft, press('cancel', 'yes')).next).toBe('cancel')
  })

  it('takes words sent instead of yes or no as meant for the question', () => {
    const result = play(...toStep(3), press('who', 'cancel'), say('戴某'))
    expect(result.draft).toMatchObject({ step: 'role', answers: { who: { text: '戴某' } } })
  })

  it('offers an unfinished tip again, and begins anew only when told to', () => {
    const offered = play(...toStep(4), { kind: 'open' })
    expect(offered.draft.asking).toBe('resume')
    expect(playFrom(offered.draft, press('resume', 'continue')).draft.step).toBe('role')
    const anew = playFrom(offered.draft, press('resume', 'anew'))
    expect(anew).toMatchObject({ next: 'anew', draft: { step: 'safety', answers: {} } })
    expect(playFrom(anew.draft, press('resume', 'anew')).next).toBe('save')
  })
})

describe('words', () => {
  it('sent in several messages add up', () => {
    const { draft } = play(...toStep(7), say('每户两百'), say('一共三十户'))
    expect(textOf(draft.answers.details)).toBe('每户两百\n一共三十户')
  })

  it('sent where a button is asked for are kept with the details', () => {
    const result = play(...toStep(1), say('他昨天晚上挨家挨户送钱'))
    expect(textOf(result.draft.answers.details)).toBe('他昨天晚上挨家挨户送钱')
    expect(keysOf(result)).toEqual(['tips:remark.noted', 'tips:remark.press-button', 'ask what'])
  })

  it('of two characters are kept there too, a single one is not', () => {
    const two = play(...toStep(1), say('送花'))
    expect(textOf(two.draft.answers.details)).toBe('送花')
    expect(keysOf(two)[0]).toBe('tips:remark.noted')
    expect(play(...toStep(1), say('花')).draft.answers.details).toBeUndefined()
  })

  it('too long for a name are kept with the details, and the name is asked for again', () => {
    const result = play(...toStep(3), say('长'.repeat(61)))
    expect(result.draft.step).toBe('who')
    expect(textOf(result.draft.answers.details)).toHaveLength(61)
    expect(keysOf(result)).toContain('tips:remark.too-long')
  })

  it('that no longer fit are named by where they begin', () => {
    const full = play(...toStep(7), say('满'.repeat(detailsMaxLength - 1)), say('还有这些'))
    expect(textOf(full.draft.answers.details)).toHaveLength(detailsMaxLength - 1)
    expect(full.screen.lines).toContainEqual({
      key: 'tips:remark.details-full',
      params: { max: detailsMaxLength, quote: '还有这些' },
    })
    expect(keysOf(full)).toEqual(['tips:remark.details-full'])
  })

  it('are kept before the notice was accepted: not at all', () => {
    const result = play(say('他昨天晚上挨家挨户送钱'))
    expect(result.draft.answers).toEqual({})
    expect(keysOf(result)).toContain('tips:remark.continue-first')
  })

  it('lose what nobody can see', () => {
    const { draft } = play(...toStep(3), say('\u202e戴\u0000\u200b某\r\n'))
    expect(textOf(draft.answers.who)).toBe('戴某')
  })
})

describe('photos', () => {
  const albumOf = (...captions: string[]) =>
    captions.map((caption) => ({ ...photo, caption, album: 'a1' }))

  it('are taken in at any question, with one line and the question', () => {
    const result = play(...toStep(2), photo, { kind: 'file', what: 'photo', caption: '红包' })
    expect(result).toMatchObject({ files: 'keep', draft: { step: 'where' } })
    expect(result.draft.files).toEqual(['photo', 'photo'])
    expect(keysOf(result)).toEqual(['interview:file-kept', 'ask where'])
    expect(result.screen.keyboard.flat()).not.toEqual([])
    expect(textOf(result.draft.answers.details)).toBe('红包')
  })

  it('that Telegram made small bring the advice to send a file, once', () => {
    const first = play(...toStep(2), photo)
    expect(keysOf(first)).toContain('interview:photo-small')
    expect(keysOf(playFrom(first.draft, photo))).not.toContain('interview:photo-small')
    const asFile = play(...toStep(2), { kind: 'file', what: 'document' })
    expect(keysOf(asFile)).not.toContain('interview:photo-small')
  })

  it('and videos of one album bring one line, with the buttons of the question', () => {
    const first = play(...toStep(8), ...albumOf('红包'))
    expect(keysOf(first)).toEqual(['interview:file-taken', 'interview:photo-small'])
    expect(first.screen.keyboard.flat().map(({ data }) => data)).toEqual(
      ['done', 'clear', 'back', 'cancel'].map((value) => `d:files:${value}`),
    )
    const others = playFrom(
      first.draft,
      { kind: 'file', what: 'video', album: 'a1' },
      ...albumOf(''),
    )
    expect(others.screen).toEqual({ lines: [], keyboard: [] })
    expect(others.draft.files).toEqual(['photo', 'video', 'photo'])
  })

  it('sent at the review open the question of files, so that the review then shows them all', () => {
    const sent = play(...toReview, ...albumOf('', ''))
    expect(sent.draft).toMatchObject({ step: 'files', isRevising: true })
    expect(playFrom(sent.draft, press('files', 'done')).draft.step).toBe('review')
  })

  it('end at their limit with one sentence for an album', () => {
    const { draft } = play(...toStep(8))
    const full = Array.from({ length: filesMaxCount }, () => 'photo' as const)
    const result = playFrom({ ...draft, files: full }, ...albumOf(''))
    expect(result.files).toBeUndefined()
    expect(keysOf(result)).toEqual(['interview:files-full'])
    expect(playFrom(result.draft, ...albumOf('')).screen.lines).toEqual([])
  })

  it('are thrown away only after a second question', () => {
    const asked = play(...toStep(8), photo, press('files', 'clear'))
    expect(asked.draft).toMatchObject({ asking: 'clear', files: ['photo'] })
    expect(keysOf(asked)).toEqual(['tips:asking.clear-files.question'])
    const cleared = playFrom(asked.draft, press('clear', 'yes'))
    expect(cleared).toMatchObject({ files: 'drop', draft: { step: 'files', files: [] } })
  })

  it('that were forwarded are taken without where they come from, and the villager is told', () => {
    const result = play(...toStep(2), { kind: 'file', what: 'photo', isForwarded: true })
    expect(keysOf(result)).toContain('tips:remark.forwarded')
  })
})

describe('what cannot be taken', () => {
  it.each(refusedKinds)('such as %s is met with a sentence and the question', (what) => {
    const result = play(...toStep(1), { kind: 'refused', what })
    expect(keysOf(result)).toEqual([`tips:refused.${what}`, 'ask what'])
  })
})
