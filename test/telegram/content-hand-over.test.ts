import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createStage } from '../support/stage.ts'
import { castOffice, morning } from './broadcast-cast.ts'

const stage = await createStage({
  env: { ADMIN_TELEGRAM_IDS: '30001,30002' },
  now: () => morning,
})
const { lin, zhou } = await castOffice(stage)
const picture = { width: 10, height: 10, channels: 3, background: 'grey' } as const
const photo = {
  kind: 'photo',
  base64: (await sharp({ create: picture }).jpeg().toBuffer()).toString('base64'),
}
const lastOf = async (actor: typeof lin) => (await actor.last()).text ?? ''
const labelsOf = async (actor: typeof lin) =>
  ((await actor.last()).buttons ?? []).flat().map(({ text }) => text)

describe('content between two people', () => {
  it('is published with its page only when all of it stood there, in every language and with its question', async () => {
    const columns =
      'code,kind,title,body,source,titleEn,bodyEn,question,options,right,explanation,questionEn,optionsEn,explanationEn'
    const rows = [
      `p1,纪律,不吃请,${'一顿饭也不吃。'.repeat(30)}完,某县,No dinners,Not one.,能吃吗？,能|不能,2,不能吃。,May I?,Yes|No,No.`,
      `p2,纪律,不拉票,${'一张票也不拉。'.repeat(500)}完,某县,,,,,,,,,`,
      'p3,纪律,不送礼,什么也不送。,某县,,,,,,,,,',
    ]
    const base64 = Buffer.from([columns, ...rows].join('\n')).toString('base64')
    await lin.says('/content')
    await lin.presses('导入表格')
    const file = { kind: 'document', base64, file_name: 'p.csv', mime_type: 'text/csv' }
    await lin.act('upload', { files: [file] })
    for (let n = 0; n < 200 && !(await lastOf(lin)).includes('新的 3 条'); n++)
      await stage.settled()
    await lin.presses('看一遍，都交给别人看')
    await lin.presses('3')
    await lin.presses('改中文')
    await lin.act('upload', { files: [photo], caption: '不送礼\n什么也不送。' })
    await lin.says('/content')
    await lin.presses('草稿，一次都交出去')
    await lin.presses('都交给别人看（3条）')
    await zhou.presses('打开')
    const page = await lastOf(zhou)
    expect(page).toMatch(/一顿饭也不吃。完\n(.|\n)*2. 不能 ✓\n不能吃。\nNo dinners\nNot one.\n/u)
    expect(page).toMatch(/不拉票\n.*……\n（太长(.|\n)*不送礼\n什么也不送。(.|\n)*（带图片/u)
    await zhou.presses('这一页都看过了，发布（1条）')
    expect(await lastOf(zhou)).toMatch(/发布了1条(.|\n)*1. 纪律｜不拉票(.|\n)*2. 纪律｜不送礼/u)
    await zhou.presses('1')
    expect(await lastOf(zhou)).toContain('一张票也不拉。完')
    await zhou.presses('看过了，发布')
    await zhou.presses('看过了，发布')
  })

  it('goes back with a reason, is mended by its author, and can be published then', async () => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('通知')
    await lin.says('领证通知\n请来领证。')
    await lin.says('某县换届办')
    await lin.presses('交给别人看')
    await zhou.presses('打开')
    await zhou.presses('看看村民收到的样子')
    await zhou.presses('退给写的人')
    await zhou.says('请写明到哪里领')
    expect(await lastOf(zhou)).toContain('退回去了')
    expect(await lastOf(lin)).toMatch(/请您改一改：领证通知\n\n请写明到哪里领/)
    await lin.presses('打开')
    await lin.presses('改中文')
    await lin.says('领证通知\n请到村委会来领证。')
    await lin.presses('交给别人看')
    await zhou.presses('打开')
    await zhou.presses('看看村民收到的样子')
    await zhou.presses('看过了，发布')
    await lin.says('/content')
    await lin.presses('不成套的')
    expect(await labelsOf(lin)).toContain('领证通知（已发布）')
  })

  it('whose author has left the office is found among the drafts, and written on by another', async () => {
    await zhou.says('/content')
    await zhou.presses('写一条新的')
    await zhou.presses('通知')
    await zhou.says('停水通知\n明天停水。')
    await zhou.says('某县换届办')
    const author = { telegramId: BigInt(zhou.id) }
    await lin.says('/content')
    await lin.presses('正在写和等人发布的')
    await lin.presses('停水通知')
    expect(await labelsOf(lin)).not.toContain('我来接着写')
    await stage.db.staff.update({ where: author, data: { retiredAt: morning } })
    await lin.presses('回到内容库')
    await lin.presses('正在写和等人发布的')
    await lin.presses('停水通知')
    expect(await lastOf(lin)).toContain('写的人已经不在办公室了')
    await lin.presses('我来接着写')
    expect(await lastOf(lin)).toContain('现在由您来写')
    expect(await labelsOf(lin)).toContain('改中文')
    await stage.db.staff.update({ where: author, data: { retiredAt: null } })
    await lin.presses('不要了')
  })
})
