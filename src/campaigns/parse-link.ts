import type { CampaignButtons } from './campaign.ts'
import { campaignButtons } from './campaign.ts'

export type Link = CampaignButtons['links'][number]

/**
 * A button that opens a page, as an office types it: words and an address, such as “看全文 https://example.org”. What stands
 * behind a bar is for readers of English: “看全文 | Read more https://example.org”.
 */
export function parseLink(typed: string): Link | null {
  const found = /^(.+?)\s*(https?:\/\/\S+)$/su.exec(typed.trim())
  if (!found) return null
  const [, words = '', url = ''] = found
  const [chinese = '', english = ''] = words.split(/[|｜]/).map((part) => part.trim())
  const texts = {
    ...(chinese === '' ? {} : { 'zh-CN': chinese }),
    ...(english === '' ? {} : { en: english }),
  }
  const link = campaignButtons.shape.links.element.safeParse({ texts, url })
  // Telegram refuses the whole message for an address that only one machine knows.
  const isPublic = link.success && new URL(url).hostname.includes('.')
  return isPublic && Object.keys(texts).length > 0 ? link.data : null
}
