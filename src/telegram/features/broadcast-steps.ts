import { mostLinks } from '../../campaigns/campaign.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import { isOneOff } from '../../campaigns/campaign-store.ts'
import { warnOfTime } from '../../campaigns/describe-campaign.ts'
import { mayChange, type Step, steps, stepsOf } from '../../campaigns/guide.ts'
import { sayMinute, sayTime } from '../../campaigns/say-time.ts'
import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import { sendingHours } from '../../delivery/quiet-hours.ts'
import { languages } from '../../messages/messages.ts'
import { dropStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { ChatContext } from '../context.ts'
import { showAudience } from './broadcast-audience-page.ts'
import { type At, findAt, pairs, sayPage, stepRows } from './broadcast-page.ts'

type Screen = { text: string; keyboard: Keyboard }
type Options = { isNew?: boolean; notice?: string }

/** One step of writing a campaign, in the pressed message unless `isNew`. The last one is the whole of it. */
export async function sayStep(
  ctx: ChatContext,
  deps: CampaignDeps,
  campaignId: number,
  name: string,
  { isNew = false, notice = '' }: Options = {},
): Promise<void> {
  const at = await findAt(ctx, campaignId)
  if (!at) return
  const step = steps.find((one) => one === name)
  const isOpen = mayChange(at.campaign, at.staff.id)
  if (!step || step === 'review' || !isOpen || !stepsOf(at.campaign).includes(step))
    return sayPage(ctx, deps, campaignId, { isNew, notice })
  await dropStaffPrompt(ctx.tx, at.staff.id)
  const { text, keyboard } = await showStep(ctx, deps, at, step)
  const whole = notice === '' ? text : `${notice}\n\n${text}`
  await (isNew ? ctx.say : ctx.show).call(ctx, whole, [...keyboard, ...stepRows(ctx, at, step)])
}

async function showStep(
  ctx: ChatContext,
  deps: CampaignDeps,
  at: At,
  step: Exclude<Step, 'review'>,
): Promise<Screen> {
  switch (step) {
    case 'words':
      return showWords(ctx, at)
    case 'buttons':
      return showButtons(ctx, at)
    case 'audience':
      return showAudience(ctx, deps, at)
    case 'time':
      return showTime(ctx, deps, at)
  }
}

async function showWords(ctx: ChatContext, { campaign, version }: At): Promise<Screen> {
  const { id, kind } = campaign
  const library = { text: ctx.t('campaigns:button.library'), data: `bc:lib:${id}:0` }
  const isOwn = version !== null && (await isOneOff(ctx.tx, version.contentId))
  const own = {
    text: ctx.t(isOwn ? 'campaigns:button.own-other' : 'campaigns:button.own'),
    data: `bc:own:${id}`,
  }
  if (!version) return { text: ctx.t('campaigns:words.choose'), keyboard: [[library], [own]] }
  const choose: Keyboard = kind === 'broadcast' ? [[library, own]] : []
  if (!isOwn)
    return { text: ctx.t('campaigns:words.library', { name: campaign.name }), keyboard: choose }
  const write = languages.map((language): Button => {
    const isThere = version.texts[language] !== undefined
    return {
      text: ctx.t(`campaigns:button.write-${isThere ? 'again' : 'first'}`, {
        language: ctx.t(`campaigns:language.${language}`),
      }),
      data: `bc:write:${id}:${language}`,
    }
  })
  const written = languages.filter((language) => version.texts[language])
  const drop = written.length < 2 ? [] : [written.map((language) => dropButton(ctx, id, language))]
  const source = { text: ctx.t('campaigns:button.source'), data: `bc:src:${id}` }
  const list = written.map((language) => ctx.t(`campaigns:language.${language}`))
  return {
    text: ctx.t('campaigns:words.own', {
      topic: ctx.t(`campaigns:topic.${version.kind}`),
      languages: list.join(ctx.t('campaigns:audience.and')) || ctx.t('campaigns:words.none'),
      source: version.source || ctx.t('campaigns:words.none'),
    }),
    keyboard: [write, ...drop, [source], ...choose],
  }
}

const dropButton = (ctx: ChatContext, id: number, language: string): Button => ({
  text: ctx.t('campaigns:button.drop', { language: ctx.t(`campaigns:language.${language}`) }),
  data: `bc:drop:${id}:${language}`,
})

function showButtons(ctx: ChatContext, { campaign }: At): Screen {
  const { id, buttons } = campaign
  const asks = ctx.t(`campaigns:button.asks-${buttons.asksRead ? 'on' : 'off'}`)
  return {
    text: ctx.t('campaigns:buttons.ask'),
    keyboard: [
      [{ text: asks, data: `bc:asks:${id}` }],
      ...buttons.links.map(({ texts }, n) => [
        {
          text: ctx.t('campaigns:button.unlink', {
            words: texts[ctx.turn.language] ?? Object.values(texts)[0] ?? '',
          }),
          data: `bc:unlink:${id}:${n}`,
        },
      ]),
      ...(buttons.links.length < mostLinks
        ? [[{ text: ctx.t('campaigns:button.link'), data: `bc:link:${id}` }]]
        : []),
    ],
  }
}

/** Minutes of the day that are offered for today and tomorrow. */
export const offeredTimes: readonly { key: string; days: number; minute: number }[] = [
  { key: 'tonight', days: 0, minute: 18 * 60 + 30 },
  { key: 'morning', days: 1, minute: 8 * 60 },
  { key: 'tomorrow', days: 1, minute: 18 * 60 + 30 },
]

function showTime(
  ctx: ChatContext,
  { timezone, now }: CampaignDeps,
  { campaign, staff }: At,
): Screen {
  const { id, startAt, overridesQuiet, isPaid } = campaign
  const chosen =
    startAt === null
      ? ctx.t('campaigns:page.starts-soon')
      : ctx.t('campaigns:page.starts', { time: sayTime(startAt, timezone, ctx.turn.language) })
  const offered = offeredTimes.map(({ key, minute }) => ({
    text: ctx.t(`campaigns:button.at-${key}`, { time: sayMinute(minute) }),
    data: `bc:time:${id}:${key}`,
  }))
  const soon = { text: ctx.t('campaigns:button.at-soon'), data: `bc:time:${id}:soon` }
  const other = { text: ctx.t('campaigns:button.at-other'), data: `bc:time-type:${id}` }
  const hours = { from: sayMinute(sendingHours.from), until: sayMinute(sendingHours.until) }
  const night = ctx.t(`campaigns:button.night-${overridesQuiet ? 'on' : 'off'}`)
  const paid = ctx.t(`campaigns:button.paid-${isPaid ? 'on' : 'off'}`)
  const warnings = warnOfTime(campaign, { timezone, now: now() }, ctx.t.bind(ctx))
  return {
    text: [ctx.t('campaigns:time.ask', hours), '', chosen, ...warnings].join('\n'),
    keyboard: [
      ...pairs([soon, ...offered]),
      [other],
      [{ text: night, data: `bc:night:${id}` }],
      // It costs the office money.
      ...(staff.role === 'admin' ? [[{ text: paid, data: `bc:paid:${id}` }]] : []),
    ],
  }
}
