import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { keys } from '../control/keys.ts'
import { useAttempt } from '../notices/use-attempt.ts'

/** Changes something of the test bed and shows at once what came of it. */
export function useBenchChange() {
  const client = useQueryClient()
  const attempt = useAttempt()
  return useCallback(
    async (work: () => Promise<unknown>) => {
      await attempt(work)
      await client.invalidateQueries({ queryKey: keys.faults })
    },
    [attempt, client],
  )
}
