import { describe, expect, it } from 'vitest'
import { namesAccused } from '../../src/groups/accused-name.ts'

const group = {
  rosterNames: ['张三', '欧阳 建国', 'Ａli·Reza'],
  description: '组长王五，值班电话另行通知',
}

describe('namesAccused', () => {
  it.each(['张三', ' 张　三 ', '村主任张三', '张三、李四', '欧阳建国', '建国', 'ali reza', '王五'])(
    'finds %s',
    (name) => {
      expect(namesAccused(group, name)).toBe(true)
    },
  )

  it.each([
    ['nobody', undefined],
    ['blanks', '  '],
    ['somebody else', '李四'],
    ['a surname alone', '张'],
    ['one character of the description', '王'],
    ['pinyin', 'zhangsan'],
    ['a nickname that the roster does not write', '三哥'],
  ])('does not find %s', (_, name) => {
    expect(namesAccused(group, name)).toBe(false)
  })

  it.each(['章剑华', '村里的张建花', '张见花'])(
    'finds %s, which sounds like a roster name',
    (name) => {
      expect(namesAccused({ rosterNames: ['张建华'], description: '' }, name)).toBe(true)
    },
  )

  it.each(['张三丰', '张健', '剑花'])('does not find %s, which does not sound the same', (name) => {
    expect(namesAccused({ rosterNames: ['张建华', '章山'], description: '' }, name)).toBe(false)
  })

  const titled = (title: string) => ({ rosterNames: [], rosterTitles: [title], description: '' })
  it.each([
    ['纪委书记', '纪委书记'],
    ['那个纪委书记', '纪委书记'],
    ['纪委书记', '镇纪委书记'],
    ['主任', '主任'],
  ])('finds %s where somebody is %s', (accused, title) => {
    expect(namesAccused(titled(title), accused)).toBe(true)
  })

  it.each([
    ['村主任', '主任'],
    ['山底村委会的主任', '主任'],
    ['村支书', '纪委书记'],
    ['村民小组组长', '组长'],
    ['组长', '副组长'],
    ['书记', ''],
  ])('does not find %s where somebody is %s', (accused, title) => {
    expect(namesAccused(titled(title), accused)).toBe(false)
  })

  it('finds one character only as a whole name of the roster', () => {
    expect(namesAccused({ rosterNames: ['阿'], description: '' }, '阿')).toBe(true)
    expect(namesAccused({ rosterNames: ['阿'], description: '' }, '阿明')).toBe(false)
  })
})
