import { Composer } from 'grammy'
import type { AreaTree } from '../../areas/area-tree.ts'
import type { DirectoryCache } from '../../areas/directory.ts'
import { findPlaces } from '../../calendar/find-place.ts'
import type { Messages, Translator } from '../../messages/messages.ts'
import { countAwareness, countAwarenessOfEach } from '../../understanding/count-awareness.ts'
import { listLessons } from '../../understanding/lesson-store.ts'
import {
  type AwarenessView,
  showAwareness,
  showEach,
  showPlaces,
  showSubjects,
} from '../../understanding/show-awareness.ts'
import { findSubject, listSubjects, type Subject } from '../../understanding/subject.ts'
import type { ChatContext } from '../context.ts'

export type AwarenessDeps = { messages: Messages; directory: DirectoryCache; today: () => string }

/** /awareness [place], for admins and editors: how many know the rules, and how far every place is from everybody. */
export function awarenessFeature(deps: AwarenessDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const office = feature.filter(async (ctx) => {
    const staff = await ctx.turn.staff()
    return staff?.role === 'admin' || staff?.role === 'editor'
  })
  office.command('awareness', (ctx) => sayAwareness(ctx, deps, ctx.match.trim()))
  office.callbackQuery(/^u:see:(\d{1,9}):([sc]\d{1,9}):(\d{1,4})$/, async (ctx) => {
    const [, areaId, token = '', page] = ctx.match
    await showWith(ctx, deps, Number(areaId), token, (found) => viewOf(ctx, found, Number(page)))
  })
  office.callbackQuery(/^u:each:(\d{1,9}):([sc]\d{1,9})$/, async (ctx) => {
    const [, areaId, token = ''] = ctx.match
    await showWith(ctx, deps, Number(areaId), token, async (found) =>
      showEach(found, await countAwarenessOfEach(ctx.tx, found.tree, found)),
    )
  })
  office.callbackQuery(/^u:list:(\d{1,9})$/, async (ctx) => {
    const { tree } = await deps.directory.current(ctx.tx)
    const areaId = Number(ctx.match[1])
    if (!tree.find(areaId)) return ctx.toast(ctx.t('common:oldButton'))
    const subjects = listSubjects(await listLessons(ctx.tx, deps.today()))
    const view = showSubjects({ tree, t: deps.messages.in(ctx.turn.language), areaId }, subjects)
    await ctx.show(view.text, view.keyboard)
  })
  return feature
}

type Found = { tree: AreaTree; t: Translator; areaId: number; subject: Subject }

async function viewOf(ctx: ChatContext, found: Found, page: number): Promise<AwarenessView> {
  return showAwareness(found, await countAwareness(ctx.tx, found.tree, found), page)
}

/** Without words: the whole city. */
async function sayAwareness(ctx: ChatContext, deps: AwarenessDeps, typed: string): Promise<void> {
  const { tree } = await deps.directory.current(ctx.tx)
  const t = deps.messages.in(ctx.turn.language)
  const [subject] = listSubjects(await listLessons(ctx.tx, deps.today()))
  if (!subject) return ctx.say(t('understanding:awareness.nothing'))
  const places = typed === '' ? tree.children(null) : findPlaces(tree, typed)
  const [place] = places
  if (!place) return ctx.say(t('understanding:awareness.noPlace', { typed: typed.slice(0, 40) }))
  const view =
    places.length > 1
      ? showPlaces({ tree, t, subject }, places)
      : await viewOf(ctx, { tree, t, areaId: place.id, subject }, 0)
  await ctx.say(view.text, view.keyboard)
}

/** An old button may name a place or a set that is gone. */
async function showWith(
  ctx: ChatContext,
  deps: AwarenessDeps,
  areaId: number,
  token: string,
  toView: (found: Found) => Promise<AwarenessView>,
): Promise<void> {
  const { tree } = await deps.directory.current(ctx.tx)
  const subject = findSubject(await listLessons(ctx.tx, deps.today()), token)
  if (!subject || !tree.find(areaId)) return ctx.toast(ctx.t('common:oldButton'))
  const view = await toView({ tree, t: deps.messages.in(ctx.turn.language), areaId, subject })
  await ctx.show(view.text, view.keyboard)
}
