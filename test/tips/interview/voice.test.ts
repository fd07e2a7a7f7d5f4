import { describe, expect, it } from 'vitest'
import { createMessages } from '../../../src/messages/messages.ts'
import { filesOf } from '../../../src/tips/interview/draft-voices.ts'
import { renderScreen } from '../../../src/tips/interview/render-screen.ts'
import { present } from '../../../src/tips/interview/screen.ts'
import { findMissing } from '../../../src/tips/interview/walk.ts'
import { play, playFrom, press, say, shipped, speak, today, toReview } from './draft-events.ts'

const t = (await createMessages()).in('zh-CN')
const textOfScreen = (result: ReturnType<typeof play>) =>
  renderScreen(t, result.screen)
    .map(({ text }) => text)
    .join('\n')
const buttonsOf = ({ screen }: ReturnType<typeof play>) =>
  screen.keyboard.flat().map(({ data }) => data)
const toStep = (count: number) => toReview.slice(0, count)

describe('a voice note', () => {
  it('answers a question that words would answer, by its number', () => {
    const result = play(...toStep(3), speak)
    expect(result).toMatchObject({ files: 'keep', draft: { step: 'role', files: ['voice'] } })
    expect(result.draft.answers.who).toEqual({ text: '', on: today, voices: [1] })
  })

  it('is part of the story where it was told, beside the words', () => {
    const { draft } = play(...toStep(7), say('每户两百'), speak, speak)
    expect(draft.answers.details).toEqual({ text: '每户两百', on: today, voices: [1, 2] })
    const review = playFrom(draft, press('details', 'done'), press('files', 'done'))
    expect(textOfScreen(review)).toContain('详细情况：每户两百\n（语音 1）\n（语音 2）')
    expect(textOfScreen(review)).toContain('照片和文件：语音 2 段')
  })

  it('goes to the story where a button is asked for, and loses no word', () => {
    const result = play(...toStep(1), say('他挨家挨户送钱'), speak)
    expect(result.draft).toMatchObject({ step: 'what', answers: { details: { voices: [1] } } })
    expect(textOfScreen(result)).toContain('语音收下了')
    expect(textOfScreen(result)).toContain('出了什么事')
  })

  it('sent instead of choosing how to go on begins the story', () => {
    const result = play(...toStep(6), speak)
    expect(result.draft).toMatchObject({ step: 'details', answers: { details: { voices: [1] } } })
  })

  it('describes the person as well as words do', () => {
    const nameless = play(...toStep(3), press('who', 'skip'), ...toReview.slice(4, 7))
    expect(findMissing(shipped, nameless.draft)).toBe('details')
    const spoken = playFrom(nameless.draft, speak)
    expect(findMissing(shipped, spoken.draft)).toBeNull()
    expect(playFrom(spoken.draft, press('details', 'done')).draft.step).toBe('files')
  })

  it('is told to be disguised, once, unless it was forwarded', () => {
    const first = play(...toStep(3), speak)
    expect(textOfScreen(first)).toContain('您的声音会变一变，再给督导组听')
    expect(first.screen.keyboard.at(-1)).toMatchObject([{ data: 'd:voice:own-kept' }])
    const second = playFrom(first.draft, speak)
    expect(textOfScreen(second)).not.toContain('变一变')
    expect(buttonsOf(second)).not.toContain('d:voice:own-kept')
    const forwarded = play(...toStep(3), { kind: 'file', what: 'voice', isForwarded: true })
    expect(textOfScreen(forwarded)).not.toContain('您的声音会变一变')
    expect(textOfScreen(forwarded)).toContain('转发来的')
  })

  it('goes with the files when those are thrown away, and takes the answer along that it was', () => {
    const { draft } = play(...toStep(3), speak, ...toReview.slice(4, 7), say('每户两百'), speak)
    const gone = playFrom(
      { ...draft, step: 'files' },
      press('files', 'clear'),
      press('clear', 'yes'),
    )
    expect(gone).toMatchObject({ files: 'drop', draft: { files: [] } })
    expect(gone.draft.answers.who).toBeUndefined()
    expect(gone.draft.answers.details).toEqual({ text: '每户两百', on: today })
  })

  it('before the notice was read is not kept', () => {
    const result = play(speak)
    expect(result.files).toBeUndefined()
    expect(result.draft.files).toEqual([])
  })
})

