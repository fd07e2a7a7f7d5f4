/** Brings updates to the bots, by polling or webhook, and plays the faults that concern them. */
import type { Faults } from '../faults.ts'
import type { Delivery } from '../methods/method.ts'
import type { Settings } from '../options.ts'
import type { Bot, QueuedUpdate } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { createPolls } from './polls.ts'
import { createWebhooks } from './webhooks.ts'

export interface Deliverer extends Delivery {
  /** Takes up the webhooks of a restored world. */
  start(): void
  stop(): Promise<void>
}

export function createDeliverer(deps: {
  world: World
  faults: Faults
  settings: Settings
  runReply: (bot: Bot, body: string) => void
}): Deliverer {
  const { world, faults, settings, runReply } = deps
  const polls = createPolls({ world, secondMs: settings.secondMs, onDone: releaseCopy })
  const webhooks = createWebhooks({ world, settings, runReply, onDone: releaseCopy })

  function show(bot: Bot, update: QueuedUpdate): void {
    polls.wake(bot.user.id)
    webhooks.offer(bot, update)
  }

  function release(bot: Bot, update: QueuedUpdate): void {
    update.standing = 'overdue'
    show(bot, update)
  }

  /** The second copy waits until the first is done with, so that it comes as an old number again. */
  function releaseCopy(bot: Bot, done: QueuedUpdate): void {
    const copy = bot.updates.find((other) => other.id === done.id && other.standing === 'held')
    if (copy) release(bot, copy)
  }

  world.onUpdate = (botId, update) => {
    const bot = world.state.bots.get(botId)
    if (!bot) return
    const fault = faults.takeUpdate({ name: update.type, botId, chatId: update.chatId })
    if (fault?.kind === 'duplicate-update') bot.updates.push({ ...update, standing: 'held' })
    if (fault?.kind === 'late-update') {
      update.standing = 'held'
      void faults.released(fault).then(() => release(bot, update))
      return
    }
    show(bot, update)
  }

  return {
    poll: (bot, request, signal) => polls.poll(bot, request, signal),
    terminatePoll: (botId, reason) => polls.terminate(botId, reason),
    restartWebhook: (bot) => webhooks.restart(bot),
    start() {
      for (const bot of world.state.bots.values()) {
        // The faults that held them back did not outlive the snapshot.
        for (const update of bot.updates) delete update.standing
        if (bot.webhook) webhooks.restart(bot)
      }
    },
    async stop() {
      polls.stop()
      await webhooks.stop()
    },
  }
}
