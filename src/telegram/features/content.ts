import { Composer } from 'grammy'
import { contentKinds, titleOf } from '../../content/content.ts'
import type { ContentDeps } from '../../content/content-deps.ts'
import { findVersion } from '../../content/content-store.ts'
import { handInContent, withdrawContent } from '../../content/publish-content.ts'
import { queryOf } from '../../content/publish-together.ts'
import { listShelf, listShelves, type Shelf } from '../../content/shelf-store.ts'
import type { WaitingList } from '../../content/waiting.ts'
import { countWaiting } from '../../content/waiting-store.ts'
import { beginContent, dropDraft } from '../../content/write-content.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import type { ChatContext } from '../context.ts'
import { editorOf } from '../editor.ts'
import { askForContent, askForTable, contentPrompts } from './content-compose.ts'
import { contentHandOverFeature } from './content-hand-over.ts'
import { listProblemLines, showVersion } from './content-page.ts'
import { sayPreview } from './content-preview.ts'
import { contentTogetherFeature } from './content-together.ts'

const perPage = 10

/** /content, for admins and editors: the library, what waits to be published, and writing something new. */
export function contentFeature(deps: ContentDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  // Everybody else must not even learn that these commands exist.
  const editors = feature.filter(async (ctx) => (await editorOf(ctx)) !== null)

  editors.use(contentTogetherFeature(deps))
  editors.use(contentHandOverFeature(deps))
  editors.command('content', (ctx) => sayShelves(ctx, deps))
  editors.callbackQuery('ct:home', (ctx) => sayShelves(ctx, deps))
  editors.callbackQuery(/^ct:shelf:(\w+):(\d{1,4})$/, (ctx) =>
    sayShelf(ctx, ctx.match[1] ?? '', Number(ctx.match[2])),
  )
  editors.callbackQuery(/^ct:show:(\d{1,9})$/, (ctx) => showVersion(ctx, deps, idOf(ctx)))
  editors.callbackQuery(/^ct:view:(\d{1,9})$/, async (ctx) => {
    const version = await findVersion(ctx.tx, idOf(ctx))
    if (version) await sayPreview(ctx, version)
    else await ctx.show(ctx.t('content:answer.gone'))
  })
  editors.callbackQuery('ct:new', async (ctx) => {
    const kinds: Keyboard = contentKinds.map((kind) => [
      { text: ctx.t(`content:kind.${kind}`), data: `ct:kind:${kind}` },
    ])
    await ctx.show(ctx.t('content:choose-kind'), kinds)
  })
  editors.callbackQuery('ct:import', async (ctx) => {
    const staff = await editorOf(ctx)
    if (staff) await askForTable(ctx, deps, staff.id)
  })
  editors.callbackQuery(/^ct:kind:(\w+)$/, async (ctx) => {
    const kind = contentKinds.find((one) => one === ctx.match[1])
    const staff = await editorOf(ctx)
    if (!kind || !staff) return
    const { id } = await beginContent(ctx.tx, deps, { kind, staffId: staff.id })
    await askForContent(ctx, deps, staff.id, { ask: 'text', versionId: id })
  })
  editors.callbackQuery(/^ct:ask:(\w+):(\d{1,9})$/, async (ctx) => {
    const ask = contentPrompts.find((one) => one === ctx.match[1])
    const staff = await editorOf(ctx)
    if (!ask || !staff) return
    await askForContent(ctx, deps, staff.id, { ask, versionId: Number(ctx.match[2]) })
  })
  editors.callbackQuery(/^ct:hand:(\d{1,9})$/, async (ctx) => {
    const outcome = await handInContent(ctx.tx, deps, await actOf(ctx))
    if (outcome.outcome === 'stopped')
      return ctx.say(
        ctx.t('content:problems', { lines: listProblemLines(ctx, outcome.problems) }),
        [[{ text: ctx.t('content:button.open'), data: `ct:show:${idOf(ctx)}` }]],
      )
    await answer(ctx, deps, outcome.outcome, outcome)
  })
  editors.callbackQuery(/^ct:off:(\d{1,9})$/, (ctx) =>
    ctx.show(ctx.t('content:answer.sure-withdraw'), [
      [{ text: ctx.t('content:button.withdraw-yes'), data: `ct:off-1:${idOf(ctx)}` }],
      [{ text: ctx.t('content:button.back'), data: 'ct:home' }],
    ]),
  )
  editors.callbackQuery(/^ct:off-1:(\d{1,9})$/, async (ctx) => {
    const isDone = await withdrawContent(ctx.tx, deps, await actOf(ctx))
    await answer(ctx, deps, isDone ? 'withdrawn' : 'over')
  })
  editors.callbackQuery(/^ct:drop:(\d{1,9})$/, async (ctx) => {
    const isDone = await dropDraft(ctx.tx, await actOf(ctx))
    if (!isDone) return answer(ctx, deps, 'over')
    await ctx.show(ctx.t('content:answer.dropped'), [
      [{ text: ctx.t('content:button.back'), data: 'ct:home' }],
    ])
  })
  return feature
}

