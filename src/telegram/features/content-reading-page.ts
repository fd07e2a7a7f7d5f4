import type { ContentProblem } from '../../content/check-content.ts'
import { type ContentVersion, textFor, titleOf } from '../../content/content.ts'
import type { ContentDeps } from '../../content/content-deps.ts'
import { createLibraryCheck } from '../../content/list-problems.ts'
import { queryOf } from '../../content/publish-together.ts'
import { signOf } from '../../content/waiting.ts'
import { listWaiting } from '../../content/waiting-store.ts'
import { cutText } from '../../lib/plain-text.ts'
import { languages } from '../../messages/messages.ts'
import type { ChatContext } from '../context.ts'
import { editorOf } from '../editor.ts'
import { inRows } from '../keyboards.ts'
import { describeQuestion } from './content-preview.ts'
import { describeProblem, turns } from './content-waiting-page.ts'

const perPage = 10
/** In UTF-16 units, of what Telegram takes; the rest is for what stands above and below the texts. */
const pageMaxUnits = 3_500
/** For what the check says of one. */
const problemUnits = 320
/** Of what does not stand here whole. */
const shownCharacters = 60

/** One text on a page. `isWhole`: all of it stands here, so that who saw the page has read it. */
type ReadingItem = {
  version: ContentVersion
  number: number
  text: string
  isWhole: boolean
}

/**
 * What others handed in, whole, as much as fits on a page, with one button for what stands on it. What is too long for that, or has
 * a file, is only named: it is read and published by its number.
 */
export async function showToRead(
  ctx: ChatContext,
  deps: ContentDeps,
  { page, notice }: { page: number; notice?: string | undefined },
): Promise<void> {
  const { pages, count } = await listPages(ctx, deps)
  const check = await createLibraryCheck(ctx.tx, deps)
  const at = Math.min(page, pages.length - 1)
  const shown = pages[at] ?? []
  const parts = [
    notice,
    ctx.t(`content:together.${count === 0 ? 'none' : 'checked'}`, { count }),
    ...shown.map((item) => withProblem(ctx, item, check(item.version))),
    pages.length > 1 ? ctx.t('content:together.page', { page: at + 1, pages: pages.length }) : '',
  ]
  const whole = wholeOf(shown)
  const publish = {
    text: ctx.t('content:button.publish-page', { count: whole.length }),
    data: `ct:pub-page:${at}:${signOf(whole)}`,
  }
  await ctx.show(parts.filter(Boolean).join('\n\n'), [
    ...inRows(
      shown.map(({ number, version }) => ({ text: String(number), data: `ct:read:${version.id}` })),
    ),
    ...(whole.length > 0 ? [[publish]] : []),
    ...turns(ctx, { list: 'checked', at, pages: pages.length }),
    [{ text: ctx.t('content:button.back'), data: 'ct:home' }],
  ])
}

/** What stands whole on this page as it is now. */
export async function listOnPage(
  ctx: ChatContext,
  deps: ContentDeps,
  page: number,
): Promise<ContentVersion[]> {
  const { pages } = await listPages(ctx, deps)
  return wholeOf(pages[Math.min(page, pages.length - 1)] ?? [])
}

/** As many items on a page as it holds, in their order; never none. */
function layOut(items: readonly ReadingItem[]): ReadingItem[][] {
  const pages: ReadingItem[][] = []
  let room = 0
  for (const item of items) {
    const needed = unitsOf(item.text)
    const page = pages.at(-1)
    if (page && page.length < perPage && needed <= room) page.push(item)
    else {
      pages.push([item])
      room = pageMaxUnits
    }
    room -= needed
  }
  return pages
}

const unitsOf = (text: string) => text.length + problemUnits
const wholeOf = (items: readonly ReadingItem[]) =>
  items.filter(({ isWhole }) => isWhole).map(({ version }) => version)

async function listPages(ctx: ChatContext, deps: ContentDeps) {
  const staffId = (await editorOf(ctx))?.id ?? 0
  const versions = await listWaiting(ctx.tx, queryOf(deps, staffId, 'checked'))
  const items = versions.map((version, at) => describeItem(ctx, version, at + 1))
  return { pages: layOut(items), count: versions.length }
}

function describeItem(ctx: ChatContext, version: ContentVersion, number: number): ReadingItem {
  const kind = ctx.t(`content:kind.${version.kind}`)
  const title = titleOf(version, ctx.turn.language)
  const line = ctx.t('content:together.line', { number, kind, title })
  const whole = [line, ...describeWords(ctx, version, title)].join('\n')
  if (unitsOf(whole) > pageMaxUnits) {
    const { head } = cutText(textFor(version.texts, ctx.turn.language)?.body ?? '', shownCharacters)
    const text = [line, `${head}……`, ctx.t('content:together.too-long')].join('\n')
    return { version, number, text, isWhole: false }
  }
  if (languages.every((language) => !version.texts[language]?.media))
    return { version, number, text: whole, isWhole: true }
  const text = [whole, ctx.t('content:together.with-file')].join('\n')
  return { version, number, text, isWhole: false }
}

/** In every language, with the question: all that villagers get of it. */
function describeWords(ctx: ChatContext, version: ContentVersion, shownTitle: string): string[] {
  const own = textFor(version.texts, ctx.turn.language)
  const others = languages.map((one) => version.texts[one]).filter((text) => text !== own)
  return [own, ...others]
    .flatMap((text) => [
      text?.title === shownTitle ? '' : (text?.title ?? ''),
      text?.body ?? '',
      ...describeQuestion(text ?? undefined).map((one) => `${ctx.t('content:question')}\n${one}`),
    ])
    .concat(version.source === '' ? '' : ctx.t('content:source', { source: version.source }))
    .filter((part) => part !== '')
}

function withProblem(ctx: ChatContext, { text }: ReadingItem, problems: ContentProblem[]): string {
  return [text, ...describeProblem(ctx, problems)].join('\n')
}
