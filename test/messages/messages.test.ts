import { describe, expect, it } from 'vitest'
import { createMessages, languages, pickLanguage, readTexts } from '../../src/messages/messages.ts'

const messages = await createMessages()
const chinese = messages.in('zh-CN')
const english = messages.in('en')

describe('a text', () => {
  it('comes in the language that is asked for', () => {
    expect(chinese('common:button.help')).toBe('帮助')
    expect(english('common:button.help')).toBe('Help')
  })

  it('is filled in as it is: nothing a person wrote is escaped or read as a text of ours', () => {
    const written = '<b>&"王"</b> {{code}} $t(common:help)'
    expect(english('areas:matches.none', { typed: written })).toContain(`“${written}”`)
  })

  it('that does not exist is an error, so that nobody reads a key', () => {
    expect(() => chinese('common:no.such.text')).toThrow('No text for common:no.such.text')
    expect(() => chinese('nobody:help')).toThrow('No text for nobody:help')
  })

  it('that is only the beginning of others is an error too', () => {
    expect(() => chinese('common:button')).toThrow()
  })

  it('is the same for everybody who asks at the same time in two languages', () => {
    const both = [chinese('groups:bind.notBound'), english('groups:bind.notBound')]
    expect(both).toEqual([chinese('groups:bind.notBound'), english('groups:bind.notBound')])
    expect(both[0]).not.toBe(both[1])
  })
})

describe('pickLanguage', () => {
  it.each([
    ['zh-hans', 'zh-CN'],
    ['zh-hant', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en', 'en'],
    ['en-GB', 'en'],
  ] as const)('takes %s for %s', (tag, language) => {
    for (const fallback of languages) expect(pickLanguage(tag, fallback)).toBe(language)
  })

  it.each([undefined, 'de', 'ja', ''])('leaves %s to the default', (tag) => {
    for (const fallback of languages) expect(pickLanguage(tag, fallback)).toBe(fallback)
  })
})

it('readTexts gives the same nouns in every language', () => {
  const texts = readTexts()
  for (const language of languages)
    expect(Object.keys(texts[language] ?? {})).toEqual(Object.keys(texts['zh-CN'] ?? {}))
})
