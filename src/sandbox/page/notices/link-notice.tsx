import { useTranslation } from 'react-i18next'
import type { Link } from '../control/feed.ts'

/** Says that what stands on the page may be old, until the server answers again. */
export function LinkNotice({ link }: { link: Link }) {
  const { t } = useTranslation()
  return (
    <div className="link-notice" role="alert">
      {link === 'lost' && (
        <p>
          <span className="link-dot" aria-hidden="true" />
          {t('link.lost')}
        </p>
      )}
    </div>
  )
}
