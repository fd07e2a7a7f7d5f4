import { z } from 'zod'
import { cutText } from '../lib/plain-text.ts'
import { type Language, languages } from '../messages/messages.ts'

/** What something to say is about. Also the topic that a subscriber switches on and off. */
export const contentKinds = ['reminder', 'case', 'policy', 'notice'] as const
export type ContentKind = (typeof contentKinds)[number]

/**
 * draft: being written. checked: its author has handed it in, and nothing forbids it. published: a second person has
 * let it out. replaced: a later version is published. withdrawn: nobody gets it any more.
 */
export const contentStates = ['draft', 'checked', 'published', 'replaced', 'withdrawn'] as const
export type ContentState = (typeof contentStates)[number]

/** One question about what was read. `right` counts from 0. */
const quiz = z.strictObject({
  question: z.string().min(1),
  options: z.array(z.string().min(1)).min(2).max(4),
  right: z.int().min(0),
  explanation: z.string().min(1),
})

/** A file that Telegram has already, under the id that it gave our bot. */
const media = z.strictObject({
  kind: z.enum(['photo', 'video', 'audio', 'document']),
  fileId: z.string().min(1),
})

const contentText = z.strictObject({
  title: z.string(),
  body: z.string(),
  media: media.optional(),
  quiz: quiz.optional(),
})

/** By language. Whoever reads none of these gets the first that is there, in the order of `languages`. */
export const contentTexts = z.partialRecord(z.enum(languages), contentText)

export type Quiz = z.infer<typeof quiz>
export type ContentMedia = z.infer<typeof media>
export type ContentText = z.infer<typeof contentText>
export type ContentTexts = z.infer<typeof contentTexts>

export type ContentVersion = {
  id: number
  contentId: number
  code: string
  kind: ContentKind
  number: number
  state: ContentState
  texts: ContentTexts
  source: string
  sourceUrl: string
  /** Days as YYYY-MM-DD; null: not said. `validUntil` is the last day. */
  issuedOn: string | null
  validFrom: string | null
  validUntil: string | null
  /** Shipped with the program: an office replaces it with its own. */
  isSample: boolean
  /** Of staff; null: shipped. */
  authorId: number | null
  publishedById: number | null
}

/** What an author writes, and may change while it is a draft. */
export type VersionFields = Pick<
  ContentVersion,
  'texts' | 'source' | 'sourceUrl' | 'issuedOn' | 'validFrom' | 'validUntil' | 'isSample'
>

/** What somebody with this language reads. */
export function textFor(texts: ContentTexts, language: Language): ContentText | null {
  const found = texts[language] ?? languages.map((other) => texts[other]).find(Boolean)
  return found ?? null
}

/** More would not fit on a button. */
const listedMaxLength = 40

/** What it is called in lists: its title, else the first line of it, cut. Empty while nothing is written. */
export function titleOf(
  { texts }: Pick<ContentVersion, 'texts'>,
  language: Language = 'zh-CN',
): string {
  const text = textFor(texts, language)
  const [line = ''] = (text?.title || text?.body || '').split('\n', 1)
  const { head, rest } = cutText(line, listedMaxLength)
  return rest === '' ? head : `${head}…`
}
