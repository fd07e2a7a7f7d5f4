import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  title: string
  okText: string
  canOk: boolean
  onOk: () => Promise<void>
  onClose: () => void
  children: ReactNode
}

/** A question before something is done; Enter in a field answers it. */
export function Dialog({ title, okText, canOk, onOk, onClose, children }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={title}
      closable={{ 'aria-label': t('dialog.close') }}
      okText={okText}
      cancelText={t('dialog.cancel')}
      okButtonProps={{ disabled: !canOk }}
      onOk={() => void onOk()}
      onCancel={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (canOk) void onOk()
        }}
      >
        {children}
      </form>
    </Modal>
  )
}
