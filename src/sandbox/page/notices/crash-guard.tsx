import { Component, type ReactNode } from 'react'
import { type WithTranslation, withTranslation } from 'react-i18next'

interface Props extends WithTranslation {
  children: ReactNode
}

/** A mistake of this page shows as a sentence and a way on; without it React leaves a blank page. */
class Guard extends Component<Props, { hasCrashed: boolean }> {
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override render() {
    const { t, children } = this.props
    if (!this.state.hasCrashed) return children
    return (
      <div className="chat-empty" role="alert">
        <p>{t('failure.crashed')}</p>
        <button type="button" className="solid-button" onClick={() => location.reload()}>
          {t('failure.reload')}
        </button>
      </div>
    )
  }
}

export const CrashGuard = withTranslation()(Guard)
