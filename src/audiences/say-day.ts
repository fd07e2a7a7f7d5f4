import { type Language, languages } from '../messages/messages.ts'

/** A day (YYYY-MM-DD) as people say it: 4月10日（星期一）, Monday, 10 April. */
export function sayDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`)
  const { whole, dayOnly, weekday } = formats[language]
  if (language === 'en') return whole.format(date)
  return `${dayOnly.format(date)}（${weekday.format(date)}）`
}

/** Made once: making one costs more than all that a village's text costs otherwise. */
const formats = Object.fromEntries(
  languages.map((language) => {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
        ...options,
        timeZone: 'UTC',
      })
    return [
      language,
      {
        whole: format({ weekday: 'long', day: 'numeric', month: 'long' }),
        dayOnly: format({ month: 'long', day: 'numeric' }),
        weekday: format({ weekday: 'long' }),
      },
    ]
  }),
) as Record<Language, Record<'whole' | 'dayOnly' | 'weekday', Intl.DateTimeFormat>>
