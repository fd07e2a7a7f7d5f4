import { createLease } from '../db/lease-store.ts'
import type { Db } from '../db/open-database.ts'
import type { OutcomeListener, OutcomeListeners } from '../delivery/outcome-listener.ts'
import { breakInbox } from '../groups/break-inbox.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Messages } from '../messages/messages.ts'
import { alarmAdmins } from '../staff/alarm-admins.ts'
import { moveSubscriber } from '../subscribers/subscriber-store.ts'
import { type BindDeps, bindListener } from './features/bind.ts'
import { followChat, type InboxLifeDeps } from './features/inbox-life.ts'
import { inboxCheckListener } from './inbox-check.ts'
import { bindHash } from './one-time-hashes.ts'

export type ListenerDeps = Omit<BindDeps, 'hash'> &
  InboxLifeDeps & {
    keyring: Keyring
    messages: Messages
    /** Listeners of the nouns above, by purpose. */
    others: Record<string, OutcomeListener>
  }

/** Between two alarms about the same thing: a broken campaign must not drown the admins. */
const alarmEverySeconds = 3_600

/** What follows the end of a delivery, by its purpose; and a chat that is gone or moved, whatever the purpose. */
export function createListeners(deps: ListenerDeps): OutcomeListeners {
  const { keyring, onBroken } = deps
  /** Also holds when the service starts again and again, or another process takes over. */
  const alarmOnce = async (tx: Db, about: string, key: string, params: Record<string, unknown>) => {
    if (await createLease(tx, `alarm:${about}`, alarmEverySeconds).hold())
      await alarmAdmins(tx, deps, key, params)
  }
  return {
    ended: {
      ...deps.others,
      bind: bindListener({ ...deps, hash: bindHash(keyring) }),
      'inbox-check': inboxCheckListener(deps),
    },
    gone: async (tx, chatId) => {
      // Group ids are negative.
      if (chatId > 0) {
        await moveSubscriber(tx, keyring, chatId, { from: ['active', 'choosing'], to: 'blocked' })
        return
      }
      const outcome = await breakInbox(tx, { chatId, reason: 'chat-gone' })
      if (outcome.outcome === 'broken') await onBroken(tx, outcome)
    },
    moved: async (tx, from, to) => {
      await followChat(tx, deps, { from, to })
    },
    mistaken: (tx, { purpose, reason }) =>
      alarmOnce(tx, `mistaken ${purpose}`, 'common:alarm.mistaken', { purpose, reason }),
    // Waits in the ledger until the bot is let in again.
    refused: (tx, reason) => alarmOnce(tx, 'refused', 'common:alarm.refused', { reason }),
  }
}
