import type { Keyboard, Outgoing } from '../delivery/outgoing.ts'
import { splitText } from '../lib/plain-text.ts'
import type { Language, Translate } from '../messages/messages.ts'
import { type ContentVersion, textFor } from './content.ts'
import { type Blanks, fillIn } from './fill-in.ts'

/** In UTF-16 units, as Telegram counts. */
const textMaxUnits = 4_096
const captionMaxUnits = 1_024

export type ShowOptions = {
  /** Of the reader. */
  language: Language
  blanks: Blanks
  t: Translate
  buttons?: Keyboard
}

/**
 * Content as a villager gets it: one message, because everybody gets one delivery of it. Title, body, and a line that names
 * the source. With a file this is what stands under it, which is a quarter of what a text may have: longer than that is refused before
 * anybody publishes it (`checkContent`), and cut here, in the middle of the body, should it come to that.
 */
export function showContent(version: ContentVersion, options: ShowOptions): Outgoing {
  const { buttons } = options
  const media = textFor(version.texts, options.language)?.media
  const text = composeText(version, options)
  const keyboard = buttons && buttons.length > 0 ? { keyboard: buttons } : {}
  return media ? { ...media, caption: text, ...keyboard } : { kind: 'text', text, ...keyboard }
}

/** How many units it has over the limit, with these blanks; 0 when it fits. */
export function countExcess(
  version: ContentVersion,
  options: Omit<ShowOptions, 'buttons'>,
): number {
  const limit = limitOf(version, options.language)
  return Math.max(0, joinParts(partsOf(version, options)).length - limit)
}

function composeText(version: ContentVersion, options: ShowOptions): string {
  const parts = partsOf(version, options)
  const limit = limitOf(version, options.language)
  const excess = joinParts(parts).length - limit
  if (excess <= 0) return joinParts(parts)
  const [head = ''] = splitText(parts.body, Math.max(1, parts.body.length - excess - 1))
  // With a title or source that is too long by itself, the rest of it goes too.
  const [whole = ''] = splitText(joinParts({ ...parts, body: `${head}…` }), limit)
  return whole
}

function partsOf(version: ContentVersion, { language, blanks, t }: ShowOptions) {
  const text = textFor(version.texts, language)
  const { source } = version
  return {
    title: fillIn(text?.title ?? '', blanks),
    body: fillIn(text?.body ?? '', blanks),
    source: source === '' ? '' : t('content:source', { source }),
  }
}

function joinParts({ title, body, source }: ReturnType<typeof partsOf>): string {
  return [title, body, source].filter((part) => part !== '').join('\n\n')
}

function limitOf({ texts }: ContentVersion, language: Language): number {
  return textFor(texts, language)?.media ? captionMaxUnits : textMaxUnits
}
