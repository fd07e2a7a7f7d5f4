import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cardMessagesPerMinute,
  decideCardForm,
  fitsIntoMinute,
} from '../../../src/tips/cards/decide-card-form.ts'

const plain = { isUrgent: false, messages: 1 }

describe('a card', () => {
  it('goes out by itself while the chat has room for it', () => {
    expect(decideCardForm(plain, { listed: 0, messages: 0 })).toBe('own')
    expect(decideCardForm(plain, { listed: 0, messages: cardMessagesPerMinute - 1 })).toBe('own')
    expect(decideCardForm(plain, { listed: 0, messages: cardMessagesPerMinute })).toBe('list')
  })

  it('counts with its topic and its photos', () => {
    const heavy = { isUrgent: false, messages: 6 }
    expect(decideCardForm(heavy, { listed: 0, messages: cardMessagesPerMinute - 6 })).toBe('own')
    expect(decideCardForm(heavy, { listed: 0, messages: cardMessagesPerMinute - 5 })).toBe('list')
  })

  it('that would fill more than a minute goes out when nothing else is under way', () => {
    const huge = { isUrgent: false, messages: cardMessagesPerMinute + 9 }
    expect(decideCardForm(huge, { listed: 0, messages: 0 })).toBe('own')
    expect(decideCardForm(huge, { listed: 0, messages: 1 })).toBe('list')
  })

  it('waits behind those that wait already, even when the chat has room', () => {
    expect(decideCardForm(plain, { listed: 1, messages: 0 })).toBe('list')
  })

  it('of what happens at this moment never waits', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(30), (listed, underWay, messages) => {
        const load = { listed, messages: underWay }
        return decideCardForm({ isUrgent: true, messages }, load) === 'own'
      }),
    )
  })

  it('leaves room for lists and talk, however many come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 300 }), (cards) => {
        let underWay = 0
        for (const messages of cards) if (fitsIntoMinute(messages, underWay)) underWay += messages
        return underWay <= cardMessagesPerMinute
      }),
    )
  })
})
