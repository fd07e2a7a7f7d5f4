import { Composer } from 'grammy'
import { beginCampaign } from '../../campaigns/begin-campaign.ts'
import type { Campaign } from '../../campaigns/campaign.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import { countCampaigns, listCampaigns } from '../../campaigns/campaign-store.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { dropStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { ChatContext } from '../context.ts'
import { broadcastAudience } from './broadcast-audience.ts'
import { broadcastCompose } from './broadcast-compose.ts'
import { broadcastDecide } from './broadcast-decide.ts'
import { broadcastFollowUp } from './broadcast-follow-up.ts'
import { findCampaigner, sayPage } from './broadcast-page.ts'
import { broadcastRun } from './broadcast-run.ts'
import { sayStep } from './broadcast-steps.ts'
import { broadcastTime } from './broadcast-time.ts'

/** What a list shows without scrolling for a minute. */
const perPage = 8

/** /broadcast, for admins and editors: campaigns from the first word to the report. */
export function broadcastFeature(deps: CampaignDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  // Everybody else must not even learn that this exists.
  const office = feature.filter(async (ctx) => (await findCampaigner(ctx)) !== null)

  office.command('broadcast', (ctx) => sayList(ctx, 0))
  office.callbackQuery(/^bc:list:(\d{1,6})$/, (ctx) => sayList(ctx, Number(ctx.match[1])))
  office.callbackQuery('bc:new', async (ctx) => {
    const staff = await findCampaigner(ctx)
    if (!staff) return
    const { id } = await beginCampaign(ctx.tx, deps, { staffId: staff.id })
    await sayStep(ctx, deps, id, 'words')
  })
  office.callbackQuery(/^bc:page:(\d{1,9})$/, (ctx) => sayPage(ctx, deps, Number(ctx.match[1])))
  office.callbackQuery(/^bc:step:(\d{1,9}):(\w+)$/, (ctx) =>
    sayStep(ctx, deps, Number(ctx.match[1]), ctx.match[2] ?? ''),
  )
  office.use(
    broadcastCompose(deps),
    broadcastAudience(deps),
    broadcastTime(deps),
    broadcastDecide(deps),
    broadcastRun(deps),
    broadcastFollowUp(deps),
  )
  return feature
}

async function sayList(ctx: ChatContext, page: number): Promise<void> {
  const staff = await findCampaigner(ctx)
  if (!staff) return
  await dropStaffPrompt(ctx.tx, staff.id)
  const total = await countCampaigns(ctx.tx)
  const shown = await listCampaigns(ctx.tx, { skip: page * perPage, limit: perPage })
  const turn = (key: string, to: number) => ({ text: ctx.t(key), data: `bc:list:${to}` })
  const turns = [
    ...(page > 0 ? [turn('areas:choose.previous', page - 1)] : []),
    ...((page + 1) * perPage < total ? [turn('areas:choose.next', page + 1)] : []),
  ]
  const keyboard: Keyboard = [
    [{ text: ctx.t('campaigns:button.new'), data: 'bc:new' }],
    ...shown.map((campaign) => [
      {
        text: `${ctx.t(`campaigns:mark.${campaign.state}`)} ${titleOf(ctx, campaign)}`,
        data: `bc:page:${campaign.id}`,
      },
    ]),
    ...(turns.length > 0 ? [turns] : []),
  ]
  await ctx.show(ctx.t(total === 0 ? 'campaigns:list.none' : 'campaigns:list.some'), keyboard)
}

/** What follows a campaign bears its name; without a word before it nobody could tell the taking back from the message. */
function titleOf(ctx: ChatContext, { name, kind }: Campaign): string {
  const title = name || ctx.t('campaigns:page.new')
  return kind === 'broadcast' ? title : ctx.t(`campaigns:page.origin.${kind}`, { name: title })
}
