import { createLease } from '../../../src/db/lease-store.ts'
import type { PrismaClient } from '../../../src/db/open-database.ts'
import { createDispatcher, type Dispatcher } from '../../../src/delivery/dispatcher.ts'
import type { PaceLimits } from '../../../src/delivery/pace.ts'
import { senderLeaseName, senderLeaseSeconds } from '../../../src/delivery/sending-lease.ts'
import { createKeyring } from '../../../src/lib/keyring.ts'
import { botIdOf, createApi } from '../../../src/telegram/api.ts'
import { createTelegramSender } from '../../../src/telegram/sender.ts'
import { benchBot } from './bench-bot.ts'

export const keyring = createKeyring(new Uint8Array(32).fill(7))
export const now = () => new Date()

/** As fast as it goes. */
export const unpaced: PaceLimits = {
  bot: { count: 1_000, perMs: 0 },
  paid: { count: 1_000, perMs: 0 },
  chat: { burst: 1_000, everyMs: 0 },
  group: { count: 1_000, perMs: 0 },
}

/** The dispatcher as src/engine.ts builds it, with the limits of the scenario. */
export function buildDispatcher(
  db: PrismaClient,
  { root, limits, onLeader }: { root: string; limits: PaceLimits; onLeader?: () => void },
): Dispatcher {
  const { token } = benchBot
  return createDispatcher({
    db,
    keyring,
    now,
    limits,
    timezone: 'Asia/Shanghai',
    log: {
      info: () => onLeader?.(),
      error: (fields, text) => console.error(text, JSON.stringify(fields)),
    },
    lease: createLease(db, senderLeaseName(Number(botIdOf(token))), senderLeaseSeconds),
    sender: createTelegramSender({ api: createApi({ token, root }), loadFile: async () => null }),
    listeners: { ended: {}, gone: async () => {}, moved: async () => {} },
  })
}
