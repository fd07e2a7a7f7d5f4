import { expect, test } from 'vitest'
import { deepLinkPayload } from '../../../src/sandbox/page/chat/deep-link.ts'

const bot = 'qingfeng_sandbox_bot'

test('a link to this bot gives what follows start=', () => {
  const link = 'https://t.me/Qingfeng_Sandbox_Bot?start=v_330802001201'
  expect(deepLinkPayload(link, bot)).toBe('v_330802001201')
})

test('a link to this bot without a payload starts it plainly', () => {
  expect(deepLinkPayload('https://t.me/qingfeng_sandbox_bot', bot)).toBe('')
})

test.each([
  'https://t.me/another_bot?start=v_1',
  'https://example.org/qingfeng_sandbox_bot?start=v_1',
  'javascript:alert(1)',
  'no link at all',
])('%s does not start this bot', (link) => {
  expect(deepLinkPayload(link, bot)).toBeNull()
})
