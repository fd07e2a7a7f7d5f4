import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { LogEntry, LogPage } from '../../control/schemas.ts'
import { read } from '../control/call.ts'
import { keys } from '../control/keys.ts'

const EVERY_MS = 2_000
const SHOWN = 40
const PAGE = 1_000
const QUIET = new Set(['getUpdates', 'getMe'])

interface Kept {
  after: number
  calls: LogEntry[]
}

/** Begins with the newest and reads on from there, because the log may hold a million calls. */
export function useLastCalls(): LogEntry[] {
  const kept = useRef<Kept>({ after: 0, calls: [] })
  const { data } = useQuery({
    queryKey: [...keys.faults, 'log'],
    queryFn: async () => {
      while (await readOn(kept.current));
      return kept.current.calls
    },
    refetchInterval: EVERY_MS,
    retry: false,
  })
  return data ?? []
}

/** Answers whether there may be more. */
async function readOn(kept: Kept): Promise<boolean> {
  const where = kept.after === 0 ? { last: PAGE } : { after: kept.after, limit: PAGE }
  const { entries, next_after } = await read<LogPage>('log', where)
  const fresh = entries.filter(({ method }) => !QUIET.has(method)).toReversed()
  kept.calls = [...fresh, ...kept.calls].slice(0, SHOWN)
  kept.after = next_after
  return entries.length === PAGE
}
