import { Composer } from 'grammy'
import type { Enqueue } from '../../delivery/enqueue-delivery.ts'
import type { OutcomeListener } from '../../delivery/outcome-listener.ts'
import { bindInbox } from '../../groups/bind-inbox.ts'
import { findGroupByChat } from '../../groups/group-store.ts'
import { saveLiveInbox } from '../../groups/inbox-store.ts'
import { readActivity } from '../../groups/supervisor-store.ts'
import type { KeyedHash } from '../../lib/one-time-code.ts'
import type { Translate } from '../../messages/messages.ts'
import { isAnonymousAdmin } from '../anonymous-admin.ts'
import type { ChatContext } from '../context.ts'
import { describeMissingRights } from '../missing-rights.ts'
import type { InboxLifeDeps } from './inbox-life.ts'

export type BindDeps = {
  hash: KeyedHash
  enqueue: Enqueue
  now: () => Date
  /** Language of group chats. */
  t: Translate
  botId: number
  /** A group has an inbox again: tips that waited for one can go out. */
  onBound: (tx: ChatContext['tx']) => Promise<void>
} & Pick<InboxLifeDeps, 'onRestored' | 'onMoved'>

/**
 * `/bind <code>` makes a group chat the inbox of the group whose code it is, `/check` tells what the bot may do there.
 * Both first ask Telegram who may do what, and a call to Telegram is a delivery: `bindListener` goes on with the answer.
 */
export function bindFeature({
  enqueue,
  botId,
}: Pick<BindDeps, 'enqueue' | 'botId'>): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command(['bind', 'check'], async (ctx) => {
    const isBind = ctx.message?.text.startsWith('/bind') ?? false
    const code = ctx.match.trim()
    if (isBind && code === '') return ctx.say(ctx.t('groups:bind.noCode'))
    const isAnonymous = isAnonymousAdmin(ctx.message)
    await enqueue(ctx.tx, {
      lane: 'urgent',
      purpose: 'bind',
      address: { chatId: ctx.chat.id },
      outgoing: {
        kind: 'ask-members',
        userIds: isAnonymous || !ctx.from ? [botId] : [botId, ctx.from.id],
        note: { code: isBind ? code : '', isAnonymous, isForum: ctx.chat.is_forum ?? false },
      },
    })
  })
  return feature
}

/** Goes on when Telegram has told who may do what in the chat. */
export function bindListener(deps: BindDeps): OutcomeListener {
  return async (tx, { address: { chatId }, outgoing, end }) => {
    if (outgoing.kind !== 'ask-members') return
    const say = (text: string) =>
      deps.enqueue(tx, {
        lane: 'urgent',
        purpose: 'reply',
        address: { chatId },
        outgoing: { kind: 'text', text },
      })
    // In some chats Telegram tells only administrators who the others are.
    if (end.state !== 'sent')
      return end.why === 'gone' ? undefined : say(deps.t('groups:bind.unclear'))
    const { code, isAnonymous, isForum } = outgoing.note
    const bot = end.members?.find((member) => member.userId === deps.botId)
    const sender = end.members?.find((member) => member.userId !== deps.botId)
    const isAdmin =
      isAnonymous || sender?.status === 'administrator' || sender?.status === 'creator'
    const rights = describeMissingRights(deps.t, bot, Boolean(isForum))
    /** With what is still missing before tips can come. */
    const describe = async (text: string, groupId: number) => {
      const { enrolled } = await readActivity(tx, groupId)
      return [text, rights, ...(enrolled === 0 ? [deps.t('groups:bind.nobody')] : [])].join('\n\n')
    }

    if (code === '') {
      const group = await findGroupByChat(tx, chatId)
      if (!group) return say(`${deps.t('groups:bind.notBound')}\n\n${rights}`)
      const forum = Boolean(isForum)
      const wasBroken = await saveLiveInbox(tx, { groupId: group.id, forum })
      await say(await describe(deps.t('groups:check', { group: group.name }), group.id))
      return wasBroken
        ? deps.onRestored(tx, { groupId: group.id, groupName: group.name })
        : deps.onBound(tx)
    }
    if (!isAdmin) return say(deps.t('groups:bind.notAdmin'))
    const input = { code: String(code), chatId, forum: Boolean(isForum), now: deps.now() }
    const outcome = await bindInbox({ db: tx, hash: deps.hash }, input)
    if (outcome.outcome !== 'bound') {
      const params = 'groupName' in outcome ? { group: outcome.groupName } : {}
      return say(deps.t(`groups:bind.${outcome.outcome}`, params))
    }
    const bound = deps.t('groups:bind.bound', { group: outcome.groupName })
    await say(await describe(bound, outcome.groupId))
    if (outcome.formerChatId !== null)
      await deps.enqueue(tx, {
        lane: 'urgent',
        purpose: 'reply',
        address: { chatId: outcome.formerChatId },
        outgoing: {
          kind: 'text',
          text: deps.t('groups:bind.former', { group: outcome.groupName }),
        },
      })
    if (outcome.formerChatId !== null)
      await deps.onMoved(tx, { groupId: outcome.groupId, isReachable: !outcome.wasBroken })
    await deps.onBound(tx)
  }
}
