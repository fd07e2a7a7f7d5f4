import type { Db } from '../../db/open-database.ts'
import type { TipDeps } from '../tip-deps.ts'
import { addGuess, countGuesses, deleteGuesses } from './status-guess-store.ts'

/** A tip is tried from many chats only by who guesses. */
const limits = {
  chat: { purpose: 'status-guess', tries: 5, minutes: 15 },
  tip: { purpose: 'pin-guess', tries: 10, minutes: 60 },
} as const

type Deps = Pick<TipDeps, 'keyring' | 'now'>
export type Tried = { by: keyof typeof limits; id: number }

/** Minutes to wait after too many wrong codes or passwords; null while there are tries left. */
export async function findWait(db: Db, deps: Deps, ...tried: Tried[]): Promise<number | null> {
  for (const what of tried) {
    const { tries, minutes } = limits[what.by]
    if ((await countGuesses(db, keyOf(deps, what), deps.now())) >= tries) return minutes
  }
  return null
}

export async function countWrong(tx: Db, deps: Deps, ...tried: Tried[]): Promise<void> {
  const now = deps.now()
  for (const what of tried) {
    const untilAt = new Date(now.getTime() + limits[what.by].minutes * 60_000)
    await addGuess(tx, keyOf(deps, what), { now, untilAt })
  }
}

export async function forgetWrong(tx: Db, deps: Deps, ...tried: Tried[]): Promise<void> {
  for (const what of tried) await deleteGuesses(tx, keyOf(deps, what))
}

function keyOf({ keyring }: Deps, { by, id }: Tried) {
  return keyring.hash(limits[by].purpose, String(id))
}