describe('the wish how a voice is heard', () => {
  const spoken = play(...toReview, speak).draft
  const wish = (value: string) => press('voice', value)

  it('is answered with the question that was asked, and with the button for the way back', () => {
    const kept = play(...toStep(3), speak, wish('own-kept'))
    expect(kept.draft).toMatchObject({ step: 'role', voice: { own: 'kept' } })
    expect(textOfScreen(kept)).toContain('督导组听到的是您的原声')
    expect(buttonsOf(kept)).toContain('d:role:candidate')
    expect(buttonsOf(kept).at(-1)).toBe('d:voice:own-changed')
    expect(playFrom(kept.draft, wish('own-changed')).draft.voice).toEqual({ own: 'changed' })
  })

  it('stands in the review, with one button that changes it', () => {
    const review = playFrom(spoken, { kind: 'open' }, press('resume', 'continue'))
    expect(textOfScreen(review)).toContain('您的语音：变一变再给督导组听')
    expect(textOfScreen(review)).not.toContain('录音录像')
    const kept = playFrom(spoken, wish('own-kept'))
    expect(textOfScreen(kept)).toContain('您的语音：用原声')
    expect(buttonsOf(kept).filter((data) => data.startsWith('d:voice:'))).toEqual([
      'd:voice:own-changed',
    ])
    expect(kept.draft.step).toBe('review')
  })

  it.each(['audio', 'video'] as const)(
    'is offered once with a recording (%s), left as it is',
    (what) => {
      const file = { kind: 'file' as const, what }
      const first = play(...toStep(3), file)
      expect(textOfScreen(first)).toContain('督导组听到的是原来的声音')
      expect(buttonsOf(first).at(-1)).toBe('d:voice:recorded-changed')
      expect(buttonsOf(playFrom(first.draft, file))).not.toContain('d:voice:recorded-changed')
      const changed = playFrom(first.draft, wish('recorded-changed'))
      expect(changed.draft.voice).toEqual({ recorded: 'changed' })
      const review = present(shipped, { ...changed.draft, step: 'review' })
      expect(textOfScreen({ ...changed, screen: review })).toContain('录音录像的声音：变一变')
    },
  )

  it('is offered in the middle of an album too', () => {
    const album = 'a1'
    const first = play(...toReview, { kind: 'file', what: 'photo', album })
    const video = playFrom(first.draft, { kind: 'file', what: 'video', album })
    expect(buttonsOf(video)).toContain('d:voice:recorded-changed')
  })

  it('speaks of a voice that was passed on as of a recording', () => {
    const passedOn = { kind: 'file' as const, what: 'voice' as const, isForwarded: true }
    const { draft } = play(...toStep(3), passedOn, speak, { kind: 'file', what: 'photo' })
    expect(filesOf(draft, 'own')).toEqual([2])
    expect(filesOf(draft, 'recorded')).toEqual([1, 3])
  })

  it('is not asked of who sent nothing that can be heard', () => {
    const { draft } = play(...toReview, { kind: 'file', what: 'photo' }, press('files', 'done'))
    const review = present(shipped, draft)
    expect(review.keyboard.flat().some(({ data }) => data.startsWith('d:voice:'))).toBe(false)
  })

  it('of a button that does not exist changes nothing', () => {
    for (const value of ['own', 'own-loud', 'constructor-kept'])
      expect(playFrom(spoken, wish(value)).draft.voice).toBeUndefined()
  })
})

describe('a tip', () => {
  it('is filed with buttons and one voice note', () => {
    const result = play(
      ...toStep(3),
      speak,
      press('role', 'unknown'),
      press('when', 'today'),
      press('more', 'enough'),
      press('review', 'submit'),
    )
    expect(result.next).toBe('submit')
  })
})
