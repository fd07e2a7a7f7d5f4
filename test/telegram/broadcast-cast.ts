import { openKeyring } from '../../src/db/open-keyring.ts'
import { saveSubscriber } from '../../src/subscribers/subscriber-store.ts'
import type { Actor, Stage } from '../support/stage.ts'

const today = '2017-03-15'
/** 10:00 in Quzhou. */
export const morning = new Date('2017-03-15T02:00:00Z')

/** Two admins who have pressed Start. Neither waits for a campaign to be through. */
export async function castOffice(stage: Stage): Promise<{ lin: Actor; zhou: Actor }> {
  await stage.telegram.createPerson({ id: 30_001, first_name: '林' })
  await stage.telegram.createPerson({ id: 30_002, first_name: '周' })
  const [lin, zhou] = [30_001, 30_002].map((id) => stage.actor(id, id, { awaitsBulk: false }))
  if (!lin || !zhou) throw new Error('No office')
  await lin.start()
  await zhou.start()
  return { lin, zhou }
}

/** People who have pressed Start and chosen this village, with ids one after the other. */
export async function castVillagers(
  stage: Stage,
  { fromId, count, village }: { fromId: number; count: number; village: string },
): Promise<number[]> {
  await stage.telegram.call('POST', '/crowds', { from_id: fromId, count })
  const { keyring } = await openKeyring(stage.db, `${stage.folder}/secret.key`)
  const area = await stage.db.area.findUniqueOrThrow({ where: { code: village } })
  const ids = Array.from({ length: count }, (_, n) => fromId + n)
  for (const chatId of ids)
    await saveSubscriber(
      stage.db,
      keyring,
      { chatId, today, language: 'zh-CN' },
      { state: 'active', areaId: area.id },
    )
  return ids
}

/** Writes words of its own for everybody, to go out as soon as it is approved, and asks for that. */
export async function compose(author: Actor, words: string): Promise<void> {
  await author.says('/broadcast')
  await author.presses('新的群发')
  await author.presses('自己写')
  await author.presses('通知')
  await author.says(words)
  for (const _step of ['buttons', 'audience', 'time', 'review']) await author.presses('下一步')
  await author.presses('请第二个人看')
}

/** What each of these people has in their chat with the bot: texts that stand there now. */
export async function readChats(stage: Stage, ids: readonly number[]): Promise<string[][]> {
  return Promise.all(
    ids.map(async (id) =>
      (await stage.telegram.messages(id, id))
        .filter(({ from, deleted, service }) => from?.is_bot && !deleted && !service)
        .map(({ text = '' }) => text),
    ),
  )
}

/** How many messages of campaigns have gone out so far. */
export async function countSent(stage: Stage): Promise<number> {
  return stage.db.delivery.count({ where: { lane: 'bulk', state: 'sent' } })
}

/** In how many campaigns somebody still waits for his message. */
export async function countWaitingQueues(stage: Stage): Promise<number> {
  const where = { lane: 'bulk', state: 'pending' }
  return (await stage.db.delivery.groupBy({ by: ['queueId'], where, _count: true })).length
}
