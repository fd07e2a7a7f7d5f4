import { autoRetry } from '@grammyjs/auto-retry'
import { Api } from 'grammy'
import { benchBot } from '../../harness/bench-bot.ts'
import { words } from '../../harness/campaign.ts'
import { workOff } from './side-by-side.ts'

/** What a bot without a ledger does: call, and let a plugin try again. A crash loses who has had it. */
export async function runGrammyLoop(root: string, chatIds: readonly number[]): Promise<void> {
  const api = new Api(benchBot.token, { apiRoot: root })
  api.config.use(autoRetry())
  await workOff(chatIds, (chatId) => api.sendMessage(chatId, words))
}
