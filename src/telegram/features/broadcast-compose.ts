import { Composer } from 'grammy'
import { type CampaignButtons, mostLinks } from '../../campaigns/campaign.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import { findCampaign } from '../../campaigns/campaign-store.ts'
import { changeCampaign } from '../../campaigns/change-campaign.ts'
import { checkWords } from '../../campaigns/check-campaign.ts'
import { listChoices } from '../../campaigns/choose-content-store.ts'
import { listFound } from '../../campaigns/describe-campaign.ts'
import { parseLink } from '../../campaigns/parse-link.ts'
import { beginWords, chooseContent, writeWords } from '../../campaigns/write-words.ts'
import { contentKinds } from '../../content/content.ts'
import { parseWords } from '../../content/parse-words.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { type Language, languages } from '../../messages/messages.ts'
import { readContentMedia } from '../content-media.ts'
import type { ChatContext } from '../context.ts'
import { sayLostFormat } from '../lost-format.ts'
import { sayChange } from './broadcast-changed.ts'
import { askFor, findAt } from './broadcast-page.ts'
import { sayStep } from './broadcast-steps.ts'
import type { StaffWordHandlers } from './staff-words.ts'

const perPage = 8
const sourceMaxLength = 100

/** What a campaign says, and the buttons under it. */
export function broadcastCompose(deps: CampaignDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^bc:lib:(\d{1,9}):(\d{1,4})$/, (ctx) =>
    sayLibrary(ctx, deps, Number(ctx.match[1]), Number(ctx.match[2])),
  )
  feature.callbackQuery(/^bc:use:(\d{1,9}):(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    const outcome = await chooseContent(ctx.tx, deps, act, Number(ctx.match[2]))
    if (outcome.outcome === 'not-published') {
      ctx.toast(ctx.t('campaigns:words.not-published'), true)
      return sayLibrary(ctx, deps, act.campaignId, 0)
    }
    await sayChange(ctx, deps, act, outcome, 'buttons')
  })
  feature.callbackQuery(/^bc:own:(\d{1,9})$/, async (ctx) => {
    const id = Number(ctx.match[1])
    const kinds: Keyboard = contentKinds.map((kind) => [
      { text: ctx.t(`campaigns:topic.${kind}`), data: `bc:topic:${id}:${kind}` },
    ])
    const back = [{ text: ctx.t('campaigns:button.back'), data: `bc:step:${id}:words` }]
    await ctx.show(ctx.t('campaigns:words.topic'), [...kinds, back])
  })
  feature.callbackQuery(/^bc:topic:(\d{1,9}):(\w+)$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    const kind = contentKinds.find((one) => one === ctx.match[2])
    if (!act || !kind) return
    const outcome = await beginWords(ctx.tx, deps, act, kind)
    const isWritten = outcome.outcome === 'changed' && outcome.campaign.name !== ''
    if (outcome.outcome !== 'changed' || isWritten)
      return sayChange(ctx, deps, act, outcome, 'words')
    await askForWords(ctx, deps, act, ctx.turn.language)
  })
  feature.callbackQuery(/^bc:write:(\d{1,9}):([\w-]+)$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    const language = languages.find((one) => one === ctx.match[2])
    if (act && language) await askForWords(ctx, deps, act, language)
  })
  feature.callbackQuery(/^bc:drop:(\d{1,9}):([\w-]+)$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    const language = languages.find((one) => one === ctx.match[2])
    if (!act || !language) return
    const outcome = await writeWords(ctx.tx, deps, act, { texts: { [language]: null } })
    await sayChange(ctx, deps, act, outcome, 'words')
  })
  feature.callbackQuery(/^bc:src:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    await askFor(ctx, deps, act.staffId, 'campaign-source', { campaignId: act.campaignId })
    await ctx.say(ctx.t('campaigns:words.source'))
  })
  feature.callbackQuery(/^bc:asks:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    const toggle = (buttons: CampaignButtons) => ({ ...buttons, asksRead: !buttons.asksRead })
    await changeButtons(ctx, deps, act, toggle)
  })
  feature.callbackQuery(/^bc:unlink:(\d{1,9}):(\d)$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    const without = ({ links, ...rest }: CampaignButtons) => ({
      ...rest,
      links: links.filter((_, n) => n !== Number(ctx.match[2])),
    })
    if (act) await changeButtons(ctx, deps, act, without)
  })
  feature.callbackQuery(/^bc:link:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    await askFor(ctx, deps, act.staffId, 'campaign-link', { campaignId: act.campaignId })
    await ctx.say(ctx.t('campaigns:buttons.link'))
  })
  return feature
}

