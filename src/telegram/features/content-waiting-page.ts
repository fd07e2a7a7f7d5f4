import { type ContentProblem, mayPublish } from '../../content/check-content.ts'
import { type ContentVersion, textFor, titleOf } from '../../content/content.ts'
import type { ContentDeps } from '../../content/content-deps.ts'
import { createLibraryCheck } from '../../content/list-problems.ts'
import { queryOf } from '../../content/publish-together.ts'
import { type Stopped, signOf, type WaitingList } from '../../content/waiting.ts'
import { listWaiting } from '../../content/waiting-store.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { cutText } from '../../lib/plain-text.ts'
import type { ChatContext } from '../context.ts'
import { editorOf } from '../editor.ts'
import { inRows } from '../keyboards.ts'
import { sayProblem } from './content-page.ts'

const perPage = 10
/** Of what it says: whoever hands it in has written or imported it. */
const shownCharacters = 60
/** More would not fit into a message. */
const shownStopped = 15

/** The drafts of this person, with what the check says of each. On the last page, when all of it was seen, the button for all. */
export async function showDrafts(
  ctx: ChatContext,
  deps: ContentDeps,
  { page, isChanged = false }: { page: number; isChanged?: boolean },
): Promise<void> {
  const staffId = (await editorOf(ctx))?.id ?? 0
  const versions = await listWaiting(ctx.tx, queryOf(deps, staffId, 'drafts'))
  const check = await createLibraryCheck(ctx.tx, deps)
  const pages = Math.max(1, Math.ceil(versions.length / perPage))
  const at = Math.min(page, pages - 1)
  const shown = versions.slice(at * perPage, (at + 1) * perPage)
  const lines = shown.map((version, n) =>
    describeOne(ctx, version, { number: at * perPage + n + 1, problems: check(version) }),
  )
  const count = versions.length
  const parts = [
    isChanged ? ctx.t('content:together.changed') : '',
    ctx.t(`content:together.${count === 0 ? 'none' : 'drafts'}`, { count }),
    lines.join('\n\n'),
    at + 1 < pages ? ctx.t('content:together.more', { page: at + 1, pages }) : '',
  ]
  const first = at * perPage + 1
  const all = {
    text: ctx.t('content:button.hand-in-all', { count }),
    data: `ct:hand-all:${signOf(versions)}`,
  }
  await ctx.show(parts.filter((part) => part !== '').join('\n\n'), [
    ...inRows(shown.map(({ id }, n) => ({ text: String(first + n), data: `ct:show:${id}` }))),
    ...turns(ctx, { list: 'drafts', at, pages }),
    ...(count > 0 && at + 1 === pages ? [[all]] : []),
    [{ text: ctx.t('content:button.back'), data: 'ct:home' }],
  ])
}

/** What was done, and what stays as it was, by name and reason. */
export function describeStopped(
  ctx: ChatContext,
  said: string,
  stopped: readonly Stopped[],
): [text: string, keyboard: Keyboard] {
  const shown = stopped.slice(0, shownStopped)
  const lines = shown.map(({ version, problems }, at) =>
    describeOne(ctx, version, { number: at + 1, problems, isShort: true }),
  )
  const more = stopped.length - shown.length
  const parts = [
    said,
    ...(lines.length > 0
      ? [ctx.t('content:together.stopped', { count: stopped.length }), lines.join('\n')]
      : []),
    ...(more > 0 ? [ctx.t('content:import.more', { count: more })] : []),
  ]
  const buttons = shown.map(({ version }, at) => ({
    text: String(at + 1),
    data: `ct:show:${version.id}`,
  }))
  return [
    parts.join('\n\n'),
    [...inRows(buttons), [{ text: ctx.t('content:button.back'), data: 'ct:home' }]],
  ]
}

function describeOne(
  ctx: ChatContext,
  version: ContentVersion,
  {
    number,
    problems,
    isShort = false,
  }: { number: number; problems: ContentProblem[]; isShort?: boolean },
): string {
  const title = titleOf(version, ctx.turn.language)
  const kind = ctx.t(`content:kind.${version.kind}`)
  const body = (textFor(version.texts, ctx.turn.language)?.body ?? '').replaceAll('\n', ' ')
  const { head, rest } = cutText(body, shownCharacters)
  return [
    ctx.t('content:together.line', { number, kind, title }),
    ...(isShort || head === '' || head === title ? [] : [rest === '' ? head : `${head}……`]),
    ...describeProblem(ctx, problems),
  ].join('\n')
}

/** The first thing that the check says of one, those that stop it before those that only ask. */
export function describeProblem(ctx: ChatContext, problems: ContentProblem[]): string[] {
  const [problem] = problems.filter(({ stops }) => stops || mayPublish(problems))
  if (!problem) return []
  const said = { problem: sayProblem(ctx, problem) }
  return [ctx.t(`content:together.${problem.stops ? 'wrong' : 'look'}`, said)]
}

/** The buttons to the pages beside this one. */
export function turns(
  ctx: ChatContext,
  { list, at, pages }: { list: WaitingList; at: number; pages: number },
): Keyboard {
  const turn = (key: string, to: number) => ({ text: ctx.t(key), data: `ct:wait:${list}:${to}` })
  const row = [
    ...(at > 0 ? [turn('content:button.previous', at - 1)] : []),
    ...(at + 1 < pages ? [turn('content:button.next', at + 1)] : []),
  ]
  return row.length > 0 ? [row] : []
}
