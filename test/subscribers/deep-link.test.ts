import { describe, expect, it } from 'vitest'
import {
  type Invite,
  linkOf,
  readInvite,
  writeInvite,
} from '../../src/subscribers/invites/deep-link.ts'

const village = '330825001227'
const invites: [string, Invite][] = [
  [`v_${village}`, { areaCode: village, distributorCode: null }],
  [`v_${village}_CDFGH`, { areaCode: village, distributorCode: 'CDFGH' }],
  ['d_CDFGH', { areaCode: null, distributorCode: 'CDFGH' }],
]

describe('a link', () => {
  it.each(invites)('says what it invites to: %s', (payload, invite) => {
    expect(readInvite(payload)).toEqual(invite)
    expect(writeInvite(invite)).toBe(payload)
    expect(linkOf('qingfeng_bot', invite)).toBe(`https://t.me/qingfeng_bot?start=${payload}`)
    // What Telegram takes behind ?start=
    expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
  })

  it.each([
    '',
    'v_',
    'd_',
    'v_33082500122',
    `v_${village}_`,
    `v_${village}_ab`,
    'd_abc',
    's_ABCD1234',
  ])('to nothing of ours is none: “%s”', (payload) => expect(readInvite(payload)).toBeNull())

  it('may be typed in small letters', () => {
    expect(readInvite('d_cdfgh')?.distributorCode).toBe('CDFGH')
  })

  it('to nothing at all is not written', () => {
    expect(() => writeInvite({ areaCode: null, distributorCode: null })).toThrow()
  })
})
