/** What this browser remembers of the page. Storage may be forbidden (private mode): then nothing is remembered. */
const PREFIX = 'qingfeng-sandbox.'

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // Nothing depends on it but comfort.
  }
}
