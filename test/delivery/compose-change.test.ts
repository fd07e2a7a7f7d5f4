import { describe, expect, it } from 'vitest'
import { aimAt, composeChange, deletion } from '../../src/delivery/compose-change.ts'
import { decideNext } from '../../src/delivery/outcome.ts'
import type { Outgoing } from '../../src/delivery/outgoing.ts'

const keyboard = [[{ text: '我看过了', data: 'r:read:1' }]]

describe('what a message that was sent is turned into', () => {
  it('is text for a text, with its buttons', () => {
    expect(composeChange({ kind: 'text', text: 'anew', keyboard })).toEqual({
      ...{ kind: 'edit', messageId: 0, mustExist: true },
      ...{ text: 'anew', keyboard },
    })
  })

  it('is a file with its caption for a file', () => {
    const photo = { kind: 'photo', fileId: 'abc', caption: 'anew' } as const
    expect(composeChange({ ...photo, keyboard, isProtected: true })).toEqual({
      ...{ kind: 'edit-media', messageId: 0, mustExist: true },
      ...{ media: photo, keyboard, isProtected: true },
    })
  })

  it.each<Outgoing>([
    { kind: 'voice', fileId: 'abc' },
    { kind: 'delete', messageId: 4 },
    { kind: 'open-topic', name: 'x' },
  ])('is nothing for $kind', (outgoing) => {
    expect(composeChange(outgoing)).toBeNull()
  })

  it('is aimed at the message of each recipient, and a new message at none', () => {
    expect(aimAt(deletion, 7)).toMatchObject({ kind: 'delete', messageId: 7 })
    expect(deletion).toMatchObject({ messageId: 0 })
    expect(aimAt({ kind: 'text', text: 'x' }, 7)).toEqual({ kind: 'text', text: 'x' })
  })
})

describe('a message that is gone', () => {
  const delivery = { lane: 'bulk', attempts: 1, to: { chatId: 5 }, mindsTopic: false } as const
  const edit: Outgoing = { kind: 'edit', messageId: 3, text: 'anew' }
  const gone = { kind: 'end', end: { state: 'failed', why: 'gone', reason: 'edit-gone' } }

  it.each<Outgoing>([
    { ...edit, mustExist: true },
    { kind: 'delete', messageId: 3, mustExist: true },
    { kind: 'edit-caption', messageId: 3, caption: 'anew', mustExist: true },
  ])('fails a $kind that must find it, and nothing is said anew', (outgoing) => {
    expect(decideNext({ kind: 'edit-gone' }, { ...delivery, outgoing })).toEqual(gone)
    expect(decideNext({ kind: 'moved', chatId: -9 }, { ...delivery, outgoing })).toEqual(gone)
  })

  it('is said anew by any other edit', () => {
    expect(decideNext({ kind: 'edit-gone' }, { ...delivery, outgoing: edit })).toMatchObject({
      kind: 'again',
      outgoing: { kind: 'text', text: 'anew' },
    })
  })
})
