import { botIdOf } from '../../../src/telegram/api.ts'
import { benchBot } from './bench-bot.ts'
import type { StandIn } from './stand-in.ts'

/** Group chats with the bot as an admin, one for each card or group. */
export async function createInboxes(standIn: StandIn, count: number): Promise<number[]> {
  await standIn.call('POST', '/users', { id: 401, first_name: '督导员' })
  const ids: number[] = []
  for (let n = 0; n < count; n += 1) {
    const members = [
      { user_id: 401, status: 'creator' },
      { user_id: Number(botIdOf(benchBot.token)), status: 'administrator', rights: { '*': true } },
    ]
    const chat = { kind: 'supergroup', title: `督导组 ${n}`, members }
    ids.push((await standIn.call<{ id: number }>('POST', '/chats', chat)).id)
  }
  return ids
}
