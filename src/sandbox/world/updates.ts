/** The update queues of the bots: what waits, what has expired, what was confirmed. */
import type { Bot, QueuedUpdate } from './state.ts'
import type { UpdateType } from './wire.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000
/** A press of a button is kept much shorter than a message. */
const CALLBACK_MS = 150_000

/** Only these come without being asked for by name. */
const OUTSIDE_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

export function enqueueUpdate(
  world: World,
  bot: Bot,
  update: { type: UpdateType; payload: unknown; queue: string; chatId: number },
): void {
  if (!wants(bot, update.type)) return
  const queued: QueuedUpdate = {
    id: bot.nextUpdateId,
    type: update.type,
    payload: update.payload,
    queue: update.queue,
    chatId: update.chatId,
    expiresAt: world.nowMs() + (update.type === 'callback_query' ? CALLBACK_MS : DAY_MS),
  }
  bot.nextUpdateId += 1
  bot.updates.push(queued)
  world.onUpdate(bot.user.id, queued)
}

function wants(bot: Bot, type: UpdateType): boolean {
  return bot.allowedUpdates ? bot.allowedUpdates.includes(type) : !OUTSIDE_DEFAULT.has(type)
}

export function dropExpired(world: World, bot: Bot): void {
  const now = world.nowMs()
  if (bot.updates.some((update) => update.expiresAt <= now)) {
    bot.updates = bot.updates.filter((update) => update.expiresAt > now)
  }
}

/** Returns what is done with. A negative offset forgets all but the last so many. */
export function confirmBefore(bot: Bot, offset: number): QueuedUpdate[] {
  const first = offset < 0 ? (bot.updates.at(offset)?.id ?? 0) : offset
  const isConfirmed = (update: QueuedUpdate) => update.id < first && !update.standing
  const confirmed = bot.updates.filter(isConfirmed)
  if (confirmed.length > 0) bot.updates = bot.updates.filter((update) => !isConfirmed(update))
  return confirmed
}

export function removeUpdate(bot: Bot, update: QueuedUpdate): void {
  const index = bot.updates.indexOf(update)
  if (index >= 0) bot.updates.splice(index, 1)
}

export function wireUpdate(update: QueuedUpdate): Record<string, unknown> {
  return { update_id: update.id, [update.type]: update.payload }
}
