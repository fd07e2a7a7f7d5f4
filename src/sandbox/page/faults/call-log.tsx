import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogPage } from '../../control/schemas.ts'
import { CallDetails } from './call-details.tsx'
import { useLastCalls } from './use-last-calls.ts'

/** What the bot asked of Telegram lately, the newest first. Waiting for updates is left out. */
export function CallLog() {
  const { t } = useTranslation()
  const calls = useLastCalls()
  const [open, setOpen] = useState<number | null>(null)
  return (
    <section className="bench-part">
      <h3>{t('faults.log')}</h3>
      {calls.length === 0 && <p className="bench-note">{t('faults.logEmpty')}</p>}
      <ol className="call-log">
        {calls.map((entry: LogPage['entries'][number]) => (
          <li key={entry.seq}>
            <button
              type="button"
              aria-expanded={open === entry.seq}
              onClick={() => setOpen(open === entry.seq ? null : entry.seq)}
            >
              <span className={entry.status === 200 ? 'call-ok' : 'call-bad'}>
                {entry.status || '…'}
              </span>
              <code>{entry.method}</code>
              <span className="call-note">{entry.fault ?? entry.description ?? entry.chat_id}</span>
            </button>
            {open === entry.seq && <CallDetails entry={entry} />}
          </li>
        ))}
      </ol>
    </section>
  )
}
