import { useTranslation } from 'react-i18next'
import type { ChatView, MemberView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { useDesk } from '../panes/desk.ts'
import { toChoice } from './person-picker.tsx'
import { Picker } from './picker.tsx'
import { useActor } from './use-actor.ts'
import { isAdministrator, useMembers, useWorld } from './use-world.ts'

/** Everybody can act in a group; whoever is not in it yet joins first, as an outsider who got the link. */
export function ActorPicker({ chat }: { chat: ChatView }) {
  const { t } = useTranslation()
  const { people } = useWorld()
  const { actAs } = useDesk()
  const attempt = useAttempt()
  const actor = useActor(chat)
  const members = useMembers(chat.id).filter(({ user }) => !user.is_bot)
  const memberIds = new Set(members.map(({ user }) => user.id))

  async function pick(userId: number) {
    if (memberIds.has(userId)) return actAs(userId)
    const joined = await attempt(() => act('act/join', { user_id: userId, chat_id: chat.id }))
    if (joined) actAs(userId)
  }

  const toMember = (member: MemberView) => ({
    ...toChoice(member.user),
    mark: member.is_anonymous ? t('actor.anonymous') : undefined,
    note: isAdministrator(member) ? t('actor.admin') : toChoice(member.user).note,
  })
  return (
    <Picker
      label={t('picker.actor')}
      value={actor?.user.id}
      onPick={(userId) => void pick(userId)}
      groups={[
        {
          title: t('actor.members'),
          choices: members.map(toMember),
        },
        {
          title: t('actor.outsiders'),
          choices: people.filter(({ id }) => !memberIds.has(id)).map(toChoice),
        },
      ]}
    />
  )
}
