import { Agent } from 'node:http'
import { Telegram } from 'telegraf'
import { benchBot } from '../../harness/bench-bot.ts'
import { words } from '../../harness/campaign.ts'
import { sideBySide, workOff } from './side-by-side.ts'

/** The same with Telegraf, whose own agent is for https only. */
export async function runTelegrafLoop(root: string, chatIds: readonly number[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: sideBySide })
  const telegram = new Telegram(benchBot.token, { apiRoot: root, agent })
  await workOff(chatIds, (chatId) => telegram.sendMessage(chatId, words))
  agent.destroy()
}
