import { useTranslation } from 'react-i18next'
import type { Limits, Violations } from '../../control/schemas.ts'
import { change } from '../control/call.ts'
import { useBenchChange } from './use-bench-change.ts'
import { usePolled } from './use-polled.ts'

/** Telegram's own rates, to return to after switching one off. */
const RATES = {
  bot_per_second: 30,
  bot_paid_per_second: 1000,
  chat_per_second: 1,
  group_per_minute: 20,
} satisfies Partial<Limits>
const names = Object.keys(RATES) as (keyof typeof RATES)[]

export function RateLimits() {
  const { t } = useTranslation()
  const run = useBenchChange()
  const { data: limits } = usePolled<Limits>('limits')
  const { data: violations = {} } = usePolled<Partial<Violations>>('violations')
  if (!limits) return null

  const total = Object.values(violations).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  return (
    <section className="bench-part">
      <h3>{t('faults.limits')}</h3>
      {names.map((name) => (
        <label key={name} className="bench-check">
          <input
            type="checkbox"
            checked={limits[name] !== null}
            onChange={({ target }) =>
              void run(() =>
                change('PATCH', 'limits', { [name]: target.checked ? RATES[name] : null }),
              )
            }
          />
          {t(`faults.limit.${name}`, { rate: limits[name] ?? RATES[name] })}
        </label>
      ))}
      <p className="bench-note">
        {t('faults.violations', { count: total })}{' '}
        {total > 0 && (
          <button
            type="button"
            className="link-button"
            onClick={() => void run(() => change('DELETE', 'violations'))}
          >
            {t('faults.zero')}
          </button>
        )}
      </p>
    </section>
  )
}
