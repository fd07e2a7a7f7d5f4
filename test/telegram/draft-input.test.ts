import type { Message, Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { readDraftInput } from '../../src/telegram/draft-input.ts'

const file = { file_id: 'id', file_unique_id: 'u', file_size: 5 }
const read = (message: object, kind = 'message') =>
  readDraftInput({ update_id: 1, [kind]: message as Message } as Update)
const forwarded = {
  forward_origin: { type: 'user', date: 1, sender_user: { id: 7, first_name: '王秀英' } },
}

describe('what a reporter sends', () => {
  it.each([
    ['photo', { photo: [{ ...file, file_id: 'small' }, file] }],
    ['video', { document: { ...file, mime_type: 'video/mp4' } }],
    ['audio', { document: { ...file, mime_type: 'audio/amr' } }],
    ['document', { document: { ...file, file_name: '王秀英.jpg', mime_type: 'image/jpeg' } }],
    ['voice', { voice: { ...file, duration: 2 } }],
    ['audio', { audio: { ...file, title: '王秀英', performer: '王秀英' } }],
    ['video', { video: file }],
    ['video', { video_note: file }],
  ])('as %s is a file, without the name that its sender gave it', (what, message) => {
    expect(read(message)).toEqual({
      kind: 'file',
      what,
      fileId: 'id',
      bytes: 5,
      isForwarded: false,
    })
  })

  it('and forwards keeps nothing of where it comes from', () => {
    const words = read({ text: '每户两百', ...forwarded })
    const voice = read({ voice: file, ...forwarded })
    expect(words).toEqual({ kind: 'text', text: '每户两百', isForwarded: true })
    expect(voice).toMatchObject({ kind: 'file', what: 'voice', isForwarded: true })
    expect(JSON.stringify([words, voice])).not.toContain('王秀英')
  })

  it('in an album carries what holds it together', () => {
    expect(read({ video: file, media_group_id: 'a1', caption: '红包' })).toMatchObject({
      kind: 'file',
      album: 'a1',
      caption: '红包',
    })
  })

  it.each([
    ['contact', { contact: { phone_number: '138' } }],
    ['location', { location: { latitude: 28, longitude: 118 } }],
    ['location', { venue: {}, location: { latitude: 28, longitude: 118 } }],
    ['sticker', { sticker: file }],
    ['sticker', { animation: file, document: file }],
    ['other', { poll: {} }],
  ])('as %s is refused, and nothing of it taken', (what, message) => {
    expect(read(message)).toEqual({ kind: 'refused', what })
  })

  it('and changes afterwards is refused; a place that moves on is answered once', () => {
    expect(read({ text: '改好了' }, 'edited_message')).toEqual({ kind: 'refused', what: 'edited' })
    expect(read({ location: {} }, 'edited_message')).toBeNull()
  })

  it('as a command is not meant for the tip', () => {
    expect(read({ text: '/help' })).toBeNull()
    expect(read({ new_chat_title: 'x' })).toBeNull()
  })
})
