import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from '../language/language-switch.tsx'

/** Never goes away: nobody may take this page for the real thing. */
export function SandboxBanner() {
  const { t } = useTranslation()
  return (
    <aside className="sandbox-banner" aria-label={t('banner.label')}>
      <strong className="banner-mark">{t('banner.mark')}</strong>
      <p>
        <b>{t('banner.nothingReal')}</b> <span className="banner-more">{t('banner.forReal')}</span>
      </p>
      <LanguageSwitch />
    </aside>
  )
}
