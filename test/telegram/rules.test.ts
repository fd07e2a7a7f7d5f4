import { describe, expect, it } from 'vitest'
import { createStage } from '../support/stage.ts'
import { castVillagers } from './broadcast-cast.ts'

const stage = await createStage({ now: () => new Date('2017-03-15T02:00:00Z') })
await castVillagers(stage, { fromId: 701, count: 1, village: '330881001208' })
const wang = stage.actor(701)
const labelsOf = async () => ((await wang.last()).buttons ?? []).flat().map(({ text }) => text)

describe('/rules', () => {
  it('has nothing that is true on one day only, such as “your village votes today”', async () => {
    await stage.db.area.updateMany({
      where: { level: 'city' },
      data: { electionDay: new Date('2017-04-10') },
    })
    await wang.says('/rules')
    const labels = await labelsOf()
    expect(labels.filter((label) => label.includes('条'))).toEqual([
      '九严禁（9条）',
      '十不准（10条）',
      '典型案例（7条）',
      '政策明白（5条）',
    ])
  })

  it('has what /progress counts and leads to', async () => {
    await wang.says('/progress')
    const { text } = await wang.last()
    expect(text).toContain('政策明白')
    expect(text).not.toContain('选举日程提醒')
    await wang.says('/rules')
  })

  it('leaves in the chat what was read, and goes on to the next', async () => {
    await wang.presses('十不准')
    await wang.presses('不准送钱送物')
    await wang.presses('下一条')
    await wang.presses('回到目录')
    expect(await labelsOf()).toContain('十不准（10条）')
    const texts = (await wang.fromBot()).map(({ text = '' }) => text)
    expect(texts.filter((text) => text.startsWith('十不准之'))).toHaveLength(2)
  })
})
