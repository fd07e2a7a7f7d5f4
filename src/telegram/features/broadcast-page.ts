import { needsSecond } from '../../campaigns/ask-approval.ts'
import type { Campaign } from '../../campaigns/campaign.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import { digestOf } from '../../campaigns/campaign-digest.ts'
import { findCampaign } from '../../campaigns/campaign-store.ts'
import { controlButtons } from '../../campaigns/compose-progress.ts'
import { describeCampaign } from '../../campaigns/describe-campaign.ts'
import { mayChange, type Step, stepAfter, stepBefore, stepsOf } from '../../campaigns/guide.ts'
import type { ContentVersion } from '../../content/content.ts'
import { findVersion } from '../../content/content-store.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { dropStaffPrompt, saveStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import type { ChatContext } from '../context.ts'

/** Somebody of the office who may write and approve campaigns, at one of them. */
export type At = { staff: Staff; campaign: Campaign; version: ContentVersion | null }

/** Who is asked for words has so long to send them. */
const promptMs = 60 * 60_000

export async function findCampaigner(ctx: ChatContext): Promise<Staff | null> {
  const staff = await ctx.turn.staff()
  return staff && (staff.role === 'admin' || staff.role === 'editor') ? staff : null
}

/** The campaign of a button; says so when it is gone. */
export async function findAt(ctx: ChatContext, campaignId: number): Promise<At | null> {
  const staff = await findCampaigner(ctx)
  const campaign = staff && (await findCampaign(ctx.tx, campaignId))
  if (!campaign) {
    if (staff) await ctx.show(ctx.t('campaigns:gone'))
    return null
  }
  return { staff, campaign, version: await versionOf(ctx, campaign) }
}

async function versionOf(
  ctx: ChatContext,
  { versionId }: Campaign,
): Promise<ContentVersion | null> {
  return versionId === null ? null : findVersion(ctx.tx, versionId)
}

/** What is to be typed next, for the campaign. A later question takes its place. */
export async function askFor(
  ctx: ChatContext,
  { now }: Pick<CampaignDeps, 'now'>,
  staffId: number,
  kind: string,
  data: Record<string, string | number>,
): Promise<void> {
  const untilAt = new Date(now().getTime() + promptMs)
  await saveStaffPrompt(ctx.tx, staffId, { kind, data, untilAt })
}

/** The whole of it, with what this person may do with it now. In the pressed message unless `isNew`. */
export async function sayPage(
  ctx: ChatContext,
  deps: CampaignDeps,
  campaignId: number,
  { isNew = false, notice = '' } = {},
): Promise<void> {
  const at = await findAt(ctx, campaignId)
  if (!at) return
  await dropStaffPrompt(ctx.tx, at.staff.id)
  const t = deps.messages.in(ctx.turn.language)
  const summary = await describeCampaign(ctx.tx, deps, at, t)
  const text = notice === '' ? summary : `${notice}\n\n${summary}`
  await (isNew ? ctx.say : ctx.show).call(ctx, text, pageKeyboard(ctx, deps, at))
}

function pageKeyboard(
  ctx: ChatContext,
  deps: CampaignDeps,
  { staff, campaign, version }: At,
): Keyboard {
  const { id, state } = campaign
  const button = (key: string, what = key) => ({
    text: ctx.t(`campaigns:button.${key}`),
    data: `bc:${what}:${id}`,
  })
  const list = [{ text: ctx.t('campaigns:button.list'), data: 'bc:list:0' }]
  const isMine = campaign.createdById === staff.id
  if (state === 'composing' && isMine) return [...reviewRows(ctx, deps, campaign), list]
  if (state === 'asked' && !isMine)
    return [
      [button('preview')],
      [
        {
          text: ctx.t('campaigns:button.approve'),
          data: `bc:ok:${id}:${digestOf(campaign, version)}`,
        },
      ],
      [
        {
          text: ctx.t('campaigns:button.send-back'),
          data: `bc:no:${id}:${digestOf(campaign, version)}`,
        },
      ],
      list,
    ]
  const isOver = state === 'finished' || state === 'cancelled'
  return [
    ...(campaign.kind === 'recall' ? [] : [[button('preview')]]),
    ...(mayChange(campaign, staff.id) ? [[button('change')]] : []),
    ...(state === 'scheduled' ? [[button('go')]] : []),
    ...(['composing', 'asked', 'scheduled'].includes(state) ? [[button('discard')]] : []),
    ...(state === 'running' || state === 'paused' ? [[button('refresh', 'report')]] : []),
    ...(isOver && campaign.queueId === null ? [] : controlButtons(ctx.t.bind(ctx), campaign)),
    list,
  ]
}

function reviewRows(ctx: ChatContext, deps: CampaignDeps, campaign: Campaign): Keyboard {
  const { id, kind } = campaign
  const steps = stepsOf(campaign).filter((step) => step !== 'review')
  const parts = steps.map((step) => ({
    text: ctx.t(`campaigns:step.${step}`),
    data: `bc:step:${id}:${step}`,
  }))
  const one = (key: string) => ({
    text: ctx.t(`campaigns:button.${key}`),
    data: `bc:${key}:${id}`,
  })
  const ask = kind === 'recall' ? 'recall-now' : needsSecond(deps, campaign) ? 'ask' : 'schedule'
  return [
    ...pairs(parts),
    ...(kind === 'recall' ? [] : [[one('preview'), one('test')]]),
    [{ text: ctx.t(`campaigns:button.${ask}`), data: `bc:ask:${id}` }],
    [one('discard')],
  ]
}

/** Back and on, under a step. */
export function stepRows(ctx: ChatContext, { campaign, version }: At, step: Step): Keyboard {
  const known = stepsOf(campaign)
  const turn = (key: string, to: Step | null) =>
    to !== null && known.includes(to)
      ? [{ text: ctx.t(`campaigns:button.${key}`), data: `bc:step:${campaign.id}:${to}` }]
      : []
  const next = stepAfter(step, version)
  const after = next !== null && known.includes(next) ? next : 'review'
  const rows = [...turn('back', stepBefore(step)), ...(next === step ? [] : turn('next', after))]
  return rows.length > 0 ? [rows] : []
}

export function pairs<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 2) }, (_, row) =>
    items.slice(row * 2, row * 2 + 2),
  )
}
