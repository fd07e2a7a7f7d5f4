import { randomUUID } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import { Api } from 'grammy'
import { Redis } from 'ioredis'
import { benchBot } from '../../harness/bench-bot.ts'
import { words } from '../../harness/campaign.ts'
import { waitUntil } from '../../harness/wait-until.ts'
import { sideBySide } from './side-by-side.ts'

const redis = { host: '127.0.0.1', port: 6379, maxRetriesPerRequest: null }
const giveUpMs = 120_000

/** One job per message, added beforehand; measured is the worker. Null when no Redis answers. */
export async function createBullmqRunner() {
  if (!(await hasRedis())) return null
  const name = `qingfeng-bench-${randomUUID()}`
  const queue = new Queue<number>(name, { connection: redis })
  return {
    run: async (root: string, chatIds: readonly number[]) => {
      await queue.addBulk(chatIds.map((chatId) => ({ name: 'send', data: chatId, opts })))
      const api = new Api(benchBot.token, { apiRoot: root })
      let done = 0
      const send = async ({ data: chatId }: { data: number }) => {
        await api.sendMessage(chatId, words)
        done += 1
      }
      const worker = new Worker(name, send, { connection: redis, concurrency: sideBySide })
      const isDone = () => done >= chatIds.length
      await waitUntil('all jobs are done', isDone, { withinMs: giveUpMs }).finally(() =>
        worker.close(),
      )
    },
    /** Leaves nothing behind in somebody's Redis. */
    close: async () => {
      await queue.obliterate({ force: true })
      await queue.close()
    },
  }
}

const opts = { removeOnComplete: true, removeOnFail: true }

async function hasRedis(): Promise<boolean> {
  const probe = new Redis({ ...redis, lazyConnect: true, retryStrategy: () => null })
  probe.on('error', () => {})
  const isThere = await probe.connect().then(
    () => true,
    () => false,
  )
  probe.disconnect()
  return isThere
}
