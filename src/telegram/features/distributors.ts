import { Composer } from 'grammy'
import type { DirectoryCache } from '../../areas/directory.ts'
import { findPickable } from '../../areas/pick-area.ts'
import { appendAudit } from '../../staff/audit.ts'
import { dropStaffPrompt, saveStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import { addDistributor } from '../../subscribers/invites/add-distributor.ts'
import { type Invite, linkOf } from '../../subscribers/invites/deep-link.ts'
import {
  type Distributor,
  findDistributor,
  listDistributors,
  retireDistributor,
} from '../../subscribers/invites/distributor-store.ts'
import { countJoined } from '../../subscribers/invites/invite-store.ts'
import { qrRef } from '../../subscribers/invites/qr-image.ts'
import { showAreaChoices } from '../area-picker.ts'
import type { ChatContext } from '../context.ts'
import { showDistributor, showDistributors, sureToRetire } from '../distributor-screens.ts'

export type DistributorsDeps = {
  directory: DirectoryCache
  botUsername: string
  now: () => Date
}

const namePromptMs = 3_600_000
/** In the place of a distributor: a village's own link. */
const nobody = 0

/** /distributors, for admins and editors: who hands out links, how many came through them, links with their QR codes. */
export function distributorsFeature(deps: DistributorsDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const office = feature.filter(async (ctx) => {
    const role = (await ctx.turn.staff())?.role
    return role === 'admin' || role === 'editor'
  })

  office.command('distributors', async (ctx) => {
    const staff = await ctx.turn.staff()
    if (staff && ctx.match.trim() !== '') await add(ctx, deps, staff, ctx.match)
    else await showList(ctx, 0)
  })
  office.callbackQuery(/^dist:list:(\d{1,4})$/, (ctx) => showList(ctx, Number(ctx.match[1])))
  office.callbackQuery('dist:add', async (ctx) => {
    const staff = await ctx.turn.staff()
    if (!staff) return
    const untilAt = new Date(deps.now().getTime() + namePromptMs)
    await saveStaffPrompt(ctx.tx, staff.id, { kind: 'distributor', data: {}, untilAt })
    await ctx.say(ctx.t('subscribers:distributors.ask-name'))
  })
  office.callbackQuery(/^dist:show:(\d{1,9})$/, async (ctx) => {
    const found = await findDistributor(ctx.tx, Number(ctx.match[1]))
    if (!found) return ctx.show(ctx.t('subscribers:distributors.gone'))
    const { tree } = await deps.directory.current(ctx.tx)
    const joined = await countJoined(ctx.tx, found.code)
    const link = linkOf(deps.botUsername, { areaCode: null, distributorCode: found.code })
    const { text, keyboard } = showDistributor({ t: ctx.turn.t, tree }, found, { joined, link })
    await ctx.show(text, keyboard)
  })
  office.callbackQuery(/^dist:link:(\d{1,9})$/, async (ctx) => {
    const found = await findDistributor(ctx.tx, Number(ctx.match[1]))
    if (found && !found.retiredAt) await sendLink(ctx, deps, found)
    else await ctx.show(ctx.t('subscribers:distributors.gone'))
  })

  const picker = async (ctx: ChatContext, id: number) => {
    const { tree } = await deps.directory.current(ctx.tx)
    return { tree, prefix: `dist:v:${id}`, t: ctx.turn.t }
  }
  office.callbackQuery(/^dist:v:(\d{1,9}):in:(\d+):(\d+)$/, async (ctx) => {
    const [, id, areaId, page] = ctx.match
    const choices = await picker(ctx, Number(id))
    const view = showAreaChoices(choices, Number(areaId), Number(page))
    await ctx.show(view.text, view.keyboard)
  })
  office.callbackQuery(/^dist:v:(\d{1,9}):is:(\d+)$/, async (ctx) => {
    const id = Number(ctx.match[1])
    const { tree } = await deps.directory.current(ctx.tx)
    const area = findPickable(tree, Number(ctx.match[2]))
    const found = id === nobody ? null : await findDistributor(ctx.tx, id)
    if (!area || found?.retiredAt || (id !== nobody && !found))
      return ctx.show(ctx.t('subscribers:distributors.gone'))
    const link = linkOf(deps.botUsername, {
      areaCode: area.code,
      distributorCode: found?.code ?? null,
    })
    const path = tree.path(area.id)
    await sendQr(
      ctx,
      link,
      found
        ? ctx.t('subscribers:distributors.caption-village', { path, name: found.name, link })
        : ctx.t('subscribers:distributors.caption-own', { path, link }),
    )
  })

  office.callbackQuery(/^dist:out:(\d{1,9})$/, async (ctx) => {
    const found = await findDistributor(ctx.tx, Number(ctx.match[1]))
    if (!found || found.retiredAt) return ctx.show(ctx.t('subscribers:distributors.gone'))
    const { text, keyboard } = sureToRetire(ctx.turn.t, found)
    await ctx.show(text, keyboard)
  })
  office.callbackQuery(/^dist:out-1:(\d{1,9})$/, async (ctx) => {
    const [staff, found] = [
      await ctx.turn.staff(),
      await findDistributor(ctx.tx, Number(ctx.match[1])),
    ]
    const at = deps.now()
    if (!staff || !found || !(await retireDistributor(ctx.tx, found.id, at)))
      return ctx.show(ctx.t('subscribers:distributors.gone'))
    await ctx.show(ctx.t('subscribers:distributors.out', { name: found.name }))
    await noteAct(ctx, deps, staff, { action: 'distributor retired', id: found.id })
  })
  return feature
}

/** The name that was asked for. Asked again when it will not do. */
export async function takeDistributorName(
  ctx: ChatContext,
  deps: DistributorsDeps,
  staff: Staff,
): Promise<void> {
  if (await add(ctx, deps, staff, ctx.message?.text ?? '')) await dropStaffPrompt(ctx.tx, staff.id)
}

async function add(
  ctx: ChatContext,
  deps: DistributorsDeps,
  staff: Staff,
  name: string,
): Promise<boolean> {
  const outcome = await addDistributor(ctx.tx, { name, now: deps.now() })
  if (outcome.outcome !== 'added') {
    const taken = outcome.outcome === 'name-taken' ? outcome.distributor : {}
    await ctx.say(ctx.t(`subscribers:distributors.${outcome.outcome}`, taken))
    return false
  }
  const { distributor } = outcome
  await ctx.say(ctx.t('subscribers:distributors.added', distributor))
  await sendLink(ctx, deps, distributor)
  await noteAct(ctx, deps, staff, { action: 'distributor added', id: distributor.id })
  return true
}

async function showList(ctx: ChatContext, page: number): Promise<void> {
  const [own, joined, distributors] = [
    await countJoined(ctx.tx, ''),
    await countJoined(ctx.tx, null),
    await listDistributors(ctx.tx),
  ]
  const { text, keyboard } = showDistributors(ctx.turn.t, { distributors, joined, own, page })
  await ctx.show(text, keyboard)
}

async function sendLink(
  ctx: ChatContext,
  { botUsername }: DistributorsDeps,
  { name, code }: Distributor,
): Promise<void> {
  const invite: Invite = { areaCode: null, distributorCode: code }
  const link = linkOf(botUsername, invite)
  await sendQr(ctx, link, ctx.t('subscribers:distributors.caption', { name, link }))
}

/** A message of its own: it is passed on as it is. */
async function sendQr(ctx: ChatContext, link: string, caption: string): Promise<void> {
  if (!ctx.chat) return
  await ctx.turn.enqueue(ctx.tx, {
    lane: 'urgent',
    purpose: 'reply',
    address: { chatId: ctx.chat.id },
    outgoing: { kind: 'photo', fileRef: qrRef(link), fileName: 'qr.png', caption },
  })
}

async function noteAct(
  ctx: ChatContext,
  { now }: DistributorsDeps,
  staff: Staff,
  { action, id }: { action: string; id: number },
): Promise<void> {
  await appendAudit(ctx.tx, {
    at: now(),
    actor: `staff:${staff.id}`,
    action,
    subject: `distributor:${id}`,
    detail: {},
  })
}
