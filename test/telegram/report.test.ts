import { describe, expect, it } from 'vitest'
import { tellTip } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'
import { phonePhoto } from '../tips/evidence/images.ts'

const stage = await createStage()
const lastText = async (actor: Awaited<ReturnType<typeof stage.villager>>) =>
  (await actor.last()).text ?? ''
const base64 = (await phonePhoto()).toString('base64')

describe('/report', () => {
  it('leads from the safety notice to the receipt', async () => {
    const wang = await stage.villager(601)
    await wang.says('/report')
    expect(await lastText(wang)).toContain('请先打 110')
    await tellTip(await stage.villager(602))
    const li = stage.actor(602)
    await li.presses('跳过')
    const review = await lastText(li)
    for (const said of ['送钱', '贺村镇 山底村', '张大山', '每户送了两百元'])
      expect(review).toContain(said)
    await li.presses('改：是谁')
    await li.says('戴某某')
    expect(await lastText(li)).toContain('是谁：戴某某')
    await li.presses('交上去')
    expect(await lastText(li)).toMatch(/编号：QF-\d{6}\s+查询码：\d{4} \d{4} \d{4} \d{4}/)
    expect(await stage.db.tip.count()).toBe(1)
  })

  it('goes down the tree of places in one message', async () => {
    const zhao = await stage.villager(603)
    await zhao.says('/report')
    await zhao.presses('我明白了')
    await zhao.presses('送钱')
    const before = (await zhao.fromBot()).length
    await zhao.presses('龙游县')
    await zhao.presses('龙洲街道')
    expect((await zhao.fromBot()).length).toBe(before)
    await zhao.presses('村')
    expect(await lastText(zhao)).toContain('是谁做的')
  })

  it('meets everything else with a plain sentence', async () => {
    const qian = await stage.villager(604, { phone: '+8613800000000' })
    await qian.says('/report')
    await qian.presses('我明白了')
    const upload = (file: object) => qian.act('upload', { files: [{ base64: 'AAAA', ...file }] })
    await upload({ kind: 'sticker', emoji: '🙂' })
    expect(await lastText(qian)).toContain('表情')
    await qian.act('contact', {})
    expect(await lastText(qian)).toContain('不想知道您是谁')
    await qian.act('location', { latitude: 28.9, longitude: 118.8 })
    expect(await lastText(qian)).toContain('不想知道您在哪里')
    await qian.says('送花')
    expect(await lastText(qian)).toContain('请按下面的一个按钮')
    const { message_ids: [id] = [] } = (await qian.says('这一句后来改了')) as {
      message_ids?: number[]
    }
    await qian.act('edit', { message_id: id, text: '改好了' })
    expect(await lastText(qian)).toContain('重新发一次')
    expect(await lastText(qian)).toContain('出了什么事')
  })

  it('takes an album with one line', async () => {
    const sun = await stage.villager(605)
    await tellTip(sun)
    const before = (await sun.fromBot()).length
    const photo = { kind: 'photo', base64 }
    await sun.act('upload', { files: [photo, photo, photo], caption: '红包' })
    const texts = (await sun.fromBot()).slice(before).map(({ text }) => text)
    expect(texts).toEqual([expect.stringMatching(/照片收下了[\s\S]*用“文件”再发一次/)])
    await sun.presses('发完了')
    expect(await lastText(sun)).toContain('照片和文件：照片 3 张')
    expect(await lastText(sun)).toContain('红包')
  })

  it('is offered again after the server was restarted in the middle', async () => {
    const zhou = await stage.villager(606)
    await tellTip(zhou)
    await stage.stop()
    await stage.start()
    await zhou.says('/report')
    await zhou.presses('接着写')
    expect(await lastText(zhou)).toContain('有照片、录像、录音吗')
  })

  it('throws everything away after a second question', async () => {
    const wu = await stage.villager(607)
    await tellTip(wu)
    await wu.says('/cancel')
    expect(await lastText(wu)).toContain('先不写了吗')
    await wu.presses('全部删掉')
    expect(await lastText(wu)).toContain('都删掉了')
    await wu.presses('跳过')
    expect(await lastText(wu)).toContain('现在没有正在写的举报')
  })

  it('leaves typed words to the village search once the villager turned to that', async () => {
    const zheng = await stage.villager(608)
    await tellTip(zheng)
    await zheng.says('/village')
    await zheng.says('山底')
    expect(await lastText(zheng)).toContain('叫“山底”的有 5 个')
  })

  it('speaks English to who asks for it', async () => {
    const anna = await stage.villager(609, { language_code: 'en' })
    await anna.says('/report')
    await anna.presses('I understand')
    expect(await lastText(anna)).toContain('What happened?')
  })
})
