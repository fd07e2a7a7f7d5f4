import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDirectoryCache } from '../../src/areas/directory.ts'
import { openKeyring } from '../../src/db/open-keyring.ts'
import { createEnqueue } from '../../src/delivery/enqueue-delivery.ts'
import { createMessages } from '../../src/messages/messages.ts'
import type { LogPage, Violations } from '../../src/sandbox/control/schemas.ts'
import type { MessageView } from '../../src/sandbox/control/views.ts'
import { loadInterview, openInterviews } from '../../src/tips/filing/interview-versions.ts'
import { routeTip } from '../../src/tips/routing/route-tip.ts'
import { numberOfTip } from '../../src/tips/tip.ts'
import { nextTipId } from '../../src/tips/tip-store.ts'
import { castGroup, fileTip } from '../support/cast.ts'
import { waitFor } from '../support/child.ts'
import { type Actor, createStage } from '../support/stage.ts'

/** The clock of everybody here runs ten times as fast, so that a minute of Telegram's limits lasts six seconds. */
const speed = 10
const startedAt = Date.now()
const now = () => new Date(startedAt + (Date.now() - startedAt) * speed)

/** Telegram's limits on the stand-in; the service keeps them on its own clock, with some room for a busy machine. */
const stage = await createStage({
  now,
  standIn: {
    limits: { bot_per_second: 30, chat_per_second: 1, chat_burst: 3, group_per_minute: 20 },
  },
  limits: {
    bot: { count: 20, perMs: 1_000 / speed },
    paid: { count: 20, perMs: 1_000 / speed },
    chat: { burst: 2, everyMs: 1_300 / speed },
    group: { count: 20, perMs: 63_000 / speed },
  },
})
const tips = 60
const isList = ({ text }: MessageView) => text?.includes('件新举报在等') ?? false
const numberOf = (text = '') => /^举报 (QF-\d+)\n/.exec(text)?.[1]
const buttonsOf = (message: MessageView) => (message.buttons ?? []).flat()

async function lists(member: Actor) {
  return (await member.fromBot()).filter(isList)
}

/** Files the tip that is there so many times more, quicker than villagers could type. */
async function copyTip(times: number): Promise<void> {
  const { keyring } = await openKeyring(stage.db, join(stage.folder, 'secret.key'))
  const deps = {
    ...{ keyring, now, timezone: 'Asia/Shanghai', officeLanguage: 'zh-CN' as const },
    messages: await createMessages(),
    directory: createDirectoryCache(),
    interviews: await openInterviews(stage.db, loadInterview()),
    enqueue: createEnqueue({ keyring, now }),
  }
  const { receiptKey: _own, routing: _its, ...copied } = await stage.db.tip.findFirstOrThrow()
  for (let n = 0; n < times; n += 1)
    await stage.db.$transaction(async (tx) => {
      const id = await nextTipId(tx)
      const held = { id, number: numberOfTip(id), state: 'held', groupId: null, filedAt: now() }
      await tx.tip.create({ data: { ...copied, ...held } })
      await routeTip(tx, deps, id)
    })
}

/** The cards that the stand-in took, as often as it took them, in that order. */
async function takenCards(chatId: number): Promise<string[]> {
  const page = await stage.telegram.call<LogPage>(
    'GET',
    `/log?method=sendMessage&chat_id=${chatId}&ok=true&limit=1000`,
  )
  return page.entries.flatMap(({ params }) => numberOf(String(params?.text ?? '')) ?? [])
}

describe('sixty tips for one group within a minute', () => {
  it('are all in the chat at once, as cards or in a list, each to be opened by its button, and each comes once', async () => {
    const { chatId, supervisor, outsider } = await castGroup(stage, { name: '龙游县第八督导组' })
    await fileTip(await stage.villager(1_001), { village: '罗家乡 陆村' })
    await copyTip(tips - 1)
    const filed = await stage.db.tip.findMany({ orderBy: { id: 'asc' } })
    const all = filed.map(({ number }) => number)
    expect(all).toHaveLength(tips)

    // Everything is to be seen long before the sixty cards could have gone out.
    await waitFor(async () => {
      const cards = await takenCards(chatId)
      const named = (await lists(supervisor)).flatMap(buttonsOf).map(({ text }) => text)
      const seen = new Set([...cards, ...named.map((text) => text.replace('打开 ', ''))])
      return seen.size === tips && cards.length < tips ? true : undefined
    }, 60_000)

    const [list] = await lists(supervisor)
    const [first] = list ? buttonsOf(list) : []
    const press = { message_id: list?.message_id, data: first?.callback_data }
    const refused = await outsider.act<{ text?: string }>('press', press)
    expect(refused.text).toContain('没有登记')

    for (const shown of await lists(supervisor))
      for (const { callback_data: data } of buttonsOf(shown))
        await stage.telegram.press({
          ...{ user_id: supervisor.id, chat_id: chatId },
          ...{ message_id: shown.message_id, data: data ?? '' },
        })
    await waitFor(async () => {
      const isDone = (await stage.db.tipCard.count({ where: { state: 'shown' } })) === tips
      return isDone && (await lists(supervisor)).length === 0 ? true : undefined
    }, 120_000)
    await stage.settled()

    expect(await takenCards(chatId)).toEqual(all)
    expect(await stage.telegram.call<Violations>('GET', '/violations')).toEqual({
      ...{ bot: 0, bot_paid: 0, chat: 0, group: 0, group_edit: 0 },
    })
    const refusals = await stage.telegram.call<LogPage>('GET', '/log?ok=false&limit=1000')
    expect(refusals.entries.filter(({ status }) => status === 429)).toEqual([])
    expect(await stage.db.auditLine.count({ where: { action: 'tip opened' } })).toBeGreaterThan(0)
    for (const line of stage.logLines) expect(line).not.toContain('task failed')
  }, 240_000)
})
