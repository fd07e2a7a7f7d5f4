import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { act } from '../control/call.ts'
import { useBenchChange } from './use-bench-change.ts'
import { usePolled } from './use-polled.ts'

const MINUTE_MS = 60_000
const STEPS = { minute: MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS }

/** Only a stand-in that was started with a clock of its own can be moved on. */
export function Clock() {
  const { t, i18n } = useTranslation()
  const run = useBenchChange()
  const { data } = usePolled<{ now_ms: number; controllable: boolean }>('clock')
  if (!data?.controllable) return null
  return (
    <section className="bench-part">
      <h3>{t('faults.clock')}</h3>
      <p className="bench-note">{new Date(data.now_ms).toLocaleString(i18n.language)}</p>
      <div className="bench-fields">
        {Object.entries(STEPS).map(([name, ms]) => (
          <Button key={name} onClick={() => void run(() => act('clock', { advance_ms: ms }))}>
            {t(`faults.advance.${name}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}
