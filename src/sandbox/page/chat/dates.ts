/** Message times as people read them. Telegram counts seconds since 1970. */
export function clockTime(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('zh-CN', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
}

export function dayOf(seconds: number, language: string): string {
  return new Date(seconds * 1000).toLocaleDateString(language, {
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  })
}
