import type { ContentProblem } from '../../content/check-content.ts'
import { type ContentVersion, titleOf } from '../../content/content.ts'
import type { ContentDeps } from '../../content/content-deps.ts'
import { findVersion, listVersions } from '../../content/content-store.ts'
import { listContentProblems } from '../../content/list-problems.ts'
import { isAbandoned } from '../../content/take-over.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { cutText } from '../../lib/plain-text.ts'
import type { ChatContext } from '../context.ts'
import { inRows } from '../keyboards.ts'

/** Together they fit into a message. */
const [shownProblems, shownPlace] = [15, 60]
const shownVersions = 8

/** One version: what it is, what is wrong with it, and what this person may do with it. `notice` stands above. */
export async function showVersion(
  ctx: ChatContext,
  deps: ContentDeps,
  versionId: number,
  notice?: string,
): Promise<void> {
  const version = await findVersion(ctx.tx, versionId)
  if (!version) return ctx.show(ctx.t('content:answer.gone'))
  const staff = await ctx.turn.staff()
  const isOpen = version.state === 'draft' || version.state === 'checked'
  const problems = isOpen ? await listContentProblems(ctx.tx, version, deps) : []
  const lines = listProblemLines(ctx, problems)
  const versions = await listVersions(ctx.tx, version.contentId)
  const others = versions.filter(({ id }) => id !== version.id).slice(0, shownVersions)
  const mayTakeOver = await isAbandoned(ctx.tx, version)
  const parts = [
    notice,
    describe(ctx, version),
    mayTakeOver ? ctx.t('content:abandoned') : undefined,
    lines === '' ? undefined : ctx.t('content:warnings', { lines }),
    others.length === 0
      ? undefined
      : ctx.t('content:history', {
          lines: others
            .map(({ number, state }) =>
              ctx.t('content:history-line', { number, state: ctx.t(`content:state.${state}`) }),
            )
            .join('\n'),
        }),
  ]
  await ctx.show(
    parts.filter((part) => part !== undefined).join('\n\n'),
    buttons(ctx, version, {
      // Nobody wrote an imported draft: it belongs to whoever takes it up.
      isAuthor: version.authorId === staff?.id || (version.authorId === null && isOpen),
      mayTakeOver,
      others,
      deps,
    }),
  )
}

export function listProblemLines(ctx: ChatContext, problems: readonly ContentProblem[]): string {
  const more = problems.length - shownProblems
  return [
    ...problems.slice(0, shownProblems).map((problem) => `· ${sayProblem(ctx, problem)}`),
    ...(more > 0 ? [ctx.t('content:more-problems', { count: more })] : []),
  ].join('\n')
}

export function sayProblem(ctx: ChatContext, { kind, what }: ContentProblem): string {
  const { head, rest } = cutText(what, shownPlace)
  return ctx.t(`content:problem.${kind}`, { what: rest === '' ? head : `${head}…` })
}

function describe(ctx: ChatContext, version: ContentVersion): string {
  const { kind, number, state, isSample, source, issuedOn } = version
  return ctx
    .t('content:show', {
      kind: ctx.t(`content:kind.${kind}`),
      title: titleOf(version, ctx.turn.language),
      number,
      state: ctx.t(`content:state.${state}`),
      sample: isSample ? ctx.t('content:show-sample') : '',
      source: source === '' ? ctx.t('content:no-source') : source,
      issued: issuedOn === null ? '' : ctx.t('content:issued', { day: issuedOn }),
      validity: describeValidity(ctx, version),
    })
    .replaceAll(/\n{2,}/gu, '\n')
    .trim()
}

function describeValidity(
  ctx: ChatContext,
  { validFrom: from, validUntil: until }: ContentVersion,
) {
  if (from !== null && until !== null) return ctx.t('content:valid-between', { from, until })
  if (from !== null) return ctx.t('content:valid-from', { day: from })
  return until === null ? '' : ctx.t('content:valid-until', { day: until })
}

function buttons(
  ctx: ChatContext,
  { id, state }: ContentVersion,
  {
    isAuthor,
    mayTakeOver,
    others,
    deps,
  }: {
    isAuthor: boolean
    mayTakeOver: boolean
    others: readonly ContentVersion[]
    deps: ContentDeps
  },
): Keyboard {
  const button = (key: string, data: string) => ({ text: ctx.t(`content:button.${key}`), data })
  const mayWrite = (state === 'draft' || state === 'checked') && isAuthor
  const mayPublish = state === 'checked' && (!isAuthor || deps.approval === 'off')
  return [
    // Who may publish it gets the button below the words, so that nobody publishes what they did not see.
    [button('preview', mayPublish ? `ct:read:${id}` : `ct:view:${id}`)],
    ...(mayWrite
      ? [
          [button('text', `ct:ask:text:${id}`), button('english', `ct:ask:english:${id}`)],
          [button('source', `ct:ask:source:${id}`), button('until', `ct:ask:until:${id}`)],
        ]
      : []),
    ...(mayTakeOver ? [[button('take-over', `ct:take:${id}`)]] : []),
    ...(state === 'draft' && isAuthor
      ? [[button('hand-in', `ct:hand:${id}`), button('drop', `ct:drop:${id}`)]]
      : []),
    ...(state === 'published'
      ? [[button('rewrite', `ct:ask:text:${id}`), button('withdraw', `ct:off:${id}`)]]
      : []),
    ...inRows(
      others.map((other) => ({
        text: ctx.t('content:button.version', { number: other.number }),
        data: `ct:show:${other.id}`,
      })),
    ),
    [button('back', 'ct:home')],
  ]
}
