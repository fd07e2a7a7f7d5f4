import type { Actor, Stage } from './stage.ts'
import { testBot } from './stand-in.ts'

const botId = Number(testBot.token.split(':', 1)[0])
const adminId = 30001

export type CastGroup = {
  chatId: number
  admin: Actor
  /** Enrolled, and the creator of the chat. As seen in the group chat. */
  supervisor: Actor
  /** Enrolled too. */
  colleague: Actor
  /** In the chat, on no roster. */
  outsider: Actor
}

/**
 * A group with a bound chat and two enrolled supervisors, made as an office does it: codes and links from the bot,
 * /bind in the chat, a personal link each. `name` is that of a shipped group.
 */
export async function castGroup(
  stage: Stage,
  {
    name,
    kind = 'supergroup',
    firstId = 401,
  }: { name: string; kind?: 'group' | 'supergroup' | 'forum'; firstId?: number },
): Promise<CastGroup> {
  const admin = await meetAdmin(stage)
  await admin.says(`/groups ${name}`)
  await admin.presses(name)
  await admin.presses('生成绑定码')
  const code = /绑定码：(\w{8})/.exec((await admin.last()).text ?? '')?.[1]
  const links = await makeLinks(admin)

  const [supervisorId, colleagueId, outsiderId] = [firstId, firstId + 1, firstId + 2]
  await stage.telegram.createPerson({
    id: supervisorId,
    first_name: '督导员',
    username: `s${supervisorId}`,
  })
  await stage.telegram.createPerson({ id: colleagueId, first_name: '同事' })
  await stage.telegram.createPerson({ id: outsiderId, first_name: '外人' })
  const chat = await stage.telegram.createChat({
    kind,
    title: name,
    members: [
      { user_id: supervisorId, status: 'creator' },
      { user_id: colleagueId, status: 'administrator', rights: { '*': true } },
      { user_id: outsiderId, status: 'member' },
      { user_id: botId, status: 'administrator', rights: { '*': true } },
    ],
  })
  const supervisor = stage.actor(supervisorId, chat.id)
  await supervisor.says(`/bind ${code}`)
  await stage.actor(supervisorId).start(links[0])
  await stage.actor(colleagueId).start(links[1])
  return {
    chatId: chat.id,
    admin,
    supervisor,
    colleague: stage.actor(colleagueId, chat.id),
    outsider: stage.actor(outsiderId, chat.id),
  }
}

/** Presses the button for personal links in the group's view and gives what came, in the order of the roster. */
export async function makeLinks(admin: Actor, button = '生成组员登记链接'): Promise<string[]> {
  const before = (await admin.fromBot()).length
  await admin.presses(button)
  return (await admin.fromBot())
    .slice(before)
    .flatMap(({ text }) => /start=(s_\w+)/.exec(text ?? '')?.[1] ?? [])
}

/** The admin of the settings, who has pressed Start. */
export async function meetAdmin(stage: Stage): Promise<Actor> {
  const known = await stage.telegram.call<{ id: number }[]>('GET', '/users')
  const admin = stage.actor(adminId)
  if (known.some(({ id }) => id === adminId)) return admin
  await stage.telegram.createPerson({ id: adminId, first_name: '办公室 林', username: 'admin_lin' })
  await admin.start()
  return admin
}

/** Writes a tip with buttons and few words, up to the question for files. `village` must name one place only. */
export async function tellTip(
  villager: Actor,
  { village = '贺村镇 山底', who = '张大山' } = {},
): Promise<void> {
  await villager.says('/report')
  await villager.presses('我明白了')
  await villager.presses('送钱')
  await villager.says(village)
  await villager.says(who)
  await villager.presses('想当选的人')
  await villager.presses('昨天')
  await villager.says('每户送了两百元和一条烟')
  await villager.presses('写完了')
}

/** …and goes on to the review. */
export async function writeTip(
  villager: Actor,
  options: Parameters<typeof tellTip>[1] = {},
): Promise<void> {
  await tellTip(villager, options)
  await villager.presses('跳过')
}

/** …and files it. Gives its number and receipt code. */
export async function fileTip(villager: Actor, options: Parameters<typeof writeTip>[1] = {}) {
  await writeTip(villager, options)
  await villager.presses('交上去')
  const receipt =
    (await villager.fromBot()).findLast(({ text }) => text?.includes('查询码'))?.text ?? ''
  return {
    number: /编号：(QF-\d+)/.exec(receipt)?.[1] ?? '',
    code: /查询码：([\d ]+)/.exec(receipt)?.[1] ?? '',
  }
}
