import { expect, it } from 'vitest'
import { sayFound } from '../../src/campaigns/describe-campaign.ts'
import { checkContent } from '../../src/content/check-content.ts'
import type { ContentVersion } from '../../src/content/content.ts'
import { createMessages } from '../../src/messages/messages.ts'

const messages = await createMessages()
const version = (body: string, quiz = '') =>
  ({
    kind: 'policy',
    source: '龙游县换届办',
    validUntil: null,
    texts: {
      'zh-CN': {
        title: '',
        body,
        ...(quiz
          ? { quiz: { question: quiz, options: ['能', '不能'], right: 1, explanation: '不行。' } }
          : {}),
      },
    },
  }) as unknown as ContentVersion
const found = (about: ContentVersion, language: 'zh-CN' | 'en') =>
  checkContent(about, { today: '2026-11-24', t: messages.in }).map((one) =>
    sayFound(one, messages.in(language)),
  )

it('says what was found in the words of a campaign as the library says it, with the language it stands in', () => {
  const words = version('依照《治安管理处罚法》第二十三条处罚。', '{村名}能不能请客？')
  expect(found(words, 'zh-CN')).toEqual([
    expect.stringMatching(/^中文：小问题里写了/),
    expect.stringMatching(/^中文：.*是老的条文。2026年1月1日起是第二十六条/),
  ])
  expect(found(words, 'en').join('\n')).not.toMatch(/found|problem\./)
})
