import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string }

/** A real Node that runs a file of this repository, as npm start does: nothing of the tests' environment reaches it. */
export function runNode(
  args: readonly string[],
  { env = {}, cwd = root }: { env?: Record<string, string>; cwd?: string } = {},
) {
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.err += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...output }))
  })
  const endWith = (signal: NodeJS.Signals) => sendSignal(child, signal, ended)
  return {
    pid: child.pid,
    output,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    /** Asks it to stop as an operating system does. */
    stop: () => endWith('SIGTERM'),
    /** Ends it as a power cut would. */
    kill: () => endWith('SIGKILL'),
  }
}

/** How it ended, and how long that took. One that has ended already stays as it is. */
async function sendSignal(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<Ended>) {
  const askedAt = performance.now()
  child.kill(signal)
  const end = await ended
  return { ...end, tookMs: performance.now() - askedAt }
}

/** Looks again and again until there is something. @throws when there is nothing within `withinMs`. */
export async function waitFor<T>(
  look: () => T | undefined | Promise<T | undefined>,
  withinMs: number,
): Promise<T> {
  const startedAt = performance.now()
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() - startedAt > withinMs) throw new Error(`Nothing within ${withinMs} ms`)
    await setTimeout(20)
  }
}
