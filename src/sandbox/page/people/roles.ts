/**
 * Who a person is on this page. Telegram knows no roles, so the username tells: the people the sandbox
 * begins with are called `admin…` and `supervisor…`; everybody else is a villager.
 */
import type { MessageView, PersonView } from '../../control/schemas.ts'

export const roles = ['villager', 'supervisor', 'admin'] as const
export type Role = (typeof roles)[number]

export function roleOf({ username = '' }: PersonView): Role {
  if (/^admin/i.test(username)) return 'admin'
  return /^supervisor/i.test(username) ? 'supervisor' : 'villager'
}

export function fullName({ first_name, last_name }: PersonView): string {
  if (!last_name) return first_name
  // Chinese names are written without a space, family name first.
  return /\p{Script=Han}/u.test(first_name + last_name)
    ? last_name + first_name
    : `${first_name} ${last_name}`
}

/** Anonymous admins and bots are called what Telegram calls them. */
export function senderName({ from, sender_title }: Pick<MessageView, 'from' | 'sender_title'>) {
  return from && !from.is_bot ? fullName(from) : sender_title
}
