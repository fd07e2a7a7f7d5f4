import { Composer } from 'grammy'
import {
  type AskOutcome,
  approveCampaign,
  askApproval,
  type DecideOutcome,
  sendBackCampaign,
} from '../../campaigns/ask-approval.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import type { CampaignProblem } from '../../campaigns/check-campaign.ts'
import { stepsOf } from '../../campaigns/guide.ts'
import { composeForReader, previewCampaign } from '../../campaigns/preview-campaign.ts'
import type { Outgoing } from '../../delivery/outgoing.ts'
import { findSubscriber } from '../../subscribers/subscriber-store.ts'
import type { ChatContext } from '../context.ts'
import { actOf } from './broadcast-compose.ts'
import { type At, findAt, sayPage } from './broadcast-page.ts'
import { sayStep } from './broadcast-steps.ts'

/** Looking at a campaign, asking a second person, and what that person decides. */
export function broadcastDecide(deps: CampaignDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^bc:preview:(\d{1,9})$/, async (ctx) => {
    const at = await findWritten(ctx, deps, Number(ctx.match[1]))
    if (at) await sayMessages(ctx, deps, at, await previewCampaign(ctx.tx, deps, at))
  })
  feature.callbackQuery(/^bc:test:(\d{1,9})$/, async (ctx) => {
    const at = await findWritten(ctx, deps, Number(ctx.match[1]))
    if (!at) return
    const self = await findSubscriber(ctx.tx, deps.keyring, ctx.from.id)
    const reader = { language: ctx.turn.language, areaId: self?.areaId ?? null }
    await sayMessages(ctx, deps, at, [await composeForReader(ctx.tx, deps, at, reader)])
  })
  feature.callbackQuery(/^bc:ask:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    const outcome = await askApproval(ctx.tx, deps, act)
    await sayPage(ctx, deps, act.campaignId, { notice: sayAsked(ctx, outcome) })
  })
  feature.callbackQuery(/^bc:(ok|no):(\d{1,9}):(\w{1,20})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[2]))
    if (!act) return
    const decide = ctx.match[1] === 'ok' ? approveCampaign : sendBackCampaign
    const outcome = await decide(ctx.tx, deps, { ...act, digest: ctx.match[3] ?? '' })
    await sayPage(ctx, deps, act.campaignId, { notice: sayDecided(ctx, outcome) })
  })
  feature.callbackQuery(/^bc:change:(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (!at) return
    const [first = 'review'] = stepsOf(at.campaign)
    const notice = ctx.t('campaigns:changed.warning')
    await sayStep(ctx, deps, at.campaign.id, first, { notice })
  })
  return feature
}

type Written = At & { version: NonNullable<At['version']> }

async function findWritten(
  ctx: ChatContext,
  deps: CampaignDeps,
  campaignId: number,
): Promise<Written | null> {
  const at = await findAt(ctx, campaignId)
  if (!at) return null
  const { version } = at
  if (version && Object.keys(version.texts).length > 0) return { ...at, version }
  await sayStep(ctx, deps, campaignId, 'words', { notice: ctx.t('campaigns:problem.no-words') })
  return null
}

/** As villagers get them, then the page again, so that its buttons are at hand. */
async function sayMessages(
  ctx: ChatContext,
  deps: CampaignDeps,
  { campaign }: At,
  messages: Outgoing[],
): Promise<void> {
  await deps.enqueue(
    ctx.tx,
    ...messages.map((outgoing) => ({
      lane: 'urgent' as const,
      purpose: 'campaign-office',
      address: { chatId: ctx.chat?.id ?? 0 },
      outgoing,
    })),
  )
  await sayPage(ctx, deps, campaign.id, { isNew: true })
}

function sayAsked(ctx: ChatContext, outcome: AskOutcome): string {
  switch (outcome.outcome) {
    case 'asked':
      return ctx.t('campaigns:asked.asked', { count: outcome.others })
    case 'has-problems':
      return sayProblems(ctx, outcome.problems)
    case 'too-late':
      // A second press of a shaking finger, which must not read as if it were over.
      return ctx.t(`campaigns:${outcome.state === 'asked' ? 'asked.already' : 'changed.too-late'}`)
    default:
      return ctx.t(`campaigns:asked.${outcome.outcome}`)
  }
}

function sayDecided(ctx: ChatContext, outcome: DecideOutcome): string {
  if (outcome.outcome === 'has-problems') return sayProblems(ctx, outcome.problems)
  return ctx.t(`campaigns:decided.${outcome.outcome}`)
}

function sayProblems(ctx: ChatContext, problems: readonly CampaignProblem[]): string {
  const t = ctx.t.bind(ctx)
  // What is wrong with the words stands on the page below, each by itself.
  const kinds = new Set(problems.map(({ kind }) => kind))
  const lines = [...kinds].map((kind) => `· ${t(`campaigns:problem.${kind}`)}`)
  return `${ctx.t('campaigns:problem.title')}\n${lines.join('\n')}`
}
