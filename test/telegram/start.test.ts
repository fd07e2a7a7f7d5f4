import { describe, expect, it } from 'vitest'
import { createStage } from '../support/stage.ts'

const stage = await createStage()

describe('/start', () => {
  it('greets, tells what is kept, and lets choose county, township and village', async () => {
    const wang = await stage.villager(501)
    await wang.start()
    const texts = (await wang.fromBot()).map((message) => message.text)
    expect(texts).toHaveLength(2)
    expect(texts[0]).toContain('您好，这里是“清风”')
    expect(texts[1]).toContain('不记您的名字和电话')

    await wang.presses('龙游县')
    await wang.presses('龙洲街道')
    const [, , ...others] = await wang.fromBot()
    expect(others).toEqual([])
    await wang.presses('村')
    expect((await wang.last()).text).toContain('好了，您选的是：衢州市 龙游县 龙洲街道')
  })

  it('asks which 山底 is meant when the name is typed', async () => {
    const li = await stage.villager(502)
    await li.start()
    await li.says('山底')
    const question = await li.last()
    expect(question.text).toContain('叫“山底”的有 5 个')
    expect(question.buttons?.flat().filter(({ text }) => text.startsWith('山底村'))).toHaveLength(5)
    await li.presses('山底村')
    expect((await li.last()).text).toContain('山底村')
  })

  it('says that there is no such village to somebody who is choosing one', async () => {
    const zhou = await stage.villager(506)
    await zhou.start()
    await zhou.says('小坑坑坑')
    expect((await zhou.last()).text).toMatch(/^没有叫“小坑坑坑”的村。刚才发的没有留下。/)
    // Copied from elsewhere, with signs that nobody sees.
    await zhou.says('山底\u200b村\u200d')
    expect((await zhou.last()).text).toContain('山底')
    expect((await zhou.last()).buttons?.flat()[0]?.text).toContain('山底村')
  })

  it('offers the village of a printed code at once', async () => {
    const chen = await stage.villager(503)
    const area = await stage.db.area.findFirstOrThrow({ where: { name: { contains: '山底' } } })
    await chen.start(`v_${area.code}`)
    expect((await chen.last()).text).toContain('您是这个村的吗')
    await chen.presses('是，我是')
    expect((await chen.last()).text).toContain('好了，您选的是')
  })

  it('speaks English to who asks for it', async () => {
    const anna = await stage.villager(504, { language_code: 'en' })
    await anna.start()
    expect((await anna.fromBot())[0]?.text).toContain('Hello, this is Qingfeng')
    await anna.says('/language')
    await anna.presses('中文')
    expect((await anna.last()).text).toContain('以后用中文')
  })
})

describe('/stop', () => {
  it('ends the subscription and says how to come back', async () => {
    const wang = stage.actor(501)
    await wang.says('/stop')
    expect((await wang.last()).text).toContain('以后不再发通知')
    await wang.says('/stop')
    expect((await wang.last()).text).toContain('没有订阅')
  })
})

describe('what nobody understands', () => {
  it('is met with a plain sentence and buttons', async () => {
    const wang = stage.actor(501)
    await wang.says('今天天气不错')
    expect((await wang.last()).text).toContain('没弄明白')
    await wang.says('/nonsense')
    expect((await wang.last()).text).toContain('这个我不会')
    await wang.act('upload', { files: [{ kind: 'sticker', base64: 'AAAA', emoji: '🙂' }] })
    expect((await wang.last()).text).toContain('请先按“我要举报”')
    await wang.act('location', { latitude: 28.9, longitude: 118.8 })
    expect((await wang.last()).text).toContain('不想知道您在哪里')
    await wang.says('昨天晚上有人到我家来送钱，我不敢说')
    expect((await wang.last()).text).toContain('没弄明白')
    for (const told of ['张村有人送钱', '昨天晚上，张村有人送烟', 'They paid us. In Zhang.']) {
      await wang.says('/help')
      await wang.says(told)
      expect((await wang.last()).text).toMatch(/^我没弄明白，刚才发的没有留下。要举报/)
    }
    for (const name of ['龍遊縣山底村', '石梁镇，山底村', 'longyou shandi', '贺村 山底', '山底']) {
      await wang.says('/help')
      await wang.says(name)
      expect((await wang.last()).buttons?.flat()[0]?.text).toContain('山底村')
    }
  })

  it('is none where the words name a button', async () => {
    const wang = await stage.villager(505)
    await wang.says('帮助')
    expect((await wang.last()).text).toContain('/status')
    await wang.says('换村')
    expect((await wang.last()).text).toContain('请选择您在哪个县')
    await wang.says('状态')
    expect((await wang.last()).text).toContain('16 个数字')
    await wang.says('我要举报，有人送钱')
    expect((await wang.last()).text).toContain('我们保密')
    await wang.presses('我明白了')
    await wang.presses('送钱')
    await wang.start()
    expect((await wang.last()).text).toContain('您有一条没写完的举报')
  })
})
