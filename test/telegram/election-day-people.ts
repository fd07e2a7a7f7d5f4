import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { importGroups } from '../../src/groups/import-groups.ts'
import type { MessageView, PressView } from '../../src/sandbox/control/views.ts'
import type { CastGroup } from '../support/cast.ts'
import type { Actor, Stage } from '../support/stage.ts'

/** People of the day, and what they do; each function is one thing that somebody does. */

export const electionDay = '2017-03-31'
const ping = '有一条给您的消息'

export type Group = CastGroup & { name: string }

/** A tip as the story knows it. What the service must show is compared with this at the end. */
export type Tip = {
  villager: Actor
  number: string
  code: string
  /** What only this tip says. */
  words: string
  /** Groups in whose chat it stood. */
  had: Set<string>
  /** Other chats in which its number must stand, and why the reader may believe it. */
  namedIn: Set<string>
  /** How often the reporter was asked, told a result, and asked after. */
  asked: number
  results: number
  cared: number
}

/** A reporter whom nobody could mistake: name, username, phone and number. */
export function canaryOf(n: number) {
  return {
    id: 7_310_987_650_000 + n * 37,
    first_name: `Zwitscher${n}vogel`,
    last_name: `Kanari${n}enlied`,
    username: `piepmatz_${n}_8842`,
    phone: `+86133777${String(n).padStart(2, '0')}899`,
  }
}

/**
 * The office's files of this year: the day of the ballot, a mediation group, and two people on rosters whose names will
 * be heard again.
 */
export async function prepareDirectory(stage: Stage): Promise<void> {
  const shipped = await readFile(new URL('../../prisma/seed/groups.csv', import.meta.url), 'utf8')
  const lines = shipped.trimEnd().split('\n')
  const replaced = lines.map((line) => {
    if (line.startsWith('LY-01,')) return line.replace('督导员丙', '钱守成')
    return line.startsWith('LY,') ? line.replace('督导员丁', '孔令先') : line
  })
  const mediation = `LY-TJ,${mediationName},mediation,township,330825001000,,,督导员甲:组长|督导员乙:成员`
  const imported = await importGroups(stage.db, {
    bytes: Buffer.from([...replaced, mediation, ''].join('\n')),
    now: new Date(0),
  })
  expect(imported).toMatchObject({ outcome: 'imported' })
  await stage.stop()
  await stage.db.area.update({
    where: { code: '330825001000' },
    data: { electionDay: new Date(electionDay) },
  })
  await stage.start()
}
export const mediationName = '龙洲街道调解组'

type Report = { what?: string; who: string; role?: string; village?: string }

/** Files a tip with buttons and a name. */
export async function reports(
  villager: Actor,
  { what = '送钱', who, role = '想当选的人', village = '龙洲街道 山底' }: Report,
): Promise<Tip> {
  await villager.says('/report')
  await villager.presses('我明白了')
  await villager.presses(what)
  await villager.says(village)
  await villager.says(who)
  await villager.presses(role)
  await villager.presses('今天')
  await villager.presses('就这些')
  return handsIn(villager, who)
}

/** The last button, and the receipt. */
export async function handsIn(villager: Actor, words: string): Promise<Tip> {
  await villager.presses('交上去')
  const receipt = (await villager.fromBot()).findLast(({ text }) => text?.includes('查询码'))?.text
  const number = /编号：(QF-\d+)/.exec(receipt ?? '')?.[1] ?? 'no number'
  const code = /查询码：([\d ]+\d)/.exec(receipt ?? '')?.[1] ?? 'no code'
  const told = { asked: 0, results: 0, cared: 0 }
  return { villager, number, code, words, had: new Set(), namedIn: new Set(), ...told }
}

const says = ({ text, caption }: MessageView) => `${text ?? ''}${caption ?? ''}`

