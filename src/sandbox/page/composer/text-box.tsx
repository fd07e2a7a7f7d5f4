import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

const MAX_LENGTH = 4096
const MAX_HEIGHT_PX = 140

interface Props {
  value: string
  placeholder: string
  isBusy: boolean
  /** The box takes the focus when this changes to something. */
  focusKey: number | undefined
  onChange: (text: string) => void
  onEnter: () => void
}

export function TextBox({ value, placeholder, isBusy, focusKey, onChange, onEnter }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    if (focusKey !== undefined) box.current?.focus()
  }, [focusKey])

  useLayoutEffect(() => {
    if (!box.current) return
    box.current.style.height = 'auto'
    box.current.style.height = `${Math.min(box.current.scrollHeight, MAX_HEIGHT_PX)}px`
  }, [value])

  return (
    <textarea
      ref={box}
      className="text-box"
      data-hint="text"
      rows={1}
      value={value}
      maxLength={MAX_LENGTH}
      placeholder={placeholder}
      aria-label={t('composer.text')}
      aria-busy={isBusy}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        // While Chinese is being composed, Enter chooses the characters and must not send.
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
        event.preventDefault()
        onEnter()
      }}
    />
  )
}
