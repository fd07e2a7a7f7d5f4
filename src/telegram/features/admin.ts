import { Composer } from 'grammy'
import { displayName } from '../../areas/area-name.ts'
import type { DirectoryCache } from '../../areas/directory.ts'
import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import { createBindCode } from '../../groups/create-bind-code.ts'
import { createEnrolLink } from '../../groups/create-enrol-link.ts'
import type { Group, Supervisor } from '../../groups/group.ts'
import { findGroup, listGroups } from '../../groups/group-store.ts'
import { listSupervisors } from '../../groups/supervisor-store.ts'
import { dayOf } from '../../lib/calendar.ts'
import type { KeyedHash } from '../../lib/one-time-code.ts'
import type { Messages } from '../../messages/messages.ts'
import type { ChatContext } from '../context.ts'
import { setUpAdmin } from '../set-up-profile.ts'

export type AdminDeps = {
  directory: DirectoryCache
  messages: Messages
  bindHash: KeyedHash
  enrolHash: KeyedHash
  botUsername: string
  timezone: string
  now: () => Date
}

/** What a message can show without scrolling for a minute; more are found by name. */
const groupsPerPage = 12
/** What Telegram takes as the data of a button. */
const maxDataBytes = 64

/** For admins, in private: which groups there are, their inbox codes and the personal links of their supervisors. */
export function adminFeature(deps: AdminDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  // Everybody else must not even learn that these commands exist.
  const admins = feature.filter(async (ctx) => {
    const staff = await ctx.turn.staff()
    return staff?.role === 'admin'
  })

  admins.command('start', async (ctx, next) => {
    const { api, chat } = ctx
    // Only now is the admin a chat that Telegram knows. Without it the menu lacks one line; nothing depends on it.
    ctx.turn.afterCommit.push(() => void setUpAdmin(api, deps.messages, chat.id).catch(() => {}))
    await next()
  })
  admins.command('groups', (ctx) => listPage(ctx, ctx.match.trim(), 0))
  admins.callbackQuery(/^g:page:(\d+):(.*)$/s, (ctx) =>
    listPage(ctx, ctx.match[2] ?? '', Number(ctx.match[1])),
  )
  admins.callbackQuery(/^g:show:(\d+)$/, async (ctx) => {
    const group = await findGroup(ctx.tx, Number(ctx.match[1]))
    if (group) await showGroup(ctx, deps, group)
  })
  admins.callbackQuery(/^g:code:(\d+)$/, async (ctx) => {
    const input = { groupId: Number(ctx.match[1]), now: deps.now() }
    const outcome = await createBindCode({ db: ctx.tx, hash: deps.bindHash }, input)
    if (outcome.outcome !== 'created') return
    const params = {
      code: outcome.code,
      until: dayOf(outcome.untilAt, deps.timezone),
      bot: deps.botUsername,
    }
    const group = await findGroup(ctx.tx, input.groupId)
    const hasInbox = group !== null && group.inboxChatId !== null
    const warning = hasInbox ? `\n\n${ctx.t('groups:code-replaces', { group: group.name })}` : ''
    await ctx.say(`${ctx.t('groups:code', params)}${warning}`)
  })
  admins.callbackQuery(/^g:links:(\d+)$/, async (ctx) => {
    const group = await findGroup(ctx.tx, Number(ctx.match[1]))
    if (group) await sayLinks(ctx, deps, group)
  })
  admins.callbackQuery(/^g:replace:(\d+):(\d+)$/, async (ctx) => {
    const group = await findGroup(ctx.tx, Number(ctx.match[1]))
    const roster = group ? await listSupervisors(ctx.tx, group.id) : []
    const person = roster.find(({ id }) => id === Number(ctx.match[2]))
    if (!group || !person) return
    await ctx.say(ctx.t('groups:replace', { name: person.name }))
    await sayLink(ctx, deps, group, person)
  })
  return feature
}

async function listPage(ctx: ChatContext, words: string, page: number): Promise<void> {
  const all = await listGroups(ctx.tx)
  const found = all.filter(({ name, code }) =>
    `${name} ${code}`.toLowerCase().includes(words.toLowerCase()),
  )
  const shown = found.slice(page * groupsPerPage, (page + 1) * groupsPerPage)
  const turn = (key: string, to: number): Button[] => {
    // The searched words travel in the button. Cut short they would turn the page of another list.
    const data = `g:page:${to}:${words}`
    return Buffer.byteLength(data) <= maxDataBytes ? [{ text: ctx.t(key), data }] : []
  }
  const keyboard: Keyboard = [
    ...shown.map((group) => [
      {
        text: `${ctx.t(`groups:mark.${group.inboxState}`)} ${group.name}`,
        data: `g:show:${group.id}`,
      },
    ]),
    [
      ...(page > 0 ? turn('areas:choose.previous', page - 1) : []),
      ...((page + 1) * groupsPerPage < found.length ? turn('areas:choose.next', page + 1) : []),
    ],
  ].filter((row) => row.length > 0)
  const bound = all.filter(({ inboxState }) => inboxState === 'bound').length
  if (found.length === 0) return ctx.show(ctx.t('groups:none-found'))
  const pages = Math.ceil(found.length / groupsPerPage)
  const params = { total: all.length, bound, page: page + 1, pages }
  await ctx.show(ctx.t('groups:list', params), keyboard)
}

async function showGroup(ctx: ChatContext, deps: AdminDeps, group: Group): Promise<void> {
  const { tree } = await deps.directory.current(ctx.tx)
  const supervisors = await listSupervisors(ctx.tx, group.id)
  const roster = supervisors.map(
    ({ name, title, state }) => `· ${name} ${title} ${ctx.t(`groups:roster.${state}`)}`,
  )
  const params = {
    group: group.name,
    state: ctx.t(`groups:state.${group.inboxState}`),
    territory: group.areaIds.map((id) => displayName(tree.get(id))).join('、'),
    roster: roster.join('\n'),
  }
  await ctx.say(ctx.t('groups:show', params), [
    [{ text: ctx.t('groups:button.code'), data: `g:code:${group.id}` }],
    [{ text: ctx.t('groups:button.links'), data: `g:links:${group.id}` }],
    ...supervisors
      .filter(({ state }) => state === 'enrolled')
      .map(({ id, name }) => [
        { text: ctx.t('groups:button.replace', { name }), data: `g:replace:${group.id}:${id}` },
      ]),
  ])
}

/** One message per person: forwarding one gives one link. */
async function sayLinks(ctx: ChatContext, deps: AdminDeps, group: Group): Promise<void> {
  const supervisors = await listSupervisors(ctx.tx, group.id)
  const listed = supervisors.filter(({ state }) => state === 'listed')
  if (listed.length === 0) return ctx.say(ctx.t('groups:no-links'))
  await ctx.say(ctx.t('groups:links'))
  for (const person of listed) await sayLink(ctx, deps, group, person)
}

async function sayLink(
  ctx: ChatContext,
  deps: AdminDeps,
  group: Group,
  { id, name, state }: Supervisor,
): Promise<void> {
  const outcome = await createEnrolLink(
    { db: ctx.tx, hash: deps.enrolHash },
    { supervisorId: id, now: deps.now(), replacesAccount: state === 'enrolled' },
  )
  if (outcome.outcome !== 'created') return
  const until = dayOf(outcome.untilAt, deps.timezone)
  const link = `https://t.me/${deps.botUsername}?start=s_${outcome.code}`
  await ctx.say(ctx.t('groups:link', { name, group: group.name, until, link }))
}
