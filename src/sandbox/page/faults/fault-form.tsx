import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault, FaultView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { useBenchChange } from './use-bench-change.ts'

const kinds: Fault['kind'][] = [
  'rate-limited',
  'server-error',
  'bad-gateway',
  'hang',
  'cut',
  'refuse',
  'malformed',
  'unauthorized',
  'duplicate-update',
  'late-update',
]
const WAITING: Fault['kind'][] = ['hang', 'late-update']

export function FaultForm() {
  const { t } = useTranslation()
  const change = useBenchChange()
  const [kind, setKind] = useState<Fault['kind']>('rate-limited')
  const [match, setMatch] = useState('send*')
  const [count, setCount] = useState(1)
  const [seconds, setSeconds] = useState(5)

  function inject() {
    const waiting = WAITING.includes(kind) ? { hang_ms: seconds * 1000 } : { retry_after: seconds }
    void change(() => act<FaultView>('faults', { kind, match: match || '*', count, ...waiting }))
  }

  return (
    <section className="bench-part">
      <h3>{t('faults.inject')}</h3>
      <div className="bench-fields">
        <label>
          {t('faults.kind')}
          <select value={kind} onChange={(event) => setKind(event.target.value as Fault['kind'])}>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`faults.kinds.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('faults.match')}
          <input
            value={match}
            spellCheck={false}
            onChange={(event) => setMatch(event.target.value)}
          />
        </label>
        <NumberField label={t('faults.count')} value={count} onChange={setCount} />
        <NumberField label={t('faults.seconds')} value={seconds} onChange={setSeconds} />
        <Button type="primary" onClick={inject}>
          {t('faults.injectNow')}
        </Button>
      </div>
    </section>
  )
}

interface NumberFieldProps {
  label: string
  value: number
  onChange: (value: number) => void
}

function NumberField({ label, value, onChange }: NumberFieldProps) {
  return (
    <label className="bench-number">
      {label}
      <input
        type="number"
        min={1}
        value={value}
        onChange={(event) => onChange(Math.max(1, event.target.valueAsNumber || 1))}
      />
    </label>
  )
}
