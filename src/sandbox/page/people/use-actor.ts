import type { ChatView, MemberView } from '../../control/schemas.ts'
import { useDesk } from '../panes/desk.ts'
import { roleOf } from './roles.ts'
import { useMembers } from './use-world.ts'

/** Whose hands write and press in the group: the one who was picked, else a supervisor. */
export function useActor(group: ChatView | undefined): MemberView | undefined {
  const { actorId } = useDesk()
  const people = useMembers(group?.id ?? 0).filter(({ user }) => !user.is_bot)
  return (
    people.find(({ user }) => user.id === actorId) ??
    people.find(({ user }) => roleOf(user) === 'supervisor') ??
    people[0]
  )
}
