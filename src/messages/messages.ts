import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import i18next, { type Resource } from 'i18next'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** `key` is "<noun>:<name>", the file and path under locales/<language>/. */
export type Translate = (key: string, params?: Record<string, unknown>) => string
/** Knows its language, for words that are kept in several outside of locales/. */
export type Translator = Translate & { readonly language: Language }
export type Messages = { in: (language: Language) => Translator }

const localesDir = fileURLToPath(new URL('../../locales', import.meta.url))

/** Loads every text of every language. A missing key throws: a villager must never read a key. */
export async function createMessages(): Promise<Messages> {
  const instance = i18next.createInstance()
  const resources = readTexts()
  await instance.init({
    resources,
    fallbackLng: 'zh-CN',
    ns: Object.keys(resources['zh-CN'] ?? {}),
    interpolation: { escapeValue: false },
    // Not the key, which is what a villager would read.
    parseMissingKeyHandler: () => null,
    initAsync: false,
  })
  const translators = new Map<Language, Translator>()
  for (const language of languages) {
    const t = instance.getFixedT(language)
    const find = (key: string, params?: Record<string, unknown>) => {
      // A key that is only the beginning of others gives an object.
      const text: unknown = t(key, { ...params, returnObjects: true })
      if (typeof text !== 'string') throw new Error(`No text for ${key}`)
      return text
    }
    /** A screen is a dozen labels that never change. */
    const unchanging = new Map<string, string>()
    const translate: Translate = (key, params) => {
      if (params) return find(key, params)
      const text = unchanging.get(key) ?? find(key)
      unchanging.set(key, text)
      return text
    }
    translators.set(language, Object.assign(translate, { language }))
  }
  return {
    in: (language) => {
      const translate = translators.get(language)
      if (!translate) throw new Error(`No texts in ${language}`)
      return translate
    },
  }
}

/** The language of a person, from the tag that Telegram gives; `fallback` when it tells nothing. */
export function pickLanguage(tag: string | undefined, fallback: Language): Language {
  if (tag === undefined) return fallback
  if (tag.startsWith('zh')) return 'zh-CN'
  return tag.startsWith('en') ? 'en' : fallback
}

/** locales/<language>/<noun>.json, read once at start. */
export function readTexts(): Resource {
  return Object.fromEntries(
    languages.map((language) => {
      const files = readdirSync(`${localesDir}/${language}`).filter((name) =>
        name.endsWith('.json'),
      )
      const nouns = files.map((name) => [
        name.slice(0, -'.json'.length),
        JSON.parse(readFileSync(`${localesDir}/${language}/${name}`, 'utf8')),
      ])
      return [language, Object.fromEntries(nouns)]
    }),
  )
}
