/** Faults on order: which call or update they hit, and how often. */
import type { Fault, FaultView } from './control/schemas.ts'

const UPDATE_FAULTS = new Set<Fault['kind']>(['duplicate-update', 'late-update'])

export interface FaultTarget {
  /** The method's name, or the type of an update. */
  name: string
  botId: number
  chatId: number | undefined
}

export interface Faults {
  add(fault: Fault): FaultView
  list(): FaultView[]
  remove(id: number): boolean
  clear(): void
  /** The first fault that hits this call; counts the hit. */
  takeCall(target: FaultTarget): FaultView | null
  takeUpdate(target: FaultTarget): FaultView | null
  /** Resolves when the fault is removed, or after its `hang_ms`. */
  released(fault: FaultView): Promise<void>
  stop(): void
}

export function createFaults(): Faults {
  let faults: FaultView[] = []
  let nextId = 1
  const waiting = new Map<number, Set<() => void>>()

  function release(id: number): void {
    for (const wake of waiting.get(id) ?? []) wake()
    waiting.delete(id)
  }

  function take(target: FaultTarget, ofUpdates: boolean): FaultView | null {
    if (faults.length === 0) return null
    for (const fault of faults) {
      if (UPDATE_FAULTS.has(fault.kind) !== ofUpdates || !isHit(fault, target)) continue
      if (fault.skip > 0) {
        fault.skip -= 1
        continue
      }
      if (fault.count !== undefined && fault.hits >= fault.count) continue
      fault.hits += 1
      return fault
    }
    return null
  }

  return {
    add(fault) {
      const view: FaultView = { ...fault, id: nextId, hits: 0 }
      nextId += 1
      faults.push(view)
      return view
    },
    list: () => faults,
    remove(id) {
      const before = faults.length
      faults = faults.filter((fault) => fault.id !== id)
      release(id)
      return faults.length < before
    },
    clear() {
      faults = []
      for (const id of [...waiting.keys()]) release(id)
    },
    takeCall: (target) => take(target, false),
    takeUpdate: (target) => take(target, true),
    released(fault) {
      return new Promise((resolve) => {
        const wakes = waiting.get(fault.id) ?? new Set()
        waiting.set(fault.id, wakes)
        const timer =
          fault.hang_ms === undefined ? undefined : setTimeout(() => wake(), fault.hang_ms)
        const wake = () => {
          clearTimeout(timer)
          wakes.delete(wake)
          resolve()
        }
        wakes.add(wake)
      })
    },
    stop() {
      for (const id of [...waiting.keys()]) release(id)
    },
  }
}

function isHit(fault: FaultView, target: FaultTarget): boolean {
  if (fault.bot_id !== undefined && fault.bot_id !== target.botId) return false
  if (fault.chat_id !== undefined && fault.chat_id !== target.chatId) return false
  if (fault.match === '*') return true
  const pattern = fault.match.toLowerCase().split('*').map(escapeRegExp).join('.*')
  return new RegExp(`^${pattern}$`).test(target.name.toLowerCase())
}

function escapeRegExp(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
}
