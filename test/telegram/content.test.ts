import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { waitFor } from '../support/child.ts'
import { createStage } from '../support/stage.ts'
import { castOffice, castVillagers } from './broadcast-cast.ts'

const stage = await createStage({ env: { ADMIN_TELEGRAM_IDS: '30001,30002' } })
const { lin, zhou } = await castOffice(stage)
await castVillagers(stage, { fromId: 701, count: 1, village: '330881001208' })
const wang = stage.actor(701)
const stranger = await stage.villager(801)
const source = '龙游县换届办，2026年第3号'

/** Ten by ten grey pixels. */
const picture = { width: 10, height: 10, channels: 3, background: 'grey' } as const
const photo = {
  kind: 'photo',
  base64: (await sharp({ create: picture }).jpeg().toBuffer()).toString('base64'),
}
const allOf = async (actor: typeof lin) => JSON.stringify(await actor.fromBot())
const lastOf = async (actor: typeof lin) => (await actor.last()).text ?? ''
const buttonOf = async (actor: typeof lin, label: string) => {
  const { message_id, buttons = [] } = await actor.last()
  const data = buttons.flat().find(({ text }) => text === label)?.callback_data
  return { message_id, data: data ?? 'none' }
}
const labelsOf = async (actor: typeof lin) =>
  ((await actor.last()).buttons ?? []).flat().map(({ text }) => text)

