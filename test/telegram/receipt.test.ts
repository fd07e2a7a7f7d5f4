import { describe, expect, it } from 'vitest'
import { castGroup, fileTip } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

const stage = await createStage()
const group = await castGroup(stage, { name: '龙游县第一督导组' })
const village = '龙洲街道 半爿月'

describe('/status', () => {
  it('lists the tips of the chat that filed them, without a code', async () => {
    const wang = await stage.villager(801)
    const { number } = await fileTip(wang, { village })
    await wang.says('/status')
    expect((await wang.last()).text).toContain(`${number}：交到督导组了`)
    await wang.presses(number)
    expect((await wang.last()).text).toContain('等他们接手')
    await group.supervisor.presses('我来办')
    await wang.says('状态')
    expect((await wang.last()).text).toContain(`${number}：有人在办`)
  })

  it('asks for the code in a chat that filed nothing, and takes what was typed off the screen', async () => {
    const [wang, li] = [await stage.villager(802), await stage.villager(803)]
    const { number, code } = await fileTip(wang, { village })
    await li.says('/status')
    expect((await li.last()).text).toContain('16 个数字')
    await li.says(code)
    expect((await li.last()).text).toContain(number)
    expect(JSON.stringify(await visible(li))).not.toContain(code.trim())
  })

  it('shows nothing to a button that was copied into another chat', async () => {
    const [wang, li] = [await stage.villager(804), await stage.villager(805)]
    await fileTip(wang, { village })
    const data = (await wang.fromBot())
      .flatMap(({ buttons }) => (buttons ?? []).flat())
      .findLast((button) => button.callback_data?.startsWith('s:see:'))?.callback_data
    await li.says('/status')
    const { message_id } = await li.last()
    await stage.telegram.press({ user_id: li.id, message_id, data: data ?? '' }).catch(() => {})
    await stage.settled()
    expect((await li.last()).text).not.toContain('等他们接手')
  })
})

describe('a password', () => {
  it('is set with a button, taken off the screen, and asked for from then on', async () => {
    const [wang, li] = [await stage.villager(806), await stage.villager(807)]
    const { number, code } = await fileTip(wang, { village })
    await wang.presses('加一个密码')
    await wang.says('二五八零')
    expect((await wang.last()).text).toContain('4 到 6 个数字')
    await wang.says('258013')
    expect((await wang.last()).text).toContain('密码加上了')
    expect(JSON.stringify(await visible(wang))).not.toContain('258013')

    await wang.says('/status')
    expect((await wang.last()).text).toContain(`${number}：加了密码`)
    await wang.presses(number)
    await wang.says('258013')
    expect((await wang.last()).text).toContain('等他们接手')

    await li.says(code)
    expect((await li.last()).text).toContain('密码')
    await li.says('111111')
    expect((await li.last()).text).toContain('密码不对')
    await li.says('258013')
    expect((await li.last()).text).toContain('等他们接手')
  })

  it('does not swallow what was meant for something else', async () => {
    const wang = await stage.villager(813)
    const { number, code } = await fileTip(wang, { village })
    await wang.says('/report')
    await wang.presses('我明白了')
    await wang.presses('送钱')
    await wang.says('/status')
    await wang.presses(number)
    await wang.presses('加一个密码')
    await wang.says(code)
    expect((await wang.last()).text).toContain('等他们接手')
    expect(JSON.stringify(await visible(wang))).not.toContain(code.trim())
  })

  it('is not waited for any more when the villager turns to something else', async () => {
    const wang = await stage.villager(808)
    await fileTip(wang, { village })
    await wang.presses('加一个密码')
    await wang.says('/help')
    await wang.says('2580')
    expect(await stage.db.tip.count({ where: { pin: { not: null } } })).toBe(1)
  })
})

async function visible(actor: Awaited<ReturnType<typeof stage.villager>>) {
  const own = (await actor.seen()).filter(({ from, deleted }) => !from?.is_bot && !deleted)
  return own.map(({ text }) => text)
}

describe('what a reporter may ask for', () => {
  it('is a receipt to show, which proves the day and names nothing', async () => {
    const wang = await stage.villager(809)
    const { number } = await fileTip(wang, { village })
    await wang.presses('看看')
    await wang.presses('要一张收据证明')
    const { text = '' } = await wang.last()
    expect(text).toMatch(/^QINGFENG-RECEIPT-1 [0-9a-f]{16} \d{4}-\d\d-\d\d [\w-]{16} [\w-]{86}$/)
    expect(text).not.toContain(number.slice(-4))
  })

  it('is to withdraw, asked twice; the card keeps one line', async () => {
    const wang = await stage.villager(810)
    const { number } = await fileTip(wang, { village })
    await wang.says('/status')
    await wang.presses(number)
    await wang.presses('撤回举报')
    await wang.presses('不了')
    expect((await wang.last()).text).toContain('什么都没有动')
    await wang.says('/status')
    await wang.presses(number)
    await wang.presses('撤回举报')
    await wang.presses('要撤回')
    expect((await wang.last()).text).toContain('逼您撤回')
    const asked = await wang.last()
    const sure = (asked.buttons ?? []).flat().find(({ text }) => text === '真的撤回')
    const press = () =>
      wang.act('press', { message_id: asked.message_id, data: sure?.callback_data })
    await press()
    expect((await wang.last()).text).toContain('不再办了')
    // “It is closed already” in its place would read as if it could not be taken back any more.
    await press()
    expect((await wang.last()).text).toContain('不再办了')
    expect((await group.supervisor.last()).text).toBe(
      `举报 ${number}：举报人撤回了，本组不用再办。请不要去打听是谁。`,
    )
  })

  it('is to erase, with the code from another phone too; the first one is told', async () => {
    const [wang, li] = [await stage.villager(811), await stage.villager(812)]
    const { code, number } = await fileTip(wang, { village })
    await li.says(code)
    await li.presses('删掉我的信息')
    expect((await li.last()).text).toContain('全部销毁')
    await li.presses('要删掉')
    await li.presses('真的删掉')
    expect((await li.last()).text).toContain('都销毁了')
    expect((await wang.last()).text).not.toMatch(/举报|删掉|QF/)
    expect(await wang.opens()).toContain('在别的聊天里删掉了')
    await li.says(code)
    expect((await li.last()).text).toContain('没有查到')
    const row = await stage.db.tip.findUnique({ where: { number } })
    expect(row).toMatchObject({ dataKey: null, receiptKey: null, state: 'closed' })
  })
})
