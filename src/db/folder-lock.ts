import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StartError } from '../errors.ts'

/** Somebody who lives has the folder. */
export class FolderInUse extends StartError {}

type Holder = { pid: number; startedAt: string; host: string }

/**
 * Takes the one lock of an embedded database's folder, because two processes on it corrupt it. A lock whose process
 * is gone (killed, power cut) is taken over.
 * @throws FolderInUse that names the holder's process id.
 * @returns what gives the lock back
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'qingfeng.lock')
  const mine = JSON.stringify({
    pid: process.pid,
    startedAt: startOf(process.pid),
    host: hostname(),
  })
  for (;;) {
    if (tryLink(path, mine)) return () => unlinkIfMine(path, mine)
    const content = readIfThere(path)
    if (content === undefined) continue
    const holder = parseHolder(content)
    if (holder && isAlive(holder))
      throw new FolderInUse(
        `Another process (id ${holder.pid} on ${holder.host}) uses the database in ${folder}. Stop it first, or set DATABASE_URL to share a PostgreSQL server. If that process is gone, remove ${path}.`,
      )
    moveAside(path, content)
  }
}

/** A link either appears whole or not at all, unlike a file that is created and then filled. */
function tryLink(path: string, content: string): boolean {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, content, { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    return false
  } finally {
    unlinkSync(draft)
  }
}

/** Two processes may find the same dead lock: what was moved must be what was read, else it goes back. */
function moveAside(path: string, seen: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = readFileSync(aside, 'utf8')
  unlinkSync(aside)
  if (moved !== seen) tryLink(path, moved)
}

function isAlive(holder: Holder): boolean {
  // Another machine or container on a shared disk: its processes cannot be seen from here.
  if (holder.host !== hostname()) return true
  if (holder.pid === process.pid) return holder.startedAt === startOf(process.pid)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (!isCode(error, 'EPERM')) return false
  }
  return holder.startedAt === startOf(holder.pid)
}

/** Start time of a process where the system tells it (Linux), so that a reused process id does not pass for the old holder. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}

function parseHolder(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder
  } catch {
    return undefined
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function unlinkIfMine(path: string, mine: string): void {
  if (readIfThere(path) === mine) unlinkSync(path)
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