describe('the library in the chat', () => {
  it('shows what is shipped as a sample, and as a villager gets it', async () => {
    await lin.says('/content')
    expect(await labelsOf(lin)).toContain('九严禁（9条）')
    await lin.presses('九严禁')
    await lin.presses('严禁拉票贿选')
    expect(await lastOf(lin)).toContain('样本，请换成本县的文本')
    await lin.presses('看看村民收到的样子')
    expect(await lastOf(lin)).toContain('来源：中央纪委机关、中央组织部')
  })

  it('takes what is sent, keeps it while something is wrong, and says what', async () => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('通知')
    await lin.says('投票日到了\n有事打13800138000，{村名}的乡亲请来投票。')
    await lin.says(source)
    await lin.presses('交给别人看')
    expect(await lastOf(lin)).toContain('里面有手机号：13800138000')
    await lin.presses('打开')
    await lin.presses('改中文')
    await lin.says('投票日到了\n有事打12380，{村名}的乡亲请来投票。')
    expect(await lastOf(lin)).toContain(source)
  })

  it('lets the other one publish it, and not its author', async () => {
    await lin.presses('交给别人看')
    expect(await lastOf(lin)).toContain('另外1个人收到了')
    expect(await labelsOf(lin)).not.toContain('看过了，发布')
    expect(await lastOf(zhou)).toContain('有一条内容等您看：投票日到了')
    await zhou.presses('打开')
    await zhou.presses('看看村民收到的样子')
    expect(await lastOf(zhou)).toBe(
      `投票日到了\n\n有事打12380，山底村的乡亲请来投票。\n\n来源：${source}`,
    )
    await zhou.presses('看过了，发布')
    expect(await allOf(zhou)).toContain('已经发布')
    const lines = await stage.db.auditLine.findMany({ where: { action: 'content published' } })
    expect(lines.length).toBe(1)
  })

  it('is not published by a press on what was shown before its author changed it', async () => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('通知')
    await lin.says('收礼的规矩\n一分钱也不要收。')
    await lin.says(source)
    await lin.presses('交给别人看')
    await zhou.presses('打开')
    expect(await labelsOf(zhou)).not.toContain('看过了，发布')
    await zhou.presses('看看村民收到的样子')
    expect(await lastOf(zhou)).toContain('一分钱也不要收')
    const seen = await buttonOf(zhou, '看过了，发布')
    await lin.presses('改中文')
    await lin.says('收礼的规矩\n大家都可以收。')
    await lin.presses('交给别人看')
    await zhou.act('press', seen)
    expect(await lastOf(zhou)).toContain('这一版已经变了，请重新看一遍。')
    await wang.says('/rules')
    expect(await labelsOf(wang)).not.toContain('收礼的规矩')
    await zhou.presses('看看村民收到的样子')
    expect(await lastOf(zhou)).toContain('大家都可以收')
    await lin.presses('改中文')
    await lin.says('收礼的规矩\n不写了。')
    await lin.presses('不要了')
  })

  it('is read by villagers, with the name of their own village', async () => {
    await wang.says('/rules')
    await wang.presses('投票日到了')
    expect(await lastOf(wang)).toContain('坳里村的乡亲请来投票')
    await wang.presses('回到目录')
    await wang.presses('九严禁')
    await wang.presses('严禁拉票贿选')
    expect(await lastOf(wang)).toContain('钱再少，也不要收')
    await stranger.start()
    await stranger.says('/rules')
    expect(await labelsOf(stranger)).toContain('九严禁（9条）')
    expect(await labelsOf(stranger)).not.toContain('投票日到了')
  })

  it('stays as it is for villagers until the next version is published, and goes when it is withdrawn', async () => {
    await lin.says('/content')
    await lin.presses('不成套的')
    await lin.presses('投票日到了')
    await lin.presses('写新的一版')
    await lin.act('upload', { files: [photo], caption: '今天投票\n请带好身份证。' })
    await wang.says('/rules')
    expect(await labelsOf(wang)).toContain('投票日到了')
    await lin.presses('交给别人看')
    await zhou.presses('打开')
    await zhou.presses('看看村民收到的样子')
    await zhou.presses('看过了，发布')
    await wang.says('/rules')
    await wang.presses('今天投票')
    expect((await wang.last()).caption).toContain('请带好身份证。\n\n来源：龙游县换届办')
    // A picture cannot turn into the list: both stand in the chat.
    await wang.presses('回到目录')
    expect(await lastOf(wang)).toContain('换届的规矩和案例')
    expect(await allOf(wang)).toContain('请带好身份证')
    await zhou.presses('打开')
    await zhou.presses('撤下')
    await zhou.presses('是，撤下')
    await wang.says('/rules')
    expect(await labelsOf(wang)).not.toContain('今天投票')
  })

  it('takes a table that is sent, or says by line what to mend and waits for it again', async () => {
    const send = async (name: string, ...lines: string[]) => {
      const base64 = Buffer.from(lines.join('\n')).toString('base64')
      const file = { kind: 'document', base64, file_name: name, mime_type: 'text/csv' }
      await lin.act('upload', { files: [file] })
    }
    const says = (words: string) =>
      waitFor(async () => ((await allOf(lin)).includes(words) ? true : undefined), 10_000)
    const columns = 'code,kind,title,body,source'
    await lin.says('/content')
    await lin.presses('导入表格')
    await send('letter.docx', '信')
    expect(await lastOf(lin)).toContain('请发表格文件')
    await send('content.csv', columns, 'a,新闻,不吃请,一顿饭也不吃。,某县')
    await says('第2行：“新闻”不是种类')
    await send('content.csv', columns, 'a,纪律,不吃请,一顿饭也不吃。,某县')
    await says('新的 1 条')
    await lin.says('/content')
    await lin.presses('正在写和等人发布的（1条）')
    await lin.presses('不吃请')
    expect(await labelsOf(lin)).toContain('写好了，交给别人看')
    const [version] = await stage.db.contentVersion.findMany({
      where: { content: { code: 'a' } },
      include: { author: true },
    })
    expect(version).toMatchObject({ state: 'draft', author: { telegramId: BigInt(lin.id) } })
  })

  it('hands in a whole import at once; what the check finds stays, and the other one publishes the rest page by page', async () => {
    const rules = Array.from(
      { length: 12 },
      (_, at) => `ten-a${at},纪律,ten-a,十不准,,规矩${at + 1},不收${at + 1}份礼。,某县`,
    )
    const wrong = 'ten-b,纪律,ten-a,,,规矩十三,有事打13800138000。,某县'
    const lines = ['code,kind,series,seriesName,place,title,body,source', ...rules, wrong]
    const base64 = Buffer.from(lines.join('\n')).toString('base64')
    await lin.says('/content')
    await lin.presses('导入表格')
    const file = { kind: 'document', base64, file_name: 'ten.csv', mime_type: 'text/csv' }
    await lin.act('upload', { files: [file] })
    await waitFor(
      async () => ((await allOf(lin)).includes('新的 13 条') ? true : undefined),
      10_000,
    )
    await lin.presses('看一遍，都交给别人看')
    expect(await lastOf(lin)).toContain('第1页，共2页')
    expect(await lastOf(lin)).toContain('10. 纪律｜规矩10\n不收10份礼。')
    expect(await labelsOf(lin)).not.toContain('都交给别人看（14条）')
    await lin.presses('下一页')
    expect(await lastOf(lin)).toContain('还不行：里面有手机号：13800138000')
    await lin.presses('都交给别人看（14条）')
    expect(await lastOf(lin)).toContain('交出去了13条')
    expect(await lastOf(lin)).toMatch(/规矩十三\n还不行：里面有手机号/)
    expect(await lastOf(zhou)).toContain('有13条内容等您看')
    await zhou.presses('打开')
    await zhou.presses('2')
    expect(await lastOf(zhou)).toBe('规矩2\n\n不收2份礼。\n\n来源：某县')
    await zhou.presses('看过了，发布')
    expect(await lastOf(zhou)).toBe('规矩3\n\n不收3份礼。\n\n来源：某县')
    await zhou.says('/content')
    await zhou.presses('别人交来、等您看的（12条）')
    expect(await lastOf(zhou)).toContain('第1页，共2页')
    await zhou.presses('这一页都看过了，发布（10条）')
    expect(await lastOf(zhou)).toMatch(/发布了10条(.|\n)*共2条/u)
    await zhou.presses('这一页都看过了，发布（2条）')
    expect(await lastOf(zhou)).toMatch(/发布了2条(.|\n)*没有了/u)
    await wang.says('/rules')
    expect(await labelsOf(wang)).toContain('十不准（12条）')
  })

  it('can be opened however long its first line is, and names only the first of many problems', async () => {
    await lin.says('/content')
    await lin.presses('写一条新的')
    await lin.presses('通知')
    await lin.says(
      `有事打${Array.from({ length: 150 }, (_, at) => 13_800_138_000 + at).join('、')}。`,
    )
    await lin.says(source)
    expect(await lastOf(lin)).toMatch(/里面有手机号：13800138000(.|\n)*还有 135 处也要改/)
    await lin.presses('交给别人看')
    expect(await lastOf(lin)).toContain('还不能交')
    await lin.says('/content')
    await lin.presses('正在写和等人发布的')
    expect(await labelsOf(lin)).toContain(
      '有事打13800138000、13800138001、13800138002、1…（正在写）',
    )
  })

  it('does not exist for villagers', async () => {
    await wang.says('/content')
    expect(await lastOf(wang)).toContain('这个我不会')
  })
})
