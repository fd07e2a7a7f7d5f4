import type { ContentVersion } from '../content/content.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import type { Translate } from '../messages/messages.ts'

/** The rows under content that ask whether it was read. They name the content: a later version is read by the same button. */
export function readingButtons(
  { contentId }: Pick<ContentVersion, 'contentId'>,
  t: Translate,
): Keyboard {
  return [[{ text: t('understanding:button.read'), data: `r:read:${contentId}` }]]
}
