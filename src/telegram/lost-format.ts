import type { Message } from 'grammy/types'
import { cutText, splitText } from '../lib/plain-text.ts'
import type { ChatContext } from './context.ts'

/** What villagers get is plain text: of a message that was formatted they see less than its author. */
export type LostFormat = {
  /** Bold, underlined and the like. */
  hasStyles: boolean
  /** Words behind which an address is hidden. */
  links: { words: string; address: string }[]
}

const styles: ReadonlySet<string> = new Set([
  ...['bold', 'italic', 'underline', 'strikethrough', 'spoiler'],
  ...['code', 'pre', 'blockquote', 'expandable_blockquote'],
])
const [shownLinks, shownWords] = [10, 40]
/** Of one message, in UTF-16 units. An address alone may have half of that. */
const messageMaxUnits = 4_000

type Sent = Pick<Message, 'text' | 'caption' | 'entities' | 'caption_entities'>

/** What of a message is not kept. Addresses that are written out stay as they are. */
export function findLostFormat(message: Sent): LostFormat {
  const text = message.text ?? message.caption ?? ''
  const entities = message.entities ?? message.caption_entities ?? []
  return {
    hasStyles: entities.some(({ type }) => styles.has(type)),
    links: entities.flatMap((entity) =>
      entity.type === 'text_link'
        ? [
            {
              words: text.slice(entity.offset, entity.offset + entity.length),
              address: entity.url,
            },
          ]
        : [],
    ),
  }
}

/** Says to an author what villagers will not see of what was just sent; nothing where all of it is kept. */
export async function sayLostFormat(ctx: ChatContext): Promise<void> {
  if (!ctx.message) return
  const { hasStyles, links } = findLostFormat(ctx.message)
  const more = links.length - shownLinks
  const lines = [
    ...(hasStyles ? [ctx.t('content:lost.styles')] : []),
    ...(links.length > 0 ? [ctx.t('content:lost.links')] : []),
    ...links
      .slice(0, shownLinks)
      .map(({ words, address }) =>
        ctx.t('content:lost.link', { words: cutText(words, shownWords).head, address }),
      ),
    ...(more > 0 ? [ctx.t('content:lost.more', { count: more })] : []),
  ]
  for (const part of splitText(lines.join('\n'), messageMaxUnits)) await ctx.say(part)
}
