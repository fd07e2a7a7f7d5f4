import { describe, expect, it } from 'vitest'
import { castGroup, fileTip, writeTip } from '../support/cast.ts'
import { type Actor, createStage } from '../support/stage.ts'
import { phonePhoto } from '../tips/evidence/images.ts'

// People say one thing in several messages, and send several things as one.
const stage = await createStage()
const township = await castGroup(stage, { name: '江山市第三督导组', firstId: 401 })
const county = await castGroup(stage, { name: '江山市督导组', firstId: 411 })
const village = '四都镇 前岭'

const texts = async (actor: Actor) => (await actor.fromBot()).map(({ text }) => text ?? '')

/** The card is drawn anew beside it, so that it need not be the newest. */
async function promptId() {
  const said = await township.supervisor.fromBot()
  return said.findLast(({ text }) => text?.includes('请回复这一条消息'))?.message_id
}

async function conclude() {
  await township.supervisor.presses('我来办')
  await township.supervisor.presses('办结')
  await township.supervisor.presses('不属实')
  await township.supervisor.presses('发给举报人')
}

describe('a reporter who is not content', () => {
  it('may say why in several messages, and all of them go to the next group', async () => {
    const wang = await stage.villager(701)
    const { number } = await fileTip(wang, { village })
    await conclude()
    await wang.presses('看一看')
    await wang.presses('不满意')
    await wang.says('我不服')
    expect((await texts(wang)).at(-1)).toContain(`${number} 会再查`)
    await wang.says('他们没有来问过人')
    expect((await texts(wang)).at(-1)).toContain(`转给办 ${number} 的人了`)
    expect((await texts(county.supervisor)).at(-1)).toContain('他们没有来问过人')

    // The old button, pressed once more: it is being looked into, and what is typed is not lost.
    await wang.presses('不满意')
    await wang.says('可以去问村口小店')
    expect((await texts(wang)).at(-1)).toContain(`转给办 ${number} 的人了`)
    expect((await texts(county.supervisor)).at(-1)).toContain('可以去问村口小店')
    await wang.presses('不满意')
    await wang.presses('不写原因')
    expect((await texts(wang)).at(-1)).toContain(`${number} 已经在查了`)
  })
})

describe('a receipt code', () => {
  it('typed in the middle of another report is looked up, and does not reach the group', async () => {
    const li = await stage.villager(711)
    const first = await fileTip(li, { village })
    await writeTip(li, { village })
    await li.presses('改：详细情况')
    await li.says(`查询码：${first.code}`)
    expect((await texts(li)).at(-1)).toContain(first.number)
    expect((await texts(li)).at(-1)).not.toContain('记下了')
    // Sixteen digits that are no code may be the card from which the money came.
    await li.says('6222020012345681')
    expect((await texts(li)).at(-1)).toContain('记下了')
    await li.presses('写完了')
    await li.presses('交上去')
    const seen = (await texts(township.supervisor)).join('\n')
    expect(seen).toContain('6222020012345681')
    expect(seen).not.toContain(first.code)
  })
})

describe('what a supervisor began', () => {
  const asking = async () =>
    (await texts(township.supervisor)).filter((text) => /请回复这一条消息|对不对/.test(text))

  it('does not stand in the group as if it waited, once it is begun anew or the tip is closed', async () => {
    const zhao = await stage.villager(721)
    await fileTip(zhao, { village })
    await township.supervisor.presses('我来办')
    await township.supervisor.presses('追问')
    await township.supervisor.presses('追问')
    expect(await asking()).toHaveLength(1)
    await township.supervisor.presses('办结')
    await township.supervisor.presses('属实')
    expect(await asking()).toEqual([expect.stringContaining('对不对')])
    await township.supervisor.presses('改一改')
    await township.supervisor.says('查过了，是真的。', { reply_to: await promptId() })
    expect(await asking()).toEqual([expect.stringContaining('查过了，是真的。')])
    await township.supervisor.presses('追问')
    await township.supervisor.presses('办结')
    await township.supervisor.presses('属实')
    await township.supervisor.presses('发给举报人')
    expect(await asking()).toEqual([])
  })

  it('goes when a colleague takes over', async () => {
    const qian = await stage.villager(722)
    await fileTip(qian, { village })
    await township.supervisor.presses('我来办')
    await township.supervisor.presses('追问')
    await township.colleague.presses('更多')
    await township.colleague.presses('换我来办')
    await township.colleague.presses('是，换我来办')
    expect(await asking()).toEqual([])
  })
})

describe('an album', () => {
  const album = async (actor: Actor, more: object = {}) => {
    const base64 = (await phonePhoto()).toString('base64')
    const before = (await texts(actor)).length
    await actor.act('upload', { files: Array(3).fill({ kind: 'photo', base64 }), ...more })
    return (await texts(actor)).slice(before)
  }

  it('is answered once, wherever a villager sends it', async () => {
    const sun = await stage.villager(731)
    expect(await album(sun)).toEqual([expect.stringContaining('我要举报')])
    await sun.says('/report')
    expect(await album(sun)).toEqual([expect.stringContaining('我明白了')])
    await fileTip(sun, { village })
    await township.supervisor.presses('我来办')
    await township.supervisor.presses('追问')
    await township.supervisor.says('有照片吗？', {
      reply_to: await promptId(),
    })
    await sun.presses('看一看')
    await sun.presses('回答')
    expect(await album(sun)).toEqual([expect.stringContaining('转给办')])
    expect(await stage.db.evidence.count()).toBe(3)
    // Their clean copies reach the group once they are made, which may be after the answer.
    await stage.filesSettled()
  })

  it('of a supervisor gives its first picture, and the others are said not to go', async () => {
    await township.supervisor.presses('追问')
    const reply = { reply_to: await promptId(), caption: '是这种吗？' }
    const said = await album(township.supervisor, reply)
    await stage.filesSettled()
    expect(said.filter((text) => text.includes('已经发给'))).toHaveLength(1)
    expect(said.filter((text) => text.includes('一次只能发一个'))).toHaveLength(1)
    expect(said.join()).not.toContain('已经办过了')
    // What they show one another is their own.
    expect(await album(township.supervisor)).toEqual([])
  })
})
