import type { Db, PrismaClient } from '../db/open-database.ts'
import { describeError } from '../errors.ts'
import { type Keyring, openJson } from '../lib/keyring.ts'
import { createLoop } from '../lib/loop.ts'
import { updateSealer } from './keep-updates.ts'
import {
  type ClaimedUpdate,
  claimUpdates,
  failUpdate,
  findNextTry,
  finishUpdates,
  markBeforeHandling,
  undoHandling,
} from './update-store.ts'

/**
 * Does everything that an update asks for, inside the transaction that marks it done: both happen or neither. Must not
 * touch the network; what it returns is called after the commit.
 */
export type HandleUpdate = (tx: Db, update: unknown) => Promise<() => void>

export type UpdateProcessor = { start: () => void; wake: () => void; stop: () => Promise<void> }

type Deps = {
  db: PrismaClient
  keyring: Keyring
  now: () => Date
  handle: HandleUpdate
  /** An update was parked: tell the operator, and the person who waits for an answer. */
  parked: (tx: Db, update: unknown) => Promise<void>
  log: {
    warn: (fields: object, text: string) => void
    error: (fields: object, text: string) => void
  }
  /** How many at the same time. An embedded database has one connection: more than 1 would only queue. */
  workers: number
}

/**
 * How many updates of different chats share a transaction where one worker has the database to itself: taking an update,
 * marking it done, and beginning and ending a transaction are a third of what its database work costs. The first waits for
 * the last, some 40 ms when there are so many. Not beside other workers: locks would be held for as long.
 */
const mostTogether = 8

/** Waits before the second and the third try. After the third an update is a dead letter. */
const retryAfterMs = [1_000, 5_000]
const idleMs = 5_000

/** Works the kept updates off: one after the other within a chat, different chats side by side. */
export function createUpdateProcessor(deps: Deps): UpdateProcessor {
  const loops = Array.from({ length: deps.workers }, () =>
    createLoop({
      step: async () => ((await processNext(deps)) ? true : waitMs(deps)),
      onError: (error) =>
        deps.log.error({ error: describeError(error) }, 'updates cannot be processed'),
    }),
  )
  const wake = () => {
    for (const loop of loops) loop.wake()
  }
  return {
    start: () => {
      for (const loop of loops) loop.start()
    },
    wake,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/** Processes what is due. False when there is nothing. */
async function processNext(deps: Deps): Promise<boolean> {
  return deps.workers === 1 ? processTogether(deps) : processOne(deps)
}

/**
 * The next updates of different chats in one transaction: all of them happen or none. When one fails, nothing has
 * happened, and each is worked off by itself, so that the one that fails takes no other with it.
 */
async function processTogether(deps: Deps): Promise<boolean> {
  let claimed: ClaimedUpdate[] = []
  try {
    const afterCommit = await deps.db.$transaction(async (tx) => {
      claimed = await claimUpdates(tx, deps.now(), mostTogether)
      const after = []
      for (const update of claimed) after.push(await handleClaimed(tx, deps, update))
      await finishUpdates(tx, claimed)
      return after
    })
    for (const act of afterCommit) act()
  } catch (error) {
    // Without a claim it is the database that fails.
    if (claimed.length === 0) throw error
    for (const _ of claimed) await processOne(deps)
  }
  return claimed.length > 0
}

async function processOne(deps: Deps): Promise<boolean> {
  const afterCommit = await deps.db.$transaction(async (tx) => {
    const [claimed] = await claimUpdates(tx, deps.now(), 1)
    if (!claimed) return null
    await markBeforeHandling(tx)
    try {
      const after = await handleClaimed(tx, deps, claimed)
      await finishUpdates(tx, [claimed])
      return after
    } catch (error) {
      // Undone and noted in one transaction: between two, another worker would take the update again at once.
      await undoHandling(tx)
      await fail(tx, deps, claimed, error)
      return () => {}
    }
  })
  afterCommit?.()
  return afterCommit !== null
}

const handleClaimed = (tx: Db, { keyring, handle }: Deps, { payload }: ClaimedUpdate) =>
  handle(tx, openJson(updateSealer(keyring), payload))

async function fail(
  tx: Db,
  deps: Deps,
  { updateId, attempts, payload }: ClaimedUpdate,
  error: unknown,
): Promise<void> {
  const reason = describeError(error)
  const retryMs = retryAfterMs[attempts]
  if (retryMs !== undefined) {
    deps.log.warn({ error: reason, attempts: attempts + 1 }, 'update failed, will be tried again')
    const nextTryAt = new Date(deps.now().getTime() + retryMs)
    return failUpdate(tx, updateId, { nextTryAt, reason: reason.kind })
  }
  deps.log.error({ error: reason, updateId: String(updateId) }, 'update parked as a dead letter')
  await failUpdate(tx, updateId, { nextTryAt: null, reason: reason.kind })
  await deps.parked(tx, openJson(updateSealer(deps.keyring), payload))
}

async function waitMs({ db, now }: Deps): Promise<number> {
  const nextTryAt = await findNextTry(db)
  if (!nextTryAt) return idleMs
  // At least some milliseconds: a due update may be locked by another worker just now.
  return Math.min(idleMs, Math.max(20, nextTryAt.getTime() - now().getTime()))
}
