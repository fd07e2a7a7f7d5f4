import { useQuery } from '@tanstack/react-query'
import { read } from '../control/call.ts'
import { keys } from '../control/keys.ts'

const EVERY_MS = 2_000

/** The test bed's own state is not in the change feed, so it is asked for while the drawer is open. */
export function usePolled<T>(path: string, query: Record<string, number | undefined> = {}) {
  return useQuery({
    queryKey: [...keys.faults, path, query],
    queryFn: () => read<T>(path, query),
    refetchInterval: EVERY_MS,
    retry: false,
  })
}