const idOf = (ctx: { match: string | RegExpMatchArray }) => Number(ctx.match[1])

async function actOf(ctx: ChatContext & { match: string | RegExpMatchArray }) {
  return { versionId: idOf(ctx), staffId: (await editorOf(ctx))?.id ?? 0 }
}

/** A toast would be gone before it is read: what came of it stands above the page. */
async function answer(
  ctx: ChatContext & { match: string | RegExpMatchArray },
  deps: ContentDeps,
  outcome: string,
  params: Record<string, unknown> = {},
): Promise<void> {
  await showVersion(ctx, deps, idOf(ctx), ctx.t(`content:answer.${outcome}`, params))
}

async function sayShelves(ctx: ChatContext, deps: ContentDeps): Promise<void> {
  const { series, others, waiting } = await listShelves(ctx.tx)
  const staffId = (await editorOf(ctx))?.id ?? 0
  const waitsFor = async (list: WaitingList) => {
    const count = await countWaiting(ctx.tx, queryOf(deps, staffId, list))
    if (count === 0) return []
    return [[{ text: ctx.t(`content:list.${list}`, { count }), data: `ct:wait:${list}:0` }]]
  }
  const shelf = (key: string, params: object, name: string | number) => [
    { text: ctx.t(key, { ...params }), data: `ct:shelf:${name}:0` },
  ]
  await ctx.show(ctx.t('content:list.title'), [
    ...(await waitsFor('checked')),
    ...(await waitsFor('drafts')),
    ...(waiting > 0 ? [shelf('content:list.waiting', { count: waiting }, 'waiting')] : []),
    ...series.map(({ id, name, count }) => shelf('content:list.series', { name, count }, id)),
    ...(others > 0 ? [shelf('content:list.others', { count: others }, 'others')] : []),
    [
      { text: ctx.t('content:button.new'), data: 'ct:new' },
      { text: ctx.t('content:button.import'), data: 'ct:import' },
    ],
  ])
}

async function sayShelf(ctx: ChatContext, name: string, page: number): Promise<void> {
  const shelf: Shelf =
    name === 'others' || name === 'waiting' ? name : { seriesId: Number(name) || 0 }
  const versions = await listShelf(ctx.tx, shelf)
  const shown = versions.slice(page * perPage, (page + 1) * perPage)
  const turn = (key: string, to: number) => ({ text: ctx.t(key), data: `ct:shelf:${name}:${to}` })
  const turns = [
    ...(page > 0 ? [turn('content:button.previous', page - 1)] : []),
    ...((page + 1) * perPage < versions.length ? [turn('content:button.next', page + 1)] : []),
  ]
  const { series } = await listShelves(ctx.tx)
  const named = series.find(({ id }) => String(id) === name)?.name
  const title = named ?? ctx.t(name === 'waiting' ? 'content:state.draft' : 'content:kind.notice')
  const text =
    versions.length === 0
      ? ctx.t('content:list.empty')
      : ctx.t('content:list.items', { name: title, count: versions.length })
  await ctx.show(text, [
    ...shown.map((version) => [
      {
        text: `${titleOf(version, ctx.turn.language)}（${ctx.t(`content:state.${version.state}`)}）`,
        data: `ct:show:${version.id}`,
      },
    ]),
    ...(turns.length > 0 ? [turns] : []),
    [{ text: ctx.t('content:button.back'), data: 'ct:home' }],
  ])
}
