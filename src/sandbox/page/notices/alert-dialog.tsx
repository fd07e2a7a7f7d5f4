import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

/** Covers only its phone, so that the other two stay usable meanwhile. */
export function AlertDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  const textId = useId()

  useEffect(() => {
    const before = document.activeElement
    button.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  return (
    <div className="alert-cover">
      <div
        className="alert-box"
        role="alertdialog"
        aria-describedby={textId}
        aria-label={t('notice.alert')}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      >
        <p id={textId}>{text}</p>
        <button ref={button} type="button" className="solid-button" onClick={onClose}>
          {t('notice.ok')}
        </button>
      </div>
    </div>
  )
}
