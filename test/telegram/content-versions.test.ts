import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createStage } from '../support/stage.ts'
import { castOffice, castVillagers, morning } from './broadcast-cast.ts'

let now = morning
const stage = await createStage({
  env: { ADMIN_TELEGRAM_IDS: '30001,30002' },
  now: () => now,
})
const { lin, zhou } = await castOffice(stage)
await castVillagers(stage, { fromId: 701, count: 1, village: '330881001208' })
const wang = stage.actor(701)
const photo = {
  kind: 'photo',
  base64: (
    await sharp({ create: { width: 10, height: 10, channels: 3, background: 'grey' } })
      .jpeg()
      .toBuffer()
  ).toString('base64'),
}
const lastOf = async (actor: typeof lin) => (await actor.last()).text ?? ''
const labelsOf = async (actor: typeof lin) =>
  ((await actor.last()).buttons ?? []).flat().map(({ text }) => text)
const textsOf = async (actor: typeof lin, count: number) =>
  (await actor.fromBot()).slice(-count).map(({ text, caption }) => text ?? caption ?? '')
/** What a villager finds under /rules on this day. */
const rulesOn = async (day: string) => {
  now = new Date(`${day}T02:00:00Z`)
  await wang.says('/rules')
  const labels = await labelsOf(wang)
  now = morning
  return labels
}

describe('a text of the library', () => {
  it('is kept with the day on which it was issued, and the days between which it is sent', async () => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('通知')
    await lin.says('开会通知\n请大家来听一听。')
    await lin.says('龙游县换届办，2017年3月1日')
    expect(await lastOf(lin)).toContain('发文日期：2017-03-01')
    await lin.presses('定有效期')
    await lin.says('2017年3月20日 到 2017年3月10日')
    expect(await lastOf(lin)).toContain('看不懂')
    await lin.says('2017年3月20日 到 2017/4/10')
    expect(await lastOf(lin)).toContain('从2017-03-20到2017-04-10')
    await lin.presses('交给别人看')
    await zhou.presses('打开')
    await zhou.presses('看看村民收到的样子')
    await zhou.presses('看过了，发布')
    expect(await rulesOn('2017-03-19')).not.toContain('开会通知')
    expect(await rulesOn('2017-03-20')).toContain('开会通知')
    expect(await rulesOn('2017-04-10')).toContain('开会通知')
    expect(await rulesOn('2017-04-11')).not.toContain('开会通知')
  })

  it('may end on a day, or have no end', async () => {
    await lin.says('/content')
    await lin.presses('不成套的')
    await lin.presses('开会通知')
    await lin.presses('写新的一版')
    await lin.says('开会通知\n请大家来听一听，会在三楼。')
    await lin.presses('定有效期')
    await lin.says('2017-03-31')
    expect(await lastOf(lin)).toContain('有效到2017-03-31')
    await lin.presses('定有效期')
    await lin.says('无')
    expect(await lastOf(lin)).not.toMatch(/有效到|从2017/)
  })

  it('keeps every version, to be opened and read again', async () => {
    await lin.presses('第1版')
    expect(await lastOf(lin)).toMatch(/第1版：已发布(.|\n)*第2版：正在写/u)
    await lin.presses('看看村民收到的样子')
    expect(await lastOf(lin)).toContain('请大家来听一听。')
    await lin.says('/content')
    await lin.presses('正在写和等人发布的')
    await lin.presses('开会通知')
    await lin.presses('不要了')
  })

  it('is seen by the second person in every language, with its file and its question', async () => {
    const columns =
      'code,kind,title,body,source,titleEn,bodyEn,question,options,right,explanation,questionEn,optionsEn,explanationEn'
    const row =
      'q,纪律,不收礼,一分钱也不收。,某县,No gifts,Not a fen.,能收吗？,能|不能,2,不能收。,May I?,Yes|No,You may not.'
    const base64 = Buffer.from(`${columns}\n${row}`).toString('base64')
    await lin.says('/content')
    await lin.presses('导入表格')
    const file = { kind: 'document', base64, file_name: 'q.csv', mime_type: 'text/csv' }
    await lin.act('upload', { files: [file] })
    for (let n = 0; n < 200 && !(await lastOf(lin)).includes('新的 1 条'); n++)
      await stage.settled()
    await lin.presses('看一遍，都交给别人看')
    await lin.presses('1')
    await lin.presses('写英文')
    await lin.act('upload', { files: [photo], caption: 'No gifts\nNot even a fen.' })
    await lin.presses('交给别人看')
    await zhou.presses('打开')
    await zhou.presses('看看村民收到的样子')
    const [english, question, inEnglish, chinese] = await textsOf(zhou, 4)
    expect(english).toContain('Not even a fen.')
    expect(question).toContain('能收吗？\n1. 能\n2. 不能 ✓\n不能收。')
    expect(inEnglish).toContain('May I?\n1. Yes\n2. No ✓\nYou may not.')
    expect(chinese).toContain('一分钱也不收。')
    expect(await labelsOf(zhou)).toContain('看过了，发布')
  })

  it('is plain: its author hears that bold words lose their looks, and which address was hidden', async () => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('政策')
    const words = '怎样投票\n<b>一人一票</b>，看<a href="http://www.qz.gov.cn/piao">这里</a>。'
    await lin.says(words, { parse_mode: 'HTML' })
    const [said, asked] = await textsOf(lin, 2)
    expect(said).toMatch(/粗体(.|\n)*“这里”：http:\/\/www\.qz\.gov\.cn\/piao/u)
    expect(asked).toContain('这是谁发的文')
    await lin.says('某县换届办')
    expect((await textsOf(lin, 2))[0]).toBe(asked)
    await lin.presses('看看村民收到的样子')
    expect(await lastOf(lin)).toBe('怎样投票\n\n一人一票，看这里。\n\n来源：某县换届办')
    await lin.presses('不要了')
  })

  it.each([
    ['photo', photo.base64],
    ['video', Buffer.from('video').toString('base64')],
    ['audio', Buffer.from('audio').toString('base64')],
    ['document', Buffer.from('file').toString('base64')],
  ])('may be a %s with the words under it, as villagers get it', async (kind, base64) => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('政策')
    await lin.act('upload', { files: [{ kind, base64 }], caption: '怎样投票\n一人一票。' })
    await lin.says('某县换届办')
    await lin.presses('看看村民收到的样子')
    const { media, caption } = await lin.last()
    expect(media?.kind).toBe(kind)
    expect(caption).toBe('怎样投票\n\n一人一票。\n\n来源：某县换届办')
    await lin.presses('不要了')
  })

  it('is no voice message and no animation: who reads has nothing of these', async () => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('政策')
    for (const kind of ['voice', 'animation']) {
      const base64 = Buffer.from(kind).toString('base64')
      await lin.act('upload', { files: [{ kind, base64 }], caption: '怎样投票\n一人一票。' })
      expect(await lastOf(lin)).toContain('这一种文件不能用')
    }
  })
})
