import { describe, expect, it } from 'vitest'
import type { LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { castGroup, fileTip } from '../support/cast.ts'
import { waitFor } from '../support/child.ts'
import { type Actor, createStage } from '../support/stage.ts'

const stage = await createStage()
const group = await castGroup(stage, { name: '龙游县第一督导组' })
const village = '龙洲街道 半爿月'

/** Invited by the admin with a link of their own. */
async function invite(id: number, name: string, role = '保管员'): Promise<Actor> {
  await group.admin.says(`/staff ${name}`)
  await group.admin.presses(role)
  const link = /start=(c_\w+)/.exec((await group.admin.last()).text ?? '')?.[1]
  const person = await stage.villager(id, { first_name: name })
  await person.start(link)
  return person
}

const [wang, first, second] = [
  await stage.villager(901),
  await invite(902, '保管甲'),
  await invite(903, '保管乙'),
]

describe('custodians', () => {
  it('are appointed with a link that works once, and everybody in charge hears of it', async () => {
    expect(JSON.stringify(await first.fromBot())).toContain('您现在是保管员')
    expect(JSON.stringify(await group.admin.fromBot())).toContain('保管乙现在是保管员')
    expect(JSON.stringify(await first.fromBot())).toContain('保管乙现在是保管员')
    await group.admin.says('/staff')
    expect((await group.admin.last()).text).toContain('· 保管甲\n· 保管乙')
  })

  it('open together the name that a reporter chose to give; an admin cannot', async () => {
    const { number } = await fileTip(wang, { village })
    await wang.presses('看看')
    await wang.presses('实名')
    expect((await wang.last()).text).toContain('可以不留名字')
    await wang.presses('我要留名字')
    await wang.says('周小凤')
    await wang.says('138 1234 5678')
    expect((await wang.last()).text).toContain('单独锁好')
    const typed = (await wang.seen()).filter(({ from, deleted }) => !from?.is_bot && !deleted)
    expect(JSON.stringify(typed)).not.toMatch(/周小凤|1234/)
    expect((await group.supervisor.last()).text).toContain('留了真名，请先办这一件')

    await group.admin.says(`/open ${number} 我要看`)
    expect((await group.admin.last()).text).toContain('这个我不会')
    await first.says(`/open ${number} 当面核实`)
    await second.presses('我同意')
    await second.says('确有必要')
    await first.presses('看一次')
    const shown = await first.last()
    expect(shown.text).toContain('周小凤')
    expect(shown.text).toContain('13812345678')
    expect(shown.protect).toBe(true)
    expect(JSON.stringify(await second.seen())).not.toContain('周小凤')

    expect((await wang.last()).text).not.toMatch(/名字|保管|QF/)
    expect(await wang.opens()).toContain('· 当面核实\n· 确有必要')
  })

  it('may do nothing any more once they are dismissed', async () => {
    await group.admin.says('/staff')
    await group.admin.presses('取消：保管乙')
    await group.admin.presses('对，取消')
    expect(JSON.stringify(await second.fromBot())).toContain('保管乙不再是保管员')
    await second.says('/open QF-000001 再看看')
    expect((await second.last()).text).toContain('这个我不会')
  })

  it('and admins hold a tip by law; nobody else', async () => {
    await first.says('/hold QF-000001')
    expect((await first.last()).text).toContain('写上原因')
    await first.says('/hold QF-000001 法院要用')
    expect((await first.last()).text).toContain('到期也不销毁')
    await group.admin.says('/unhold qf 1')
    expect((await group.admin.last()).text).toContain('不再特别留着')
    await wang.says('/hold QF-000001 我也要')
    expect((await wang.last()).text).toContain('这个我不会')
  })
})

describe('editors', () => {
  it('are appointed and dismissed as custodians are, and open nothing', async () => {
    const editor = await invite(904, '编辑林', '编辑')
    expect((await editor.last()).text).toContain('您现在是编辑')
    const told = (await first.fromBot()).length
    expect(JSON.stringify(await group.admin.fromBot())).toMatch(
      /编辑林现在是编辑。点开链接的人，在 Telegram 上叫“[^”]+”/,
    )
    expect(JSON.stringify(await first.fromBot())).not.toContain('编辑林')
    await editor.says('/open QF-000001 看看')
    expect((await editor.last()).text).toContain('这个我不会')
    await editor.says('/content')
    expect((await editor.last()).text).toContain('内容库')

    await group.admin.says('/staff')
    expect((await group.admin.last()).text).toMatch(/· 保管甲\n\n编辑（.*）：\n· 编辑林/)
    await group.admin.presses('取消：编辑林')
    await group.admin.presses('对，取消')
    expect((await group.admin.fromBot()).at(-1)?.text).toContain('编辑林不再是编辑')
    expect((await first.fromBot()).length).toBe(told)
    await editor.says('/content')
    expect((await editor.last()).text).toContain('这个我不会')
    const menu = await waitFor(async () => {
      const path = `/chats/${editor.id}/commands?user_id=${editor.id}`
      const shown = JSON.stringify(await stage.telegram.call('GET', path))
      return shown.includes('content') ? undefined : shown
    }, 10_000)
    expect(menu).toContain('report')
  })

  it('have a menu of their own', async () => {
    const editor = await invite(905, '编辑周', '编辑')
    const menu = await waitFor(async () => {
      const calls = (await stage.telegram.call<LogPage>('GET', '/log?limit=10000')).entries
      const sent = calls.find(
        ({ method, params }) =>
          method === 'setMyCommands' && JSON.stringify(params).includes(String(editor.id)),
      )
      return sent && JSON.stringify(sent.params)
    }, 10_000)
    expect(menu).toMatch(/content.*broadcast.*calendar.*stop/)
    expect(menu).not.toContain('groups')
  })

  it('have names that a button can carry', async () => {
    await group.admin.says(`/staff ${'长'.repeat(19)}`)
    expect((await group.admin.last()).text).toContain('最多 18 个字')
    await group.admin.says(`/staff ${'👩‍🌾'.repeat(5)}`)
    expect((await group.admin.last()).text).toContain('太长了')
  })
})
