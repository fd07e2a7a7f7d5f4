import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { CloseIcon } from '../chat/icons.tsx'
import { useSeat } from '../chat/seat.ts'

/** Says that the next text answers or replaces a message, and lets go of it. */
export function IntentBar({ onEdit }: { onEdit: (text: string) => void }) {
  const { t } = useTranslation()
  const { intent, setIntent } = useSeat()
  const edited = intent?.kind === 'edit' ? intent.message.text : undefined

  useEffect(() => {
    if (edited === undefined) return
    onEdit(edited)
    return () => onEdit('')
  }, [edited, onEdit])

  if (!intent) return null
  return (
    <div className="intent-bar">
      <p>
        <b>{t(`composer.${intent.kind}`)}</b>
        <span>{intent.message.text ?? intent.message.caption ?? intent.message.sender_title}</span>
      </p>
      <button type="button" aria-label={t('composer.forget')} onClick={() => setIntent(null)}>
        <CloseIcon />
      </button>
    </div>
  )
}
