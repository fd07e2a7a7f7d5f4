import { Composer } from 'grammy'
import type { Area } from '../../areas/area.ts'
import { displayName } from '../../areas/area-name.ts'
import type { AreaTree } from '../../areas/area-tree.ts'
import type { DirectoryCache } from '../../areas/directory.ts'
import { findPickable } from '../../areas/pick-area.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import type { Keyring } from '../../lib/keyring.ts'
import { readInvite } from '../../subscribers/invites/deep-link.ts'
import { noteInvite } from '../../subscribers/invites/note-invite.ts'
import { meetSubscriber } from '../../subscribers/subscribe.ts'
import type { Subscriber } from '../../subscribers/subscriber.ts'
import { findStoredDraft } from '../../tips/filing/stored-draft.ts'
import { isEmptyDraft } from '../../tips/interview/draft.ts'
import { showAreaChoices } from '../area-picker.ts'
import type { ChatContext } from '../context.ts'
import { homeKeyboard, welcomeKeyboard } from '../keyboards.ts'
import { sayPause } from '../subscriber-screens.ts'

export type StartDeps = {
  keyring: Keyring
  directory: DirectoryCache
  today: () => string
}

/** /start: what this is, what is kept, and which village: that of a printed code, the one chosen before, or any. */
export function startFeature({ keyring, directory, today }: StartDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('start', async (ctx) => {
    const { language } = ctx.turn
    const person = { chatId: ctx.chat.id, today: today(), language }
    const kept = await meetSubscriber(ctx.tx, keyring, person)
    const invite = readInvite(ctx.match)
    if (invite && kept.areaId === null)
      await noteInvite(ctx.tx, { keyring, today: today() }, ctx.chat.id, invite)
    await ctx.say(ctx.t('subscribers:welcome.purpose'), welcomeKeyboard(language))

    const { tree } = await directory.current(ctx.tx)
    const linked = invite?.areaCode ? tree.findByCode(invite.areaCode) : null
    const isKept = linked !== null && linked.id === kept.areaId
    const view =
      linked && !isKept ? showLinked(ctx, tree, linked) : showKept(ctx, tree, kept, today())
    const stored = await findStoredDraft(ctx.tx, keyring, { chatId: ctx.chat.id, today: today() })
    const isWriting = stored !== null && !isEmptyDraft(stored.content.draft)
    const lines = isWriting ? [view.text, ctx.t('tips:draft.waiting')] : [view.text]
    await ctx.say(lines.join('\n\n'), view.keyboard)
  })
  return feature
}

type View = { text: string; keyboard: Keyboard }

function showLinked(ctx: ChatContext, tree: AreaTree, linked: Area): View {
  const area = findPickable(tree, linked.id)
  if (!area) return showChoices(ctx, tree, ctx.t('subscribers:village.gone'))
  const params = { village: displayName(area), path: tree.path(area.id) }
  return {
    text: ctx.t('subscribers:welcome.privacyAndConfirm', params),
    keyboard: [
      [{ text: ctx.t('subscribers:confirm.yes', params), data: `v:is:${area.id}` }],
      [{ text: ctx.t('subscribers:confirm.other'), data: 'v:in:0:0' }],
    ],
  }
}

/** Who comes back is not asked again for what we know. */
function showKept(ctx: ChatContext, tree: AreaTree, kept: Subscriber, today: string): View {
  if (kept.areaId === null) return showChoices(ctx, tree)
  const area = findPickable(tree, kept.areaId)
  if (!area) return showChoices(ctx, tree, ctx.t('subscribers:village.gone'))
  const lines = [
    ctx.t('subscribers:welcome.privacy'),
    ctx.t('subscribers:village.kept', { path: tree.path(area.id) }),
    sayPause({ t: ctx.turn.t, today }, kept),
  ]
  const text = lines.filter((line) => line !== '').join('\n\n')
  return { text, keyboard: homeKeyboard(ctx.t.bind(ctx)) }
}

function showChoices(ctx: ChatContext, tree: AreaTree, ...remarks: string[]): View {
  const { text, keyboard } = showAreaChoices({ tree, prefix: 'v', t: ctx.t.bind(ctx) }, null)
  const lines = [ctx.t('subscribers:welcome.privacy'), ...remarks, text]
  return { text: lines.join('\n\n'), keyboard }
}
