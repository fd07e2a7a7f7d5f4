import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Counters, Limits, LogEntry, LogPage } from '../../../src/sandbox/control/schemas.ts'

const child = fileURLToPath(new URL('./stand-in-child.ts', import.meta.url))
const pageSize = 100_000

export const noLimits: Partial<Limits> = {
  bot_per_second: null,
  bot_paid_per_second: null,
  chat_per_second: null,
  group_per_minute: null,
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>

/** A stand-in in a child process on loopback, and what the scenarios ask of it. */
export async function startStandIn(limits: Partial<Limits> = {}) {
  const process = fork(child, [JSON.stringify(limits)], { stdio: 'inherit' })
  const [{ url }] = (await once(process, 'message')) as [{ url: string }]
  const call = <T>(method: string, path: string, body?: object) =>
    callControl<T>(`${url}/control${path}`, method, body)
  return {
    url,
    call,
    /** People who have all pressed Start. */
    createCrowd: (fromId: number, count: number) =>
      call('POST', '/crowds', { from_id: fromId, count }),
    counters: () => call<Counters>('GET', '/counters'),
    /** Every call of this method, in order of arrival. */
    calls: (method: string) => listCalls(call, method),
    sends: () => listCalls(call, 'sendMessage'),
    clearLog: () => call('DELETE', '/log'),
    stop: () => endChild(process),
  }
}

type Call = <T>(method: string, path: string) => Promise<T>

async function listCalls(call: Call, method: string): Promise<LogEntry[]> {
  const all: LogEntry[] = []
  for (let after = 0; ; ) {
    const query = `/log?method=${method}&limit=${pageSize}&after=${after}`
    const page = await call<LogPage>('GET', query)
    all.push(...page.entries)
    if (page.entries.length < pageSize) return all
    after = page.next_after
  }
}

async function callControl<T>(url: string, method: string, body?: object): Promise<T> {
  const json = body && {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(url, { method, ...json })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`)
  return (await response.json()) as T
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
