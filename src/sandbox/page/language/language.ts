/** The page speaks Chinese first; the choice is remembered in this browser. */
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '../../../../locales/en/sandbox.json' with { type: 'json' }
import zh from '../../../../locales/zh-CN/sandbox.json' with { type: 'json' }
import { recall, remember } from './memory.ts'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

const MEMORY = 'language'

export async function createLanguage(): Promise<i18n> {
  const instance = i18next.createInstance()
  await instance.use(initReactI18next).init({
    lng: languages.find((language) => language === recall(MEMORY)) ?? 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'sandbox',
    ns: ['sandbox'],
    resources: { 'zh-CN': { sandbox: zh }, en: { sandbox: en } },
    interpolation: { escapeValue: false },
  })
  instance.on('languageChanged', (language) => {
    remember(MEMORY, language)
    applyToDocument(instance)
  })
  applyToDocument(instance)
  return instance
}

function applyToDocument(instance: i18n): void {
  document.documentElement.lang = instance.language
  document.title = instance.t('page.title')
}