/** Presses a button under the newest message that names the tip. */
export async function pressesAbout(who: Actor, tip: Tip, label: string): Promise<PressView> {
  for (const message of (await who.fromBot()).reverse()) {
    if (!says(message).includes(tip.number)) continue
    const button = message.buttons?.flat().find(({ text }) => text.includes(label))
    if (button?.callback_data)
      return who.act<PressView>('press', {
        message_id: message.message_id,
        data: button.callback_data,
      })
  }
  throw new Error(`No button “${label}” about ${tip.number} in ${who.chatId}`)
}

/** Answers the newest message of the bot, as one does with the field that it opens. */
export async function answersBot(member: Actor, words: string): Promise<void> {
  const { message_id, message_thread_id } = await member.last()
  const thread = message_thread_id === undefined ? {} : { message_thread_id }
  await member.says(words, { reply_to: message_id, ...thread })
}

export async function takes(member: Actor, tip: Tip): Promise<void> {
  expect((await pressesAbout(member, tip, '我来办')).text).toContain('由您来办')
}

/** Writes /ask below the tip's card, or in its topic. */
export async function asks(member: Actor, tip: Tip, question: string): Promise<void> {
  const [card] = await cardsIn(member, tip)
  const thread = card?.message_thread_id
  const where =
    thread === undefined ? { reply_to: card?.message_id } : { message_thread_id: thread }
  await member.says(`/ask ${question}`, where)
}

/** Closes a tip with words that the service proposes. `buttons`: result, and body if there is one. */
export async function closes(member: Actor, tip: Tip, ...buttons: string[]): Promise<void> {
  for (const label of ['办结', ...buttons, '发给举报人']) await pressesAbout(member, tip, label)
  tip.results += 1
}

export async function linksTo(member: Actor, tip: Tip, main: Tip): Promise<void> {
  await pressesAbout(member, tip, '更多')
  await pressesAbout(member, tip, '与另一件重复')
  await answersBot(member, main.number)
  expect((await member.last()).text).toContain(`${tip.number} 并到 ${main.number} 一起办了`)
}

export async function declaresConflict(member: Actor, tip: Tip): Promise<void> {
  for (const label of ['更多', '我与此事有关', '是，我与此事有关'])
    await pressesAbout(member, tip, label)
}

/** Opens everything for which the phone rang, the newest first. There must be something to open. */
export async function reads({ villager }: Tip): Promise<string> {
  const unread = (await villager.fromBot()).filter(({ text }) => text?.includes(ping))
  expect(unread).not.toEqual([])
  const opened = []
  for (const _ring of unread) opened.push(await villager.opens())
  return opened.join('\n---\n')
}

export async function isNotContent(tip: Tip, why: string): Promise<void> {
  await pressesAbout(tip.villager, tip, '不满意')
  await tip.villager.says(why)
  expect((await tip.villager.last()).text).toContain('会再查')
}

/** Asks where the tip stands, and gives the answer. */
export async function looksUp({ villager, number }: Tip): Promise<string> {
  await villager.says('/status')
  await villager.presses(number)
  return (await villager.last()).text ?? ''
}

export async function withdraws(tip: Tip): Promise<void> {
  await looksUp(tip)
  for (const label of ['撤回举报', '要撤回', '真的撤回']) await tip.villager.presses(label)
  expect((await tip.villager.last()).text).toContain('撤回了')
}

/** Gives what the reporter is told in the end. */
export async function erases(tip: Tip): Promise<string> {
  await looksUp(tip)
  for (const label of ['删掉我的信息', '要删掉', '真的删掉']) await tip.villager.presses(label)
  return (await tip.villager.last()).text ?? ''
}

/** What the tip says, as it stands in this chat at the moment; a line that it went elsewhere does not count. */
export async function cardsIn(member: Actor, { number }: Tip): Promise<MessageView[]> {
  return (await member.fromBot()).filter(
    ({ text }) => text?.startsWith(`举报 ${number}\n`) && text.includes('什么事：'),
  )
}

/** All that the bot says in this chat at the moment. */
export async function standsIn(member: Actor): Promise<string> {
  return (await member.fromBot()).map(says).join('\n---\n')
}

export const isPing = (text: unknown): boolean => typeof text === 'string' && text.includes(ping)
