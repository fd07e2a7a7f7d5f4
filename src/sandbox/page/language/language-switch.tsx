import { useTranslation } from 'react-i18next'
import { type Language, languages } from './language.ts'
import './language.css'

/** Each language is named in its own words, so that somebody lost in the other finds back. */
const NAMES: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

export function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  return (
    <fieldset className="language-switch" aria-label={t('page.language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => void i18n.changeLanguage(language)}
        >
          {NAMES[language]}
        </button>
      ))}
    </fieldset>
  )
}
