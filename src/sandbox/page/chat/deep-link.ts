/** The payload of a link that starts this very bot; null for every other link. */
export function deepLinkPayload(url: string, username: string | undefined): string | null {
  if (!username || !URL.canParse(url)) return null
  const { hostname, pathname, searchParams } = new URL(url)
  const isOwn = hostname === 't.me' && pathname.slice(1).toLowerCase() === username.toLowerCase()
  return isOwn ? (searchParams.get('start') ?? '') : null
}