/** What is typed or sent for a campaign's words and buttons. */
export function composeWords(deps: CampaignDeps): StaffWordHandlers {
  return {
    'campaign-words': async (ctx, staff, data) => {
      const { campaignId, language, album } = data as WordsPrompt
      const act = { campaignId, staffId: staff.id }
      const { message } = ctx
      // Telegram sends an album as one message after the other; the first was taken.
      if (!message || (album !== undefined && message.media_group_id === album)) return
      const words = parseWords(message.text ?? message.caption ?? '')
      const media = readContentMedia(message)
      if (media === 'refused') return ctx.say(ctx.t('campaigns:words.refused'))
      if (!words)
        return ctx.say(ctx.t(media ? 'campaigns:words.no-caption' : 'campaigns:words.empty'))
      await sayLostFormat(ctx)
      const text = { ...words, ...(media ? { media } : {}) }
      const outcome = await writeWords(ctx.tx, deps, act, { texts: { [language]: text } })
      const isAlbum = message.media_group_id !== undefined
      const taken = ctx.t(isAlbum ? 'campaigns:words.taken-one' : 'campaigns:words.taken', {
        language: ctx.t(`campaigns:language.${language}`),
      })
      const found =
        outcome.outcome === 'changed' ? await checkWords(ctx.tx, deps, outcome.campaign) : []
      const here = found.filter((one) => one.language === language)
      const lines = listFound(
        here.map((one) => ({ ...one, language: null })),
        ctx.t.bind(ctx),
      )
      const notice = [taken, ...lines].join('\n')
      await sayChange(ctx, deps, act, outcome, 'words', { isNew: true, notice })
      // A second thought may follow at once: it takes the place of what was sent first.
      await askFor(ctx, deps, staff.id, 'campaign-words', {
        ...{ campaignId, language },
        ...(isAlbum ? { album: message.media_group_id ?? '' } : {}),
      })
    },
    'campaign-source': async (ctx, staff, data) => {
      const { campaignId } = data as WordsPrompt
      const source = (ctx.message?.text ?? '').replaceAll(/\s+/g, ' ').trim()
      if (source === '' || [...source].length > sourceMaxLength)
        return ctx.say(ctx.t('campaigns:words.source-long', { max: sourceMaxLength }))
      const act = { campaignId, staffId: staff.id }
      const outcome = await writeWords(ctx.tx, deps, act, { source })
      await sayChange(ctx, deps, act, outcome, 'words', { isNew: true })
    },
    'campaign-link': async (ctx, staff, data) => {
      const { campaignId } = data as WordsPrompt
      const link = parseLink(ctx.message?.text ?? '')
      if (!link) return ctx.say(ctx.t('campaigns:buttons.unreadable'))
      const known = await findCampaign(ctx.tx, campaignId)
      if ((known?.buttons.links.length ?? 0) >= mostLinks)
        return sayStep(ctx, deps, campaignId, 'buttons', {
          ...{ isNew: true, notice: ctx.t('campaigns:buttons.full', { max: mostLinks }) },
        })
      const add = ({ links, ...rest }: CampaignButtons) => ({ ...rest, links: [...links, link] })
      await changeButtons(ctx, deps, { campaignId, staffId: staff.id }, add, { isNew: true })
    },
  }
}

type WordsPrompt = { campaignId: number; language: Language; album?: string }

async function changeButtons(
  ctx: ChatContext,
  deps: CampaignDeps,
  act: { campaignId: number; staffId: number },
  change: (buttons: CampaignButtons) => CampaignButtons,
  options: { isNew?: boolean } = {},
): Promise<void> {
  const outcome = await changeCampaign(ctx.tx, deps, act, ({ buttons, kind }) =>
    kind === 'broadcast' ? { buttons: change(buttons) } : null,
  )
  await sayChange(ctx, deps, act, outcome, 'buttons', options)
}

async function askForWords(
  ctx: ChatContext,
  deps: CampaignDeps,
  { campaignId, staffId }: { campaignId: number; staffId: number },
  language: Language,
): Promise<void> {
  await askFor(ctx, deps, staffId, 'campaign-words', { campaignId, language })
  const params = { language: ctx.t(`campaigns:language.${language}`) }
  await ctx.say(ctx.t('campaigns:words.send', params))
}

async function sayLibrary(
  ctx: ChatContext,
  deps: CampaignDeps,
  campaignId: number,
  page: number,
): Promise<void> {
  const at = await findAt(ctx, campaignId)
  if (!at) return
  const { items, total } = await listChoices(ctx.tx, deps.today(), {
    skip: page * perPage,
    limit: perPage,
  })
  const turn = (key: string, to: number) => ({
    text: ctx.t(key),
    data: `bc:lib:${campaignId}:${to}`,
  })
  const turns = [
    ...(page > 0 ? [turn('areas:choose.previous', page - 1)] : []),
    ...((page + 1) * perPage < total ? [turn('areas:choose.next', page + 1)] : []),
  ]
  await ctx.show(ctx.t(total === 0 ? 'campaigns:words.library-empty' : 'campaigns:words.pick'), [
    ...items.map(({ contentId, title, kind }) => [
      {
        text: `${ctx.t(`campaigns:topic.${kind}`)} · ${title}`,
        data: `bc:use:${campaignId}:${contentId}`,
      },
    ]),
    ...(turns.length > 0 ? [turns] : []),
    [{ text: ctx.t('campaigns:button.back'), data: `bc:step:${campaignId}:words` }],
  ])
}

export async function actOf(
  ctx: ChatContext,
  campaignId: number,
): Promise<{ campaignId: number; staffId: number } | null> {
  const at = await findAt(ctx, campaignId)
  return at && { campaignId, staffId: at.staff.id }
}
