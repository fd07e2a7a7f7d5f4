import { describe, expect, it } from 'vitest'
import { findLostFormat } from '../../src/telegram/lost-format.ts'

describe('what of a message is not kept', () => {
  it('is how its words look, and the addresses behind them, also under a file', () => {
    const at = { offset: 3, length: 2 }
    const url = 'http://www.qz.gov.cn/huanjie'
    expect(findLostFormat({ text: '请看👉这里', entities: [{ type: 'bold', ...at }] })).toEqual({
      ...{ hasStyles: true, links: [] },
    })
    const link = { type: 'text_link' as const, offset: 4, length: 2, url }
    expect(findLostFormat({ caption: '请看👉这里', caption_entities: [link] })).toEqual({
      ...{ hasStyles: false, links: [{ words: '这里', address: url }] },
    })
  })

  it('is nothing of what people write out', () => {
    const text = '请看 www.qz.gov.cn'
    const url = { type: 'url' as const, offset: 3, length: 13 }
    expect(findLostFormat({ text, entities: [url] })).toEqual({ hasStyles: false, links: [] })
  })
})
