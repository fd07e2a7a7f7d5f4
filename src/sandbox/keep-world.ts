/** Keeps the sandbox's world in a file, so that a restart of the service does not wipe the phones. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Snapshot } from './world/snapshot.ts'
import type { World } from './world/world.ts'

const saveEveryMs = 2_000

/** The world as it was last saved, or undefined. A file that cannot be read counts as none. */
export function readWorld(file: string): Snapshot | undefined {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Snapshot
  } catch {
    return undefined
  }
}

/**
 * After a restore: a killed process may have given out more numbers than its last snapshot tells, and the service would
 * take a number it has seen for a double. Numbers go with the clock, ten a second.
 */
export function skipUsedUpdateIds(world: World): void {
  const base = Math.floor(world.nowMs() / 100)
  for (const bot of world.state.bots.values()) bot.nextUpdateId = Math.max(bot.nextUpdateId, base)
}

/**
 * Saves the world whenever it changed, until the returned function is called, which saves once more. What cannot be
 * saved is lost at the next start and nothing else: the service goes on. `onError` hears of it once until it works again.
 */
export function keepWorld(
  world: World,
  file: string,
  onError: (error: unknown) => void,
): () => void {
  let savedSeq = -1
  let isFailing = false
  const save = () => {
    try {
      saveChanges()
      isFailing = false
    } catch (error) {
      if (!isFailing) onError(error)
      isFailing = true
    }
  }
  const saveChanges = () => {
    const { seq } = world.feed
    if (seq === savedSeq) return
    // With a database server nobody else makes this folder.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    // A rename is whole or not at all: a power cut leaves the old file.
    writeFileSync(`${file}.new`, JSON.stringify(world.snapshot()), { mode: 0o600 })
    renameSync(`${file}.new`, file)
    savedSeq = seq
  }
  const timer = setInterval(save, saveEveryMs)
  return () => {
    clearInterval(timer)
    save()
  }
}
