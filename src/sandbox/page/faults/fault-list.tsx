import { useTranslation } from 'react-i18next'
import type { FaultView } from '../../control/schemas.ts'
import { change } from '../control/call.ts'
import { useBenchChange } from './use-bench-change.ts'
import { usePolled } from './use-polled.ts'

export function FaultList() {
  const { t } = useTranslation()
  const run = useBenchChange()
  const { data = [], isError } = usePolled<FaultView[]>('faults')
  if (isError) return <p className="bench-note">{t('faults.unavailable')}</p>
  if (data.length === 0) return <p className="bench-note">{t('faults.none')}</p>
  return (
    <ul className="fault-list">
      {data.map(({ id, kind, match, hits, count }) => (
        <li key={id}>
          <span>
            {t(`faults.kinds.${kind}`)} · <code>{match}</code> ·{' '}
            {t('faults.hits', { hits, count: count ?? '∞' })}
          </span>
          <button
            type="button"
            className="link-button"
            onClick={() => void run(() => change('DELETE', `faults/${id}`))}
          >
            {t('faults.clear')}
          </button>
        </li>
      ))}
    </ul>
  )
}
