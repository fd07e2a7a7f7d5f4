import { Composer } from 'grammy'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { dayOf } from '../../lib/calendar.ts'
import type { KeyedHash } from '../../lib/one-time-code.ts'
import type { AlarmDeps } from '../../staff/alarm-admins.ts'
import { acceptInvite, dismissStaff, inviteStaff } from '../../staff/invite-staff.ts'
import {
  type InvitableRole,
  invitableRoles,
  listStaff,
  type Staff,
} from '../../staff/staff-store.ts'
import type { ChatContext } from '../context.ts'
import { resetMenu, setUpStaff } from '../set-up-profile.ts'

export type StaffDeps = AlarmDeps & {
  inviteHash: KeyedHash
  botUsername: string
  timezone: string
  now: () => Date
}

/** `?start=c_<code>`: the personal link of one person in the office. */
const invitePayload = /^c_([A-Za-z0-9]{4,16})$/
/** A button carries the name, and 64 bytes at most. */
const nameMaxLength = 18
const nameMaxBytes = 50

/** /staff, for admins: who may open names and who may write, a link for one more, and the end of somebody's role. */
export function staffFeature(deps: StaffDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('start', async (ctx, next) => {
    const code = invitePayload.exec(ctx.match)?.[1]
    if (code === undefined || !ctx.from) return next()
    const person = { code, telegramId: ctx.from.id, language: ctx.turn.language }
    const outcome = await acceptInvite(ctx.tx, { hash: deps.inviteHash, now: deps.now }, person)
    if (outcome.outcome !== 'accepted') return ctx.say(ctx.t(`identity:invite.${outcome.outcome}`))
    const { role, name } = outcome
    await ctx.say(ctx.t(`identity:invite.accepted-${role}`))
    // A link in the wrong hands must not go unnoticed.
    const { first_name: first, last_name: last = '' } = ctx.from
    const telegramName = `${first} ${last}`.trim()
    await tellOffice(ctx, deps, 'identity:alarm.joined', { role, name, telegramName })
    const { api, chat } = ctx
    ctx.turn.afterCommit.push(
      () => void setUpStaff(api, deps.messages, { chatId: chat.id, role }).catch(() => {}),
    )
  })

  const admins = feature.filter(async (ctx) => (await ctx.turn.staff())?.role === 'admin')
  admins.command('staff', async (ctx) => {
    const name = ctx.match.trim()
    if (name === '') return sayStaff(ctx)
    if ([...name].length > nameMaxLength || Buffer.byteLength(name) > nameMaxBytes)
      return ctx.say(ctx.t('identity:staff.too-long', { max: nameMaxLength }))
    const roles: Keyboard = invitableRoles.map((role) => [
      { text: ctx.t(`identity:button.${role}`), data: `f:new:${role}:${name}` },
    ])
    await ctx.say(ctx.t('identity:staff.which', { name }), roles)
  })
  admins.callbackQuery(/^f:new:(\w+):(.+)$/, async (ctx) => {
    const role = invitableRoles.find((one) => one === ctx.match[1])
    const [admin, name = ''] = [await ctx.turn.staff(), ctx.match[2]]
    if (!admin || !role) return
    const by = { role, name, invitedById: admin.id }
    const invite = await inviteStaff(ctx.tx, { hash: deps.inviteHash, now: deps.now }, by)
    const said = {
      name,
      role: ctx.t(`identity:role.${role}`),
      until: dayOf(invite.untilAt, deps.timezone),
      link: `https://t.me/${deps.botUsername}?start=c_${invite.code}`,
    }
    await ctx.say(ctx.t('identity:staff.forward', said))
    await ctx.say(ctx.t('identity:staff.link', said))
  })
  admins.callbackQuery(/^f:out:(\d{1,9})$/, async (ctx) => {
    const person = await findDismissible(ctx, Number(ctx.match[1]))
    if (!person) return ctx.show(ctx.t('identity:staff.gone'))
    const data = `f:out-1:${person.id}`
    await ctx.show(ctx.t(`identity:staff.sure-${person.role}`, { name: person.name }), [
      [{ text: ctx.t('identity:button.dismiss-yes'), data }],
    ])
  })
  admins.callbackQuery(/^f:out-1:(\d{1,9})$/, async (ctx) => {
    const [admin, person] = [
      await ctx.turn.staff(),
      await findDismissible(ctx, Number(ctx.match[1])),
    ]
    if (!admin || !person) return ctx.show(ctx.t('identity:staff.gone'))
    const role = ctx.t(`identity:role.${person.role}`)
    await ctx.show(ctx.t('identity:staff.dismissed', { name: person.name, role }))
    await tellOffice(ctx, deps, 'identity:alarm.left', person)
    await dismissStaff(ctx.tx, deps, { staffId: person.id, byStaffId: admin.id })
    const { api } = ctx
    ctx.turn.afterCommit.push(() => void resetMenu(api, person.telegramId).catch(() => {}))
  })
  return feature
}

async function sayStaff(ctx: ChatContext): Promise<void> {
  const people = await listDismissible(ctx)
  const list = (role: InvitableRole) => {
    const lines = people.filter((one) => one.role === role).map(({ name }) => `· ${name}`)
    return lines.length === 0 ? ctx.t(`identity:staff.no-${role}`) : lines.join('\n')
  }
  const keyboard: Keyboard = people.map(({ id, name }) => [
    { text: ctx.t('identity:button.dismiss', { name }), data: `f:out:${id}` },
  ])
  const lists = { custodians: list('custodian'), editors: list('editor') }
  await ctx.say(ctx.t('identity:staff.list', lists), keyboard)
}

/** Everybody who has a role by a link, role by role. */
async function listDismissible(ctx: ChatContext) {
  const people: (Staff & { role: InvitableRole })[] = []
  for (const role of invitableRoles)
    for (const person of await listStaff(ctx.tx, role)) people.push({ ...person, role })
  return people
}

async function findDismissible(ctx: ChatContext, staffId: number) {
  return (await listDismissible(ctx)).find(({ id }) => id === staffId) ?? null
}

/** Admins hear of everybody, custodians of each other. */
async function tellOffice(
  ctx: ChatContext,
  deps: StaffDeps,
  key: string,
  { role, ...names }: { role: InvitableRole; name: string; telegramName?: string },
): Promise<void> {
  const custodians = role === 'custodian' ? await listStaff(ctx.tx, 'custodian') : []
  for (const { telegramId, language } of [...(await listStaff(ctx.tx, 'admin')), ...custodians]) {
    const t = deps.messages.in(language)
    await deps.enqueue(ctx.tx, {
      lane: 'urgent',
      purpose: 'alarm',
      address: { chatId: telegramId },
      outgoing: { kind: 'text', text: t(key, { ...names, role: t(`identity:role.${role}`) }) },
    })
  }
}
