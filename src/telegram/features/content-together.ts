import { Composer } from 'grammy'
import type { ContentDeps } from '../../content/content-deps.ts'
import { publishContent } from '../../content/publish-content.ts'
import { handInAll, publishTogether, queryOf } from '../../content/publish-together.ts'
import { signOf } from '../../content/waiting.ts'
import { listWaiting } from '../../content/waiting-store.ts'
import type { ChatContext } from '../context.ts'
import { editorOf } from '../editor.ts'
import { listProblemLines } from './content-page.ts'
import { sayPreview } from './content-preview.ts'
import { listOnPage, showToRead } from './content-reading-page.ts'
import { describeStopped, showDrafts } from './content-waiting-page.ts'

/** Many at once: drafts handed in, and what others handed in read one after the other, or published page by page. */
export function contentTogetherFeature(deps: ContentDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()

  feature.callbackQuery(/^ct:wait:(drafts|checked):(\d{1,4})$/, async (ctx) => {
    const page = Number(ctx.match[2])
    if (ctx.match[1] === 'drafts') await showDrafts(ctx, deps, { page })
    else await showToRead(ctx, deps, { page })
  })
  feature.callbackQuery(/^ct:hand-all:(\w{16})$/, async (ctx) => {
    const act = { staffId: await staffIdOf(ctx), seen: ctx.match[1] ?? '' }
    const result = await handInAll(ctx.tx, deps, act)
    if (result.outcome === 'changed') return showDrafts(ctx, deps, { page: 0, isChanged: true })
    if (result.outcome === 'no-second') return ctx.show(ctx.t('content:answer.no-second'))
    const said = ctx.t(`content:together.${result.outcome}`, { ...result })
    await ctx.show(...describeStopped(ctx, said, result.stopped))
  })
  feature.callbackQuery(/^ct:pub-page:(\d{1,4}):(\w{16})$/, async (ctx) => {
    const page = Number(ctx.match[1])
    const ids = (await listOnPage(ctx, deps, page)).map(({ id }) => id)
    const act = { staffId: await staffIdOf(ctx), seen: ctx.match[2] ?? '', ids }
    const result = await publishTogether(ctx.tx, deps, act)
    // What is published is gone from the list, so that the next ones stand on this page.
    const notice = ctx.t(`content:together.${result.outcome}`, { ...result })
    await showToRead(ctx, deps, { page, notice })
  })
  feature.callbackQuery(/^ct:read:(\d{1,9})$/, (ctx) => sayReading(ctx, deps, Number(ctx.match[1])))
  feature.callbackQuery(/^ct:read-pub:(\d{1,9}):(\w{16})$/, async (ctx) => {
    const versionId = Number(ctx.match[1])
    const act = { versionId, staffId: await staffIdOf(ctx), seen: ctx.match[2] ?? '' }
    const next = await findNext(ctx, deps, versionId)
    const result = await publishContent(ctx.tx, deps, act)
    if (result.outcome === 'stopped')
      return ctx.say(ctx.t('content:problems', { lines: listProblemLines(ctx, result.problems) }))
    if (result.outcome === 'changed')
      return ctx.say(ctx.t('content:answer.changed'), [
        [{ text: ctx.t('content:button.preview'), data: `ct:read:${versionId}` }],
      ])
    if (result.outcome !== 'published')
      return ctx.toast(ctx.t(`content:answer.${result.outcome}`), true)
    ctx.toast(ctx.t('content:answer.published'))
    if (next === null)
      await ctx.say(ctx.t('content:together.all-read'), [
        [{ text: ctx.t('content:button.open'), data: `ct:show:${versionId}` }],
      ])
    else await sayReading(ctx, deps, next)
  })
  return feature
}

/** What waits, as villagers get it: messages of its own, so that several can be compared. */
async function sayReading(ctx: ChatContext, deps: ContentDeps, versionId: number): Promise<void> {
  const waiting = await listChecked(ctx, deps)
  const at = waiting.findIndex(({ id }) => id === versionId)
  const version = waiting[at]
  if (!version) return ctx.toast(ctx.t('content:answer.over'), true)
  const next = waiting[at + 1]
  const sign = signOf([version])
  const staffId = await staffIdOf(ctx)
  const button = (key: string, data: string, params = {}) => [{ text: ctx.t(key, params), data }]
  await sayPreview(ctx, version, [
    button('content:button.publish', `ct:read-pub:${version.id}:${sign}`),
    // One's own is changed without being sent anywhere.
    ...(version.authorId === staffId
      ? []
      : [button('content:button.send-back', `ct:back:${version.id}:${sign}`)]),
    ...(next
      ? [
          button('content:together.next', `ct:read:${next.id}`, {
            at: at + 2,
            count: waiting.length,
          }),
        ]
      : []),
    button('content:button.open', `ct:show:${version.id}`),
  ])
}

async function findNext(
  ctx: ChatContext,
  deps: ContentDeps,
  versionId: number,
): Promise<number | null> {
  const waiting = await listChecked(ctx, deps)
  const at = waiting.findIndex(({ id }) => id === versionId)
  return (waiting[at + 1] ?? waiting.find(({ id }) => id !== versionId))?.id ?? null
}

async function listChecked(ctx: ChatContext, deps: ContentDeps) {
  return listWaiting(ctx.tx, queryOf(deps, await staffIdOf(ctx), 'checked'))
}

const staffIdOf = async (ctx: ChatContext) => (await editorOf(ctx))?.id ?? 0
