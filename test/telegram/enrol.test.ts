import { describe, expect, it } from 'vitest'
import { fileTip, makeLinks, meetAdmin } from '../support/cast.ts'
import { createStage } from '../support/stage.ts'

const stage = await createStage()
const admin = await meetAdmin(stage)
const [zhao, qian, stranger] = [
  await stage.villager(601),
  await stage.villager(602),
  await stage.villager(603),
]
const group = '龙游县第三督导组'

async function showGroup() {
  await admin.says(`/groups ${group}`)
  await admin.presses(group)
  return admin.last()
}

describe('the personal links of a group', () => {
  it('come one in a message, for those who are not enrolled', async () => {
    await showGroup()
    const [first, ...others] = await makeLinks(admin)
    expect(others.length).toBeGreaterThan(0)
    expect((await admin.last()).text?.match(/https:/g)).toHaveLength(1)
    await zhao.start(first)

    await showGroup()
    const again = await makeLinks(admin)
    expect(again).toHaveLength(others.length)
    expect((await admin.fromBot()).at(-1 - again.length)?.text).toContain('作废')
    await qian.start(others[0])
    expect((await qian.last()).text).toContain('已经用过了')
    for (const link of again) await qian.start(link)
  })

  it('change the account of somebody enrolled only by a button of its own, and nobody is left unaware', async () => {
    const name = (await stage.db.supervisor.findFirstOrThrow({ where: { telegramId: 601n } })).name
    expect(JSON.stringify((await showGroup()).buttons)).toContain(`换账号：${name}`)
    const [link] = await makeLinks(admin, `换账号：${name}`)
    await stranger.start(link)
    expect((await stranger.last()).text).toContain('您已登记')
    expect((await zhao.last()).text).toContain('您这个账号不能再在组里办理举报了')
    expect((await admin.last()).text).toContain(`“${group}”的${name}换了 Telegram 账号`)
  })
})

describe('a fresh office, in which the chat is bound before anybody is enrolled', () => {
  it('gets what was filed meanwhile as soon as the first person is enrolled', async () => {
    await admin.says('/groups 龙游县第四督导组')
    await admin.presses('龙游县第四督导组')
    await admin.presses('生成绑定码')
    const code = /绑定码：(\w{8})/.exec((await admin.last()).text ?? '')?.[1]
    const [link] = await makeLinks(admin)
    const owner = await stage.villager(611)
    const [bot] = await stage.telegram.call<{ id: number }[]>('GET', '/bots')
    const { id } = await stage.telegram.createChat({
      kind: 'supergroup',
      title: '督导四组',
      members: [
        { user_id: owner.id, status: 'creator' },
        { user_id: bot?.id, status: 'administrator', rights: { '*': true } },
      ],
    })
    const inbox = stage.actor(owner.id, id)
    await inbox.says(`/bind ${code}`)
    expect((await inbox.last()).text).toContain('还没有一个组员登记')

    const { territory } = await stage.db.group.findUniqueOrThrow({
      where: { code: 'LY-04' },
      include: { territory: { include: { area: { include: { children: true } } } } },
    })
    const town = territory[0]?.area
    const place = town?.children.find(({ level }) => level === 'village')
    const village = `${town?.name} ${place?.name.replace('村民委员会', '')}`
    const { number } = await fileTip(qian, { village })
    expect((await admin.last()).text).toContain(`${number} 现在没有督导组能收`)
    await owner.start(link)
    expect((await inbox.last()).text).toContain(number)
    await inbox.says('/check')
    expect((await inbox.last()).text).not.toContain('还没有一个组员登记')
  })
})
