import type { ChatView, MemberView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { isAdministrator, useMembers, useWorld } from './use-world.ts'

type Actions = Record<string, () => void>

/** What can be done to the group now, by name; the stand-in refuses what the member may not do. */
export function useGroupActions(chat: ChatView, actor: MemberView | undefined): Actions {
  const { bot } = useWorld()
  const attempt = useAttempt()
  const botMember = useMembers(chat.id).find(({ user }) => user.id === bot?.id)
  if (!actor || !bot) return {}

  const run = (action: string, body: object) => () =>
    void attempt(() => act(`act/${action}`, { chat_id: chat.id, ...body }))
  const by = { user_id: bot.id, by: actor.user.id }

  const actions: Actions = {}
  if (!botMember) actions.addBot = run('add', by)
  else if (isAdministrator(botMember)) actions.demoteBot = run('demote', by)
  else actions.promoteBot = run('promote', by)
  if (botMember) actions.kickBot = run('kick', by)
  if (isAdministrator(actor)) {
    const name = actor.is_anonymous ? 'showName' : 'hideName'
    const is_anonymous = !actor.is_anonymous
    actions[name] = run('anonymous', { user_id: actor.user.id, is_anonymous })
  }
  if (chat.type === 'group') actions.migrate = run('migrate', { by: actor.user.id })
  actions.leave = run('leave', { user_id: actor.user.id })
  return actions
}
