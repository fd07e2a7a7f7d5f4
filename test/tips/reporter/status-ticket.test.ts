import { expect, it } from 'vitest'
import { createKeyring } from '../../../src/lib/keyring.ts'
import { createTicket, readTicket } from '../../../src/tips/reporter/status-ticket.ts'

const keyring = createKeyring(new Uint8Array(32).fill(7))
const now = new Date('2017-03-28T09:30:00Z')
const later = new Date(now.getTime() + 31 * 60_000)
const chat = { chatId: 7_310_987_654_321, now }
const ticket = createTicket(keyring, { tipId: 987_654, hasPin: true }, chat)

it('a ticket opens one tip for one chat, for half an hour', () => {
  expect(readTicket(keyring, ticket, chat)).toEqual({ tipId: 987_654, hasPin: true, isFresh: true })
  expect(readTicket(keyring, ticket, { ...chat, now: later })?.isFresh).toBe(false)
  expect(readTicket(keyring, ticket, { ...chat, chatId: 1 })).toBeNull()
})

it('a ticket that was changed or made up opens nothing', () => {
  const [id, until, pin, mac] = ticket.split('.')
  const forged = [
    `${(987_655).toString(36)}.${until}.${pin}.${mac}`,
    `${id}.zzzzzz.${pin}.${mac}`,
    `${id}.${until}.0.${mac}`,
    `${id}.${until}.${pin}.${mac?.slice(1)}`,
    '',
    '...',
    'x',
  ]
  for (const text of forged) expect(readTicket(keyring, text, chat)).toBeNull()
})

it('a ticket fits into a button and names nobody', () => {
  expect(Buffer.byteLength(`s:withdraw-yes:${ticket}`)).toBeLessThanOrEqual(64)
  expect(ticket).not.toContain(String(chat.chatId))
  expect(ticket).not.toContain(chat.chatId.toString(36))
})
