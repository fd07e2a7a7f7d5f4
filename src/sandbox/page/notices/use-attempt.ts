import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { CallFailure } from '../control/call.ts'
import { useTell } from './notices.ts'

/** Does it, and says in plain words when it did not work. Answers undefined then. */
export function useAttempt() {
  const tell = useTell()
  const { t } = useTranslation()
  return useCallback(
    async <T>(work: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await work()
      } catch (failure) {
        tell({ kind: 'toast', tone: 'bad', text: explain(failure, t) })
        return undefined
      }
    },
    [tell, t],
  )
}

function explain(failure: unknown, t: TFunction): string {
  if (!(failure instanceof CallFailure)) return t('failure.unexpected', { reason: String(failure) })
  return failure.kind === 'unreachable'
    ? t('failure.unreachable')
    : t('failure.refused', { reason: failure.message })
}
