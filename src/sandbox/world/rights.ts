/** What administrators and restricted members may do. */
import type { Chat, Member } from './state.ts'

export const ADMIN_RIGHTS = [
  'can_manage_chat',
  'can_delete_messages',
  'can_manage_video_chats',
  'can_restrict_members',
  'can_promote_members',
  'can_change_info',
  'can_invite_users',
  'can_post_stories',
  'can_edit_stories',
  'can_delete_stories',
  'can_pin_messages',
  'can_manage_topics',
] as const

/** Permissions of ordinary members; the last four are off where only admins should act. */
export const MEMBER_PERMISSIONS: Record<string, boolean> = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_edit_tag: true,
  can_change_info: false,
  can_invite_users: true,
  can_pin_messages: false,
  can_manage_topics: false,
}

/** `*` stands for every right; what is not named is off. */
export function adminRights(given: Record<string, boolean>): Record<string, boolean> {
  const all = given['*'] === true
  return Object.fromEntries(
    ADMIN_RIGHTS.map((right) => [right, given[right] ?? (all || right === 'can_manage_chat')]),
  )
}

export function isPresent(member: Member | undefined): member is Member {
  return member !== undefined && member.status !== 'left' && member.status !== 'kicked'
}

export function isAdmin(member: Member | undefined): boolean {
  return member?.status === 'administrator' || member?.status === 'creator'
}

/** In a basic group and for ordinary members the chat's own permissions decide. */
export function hasRight(chat: Chat, userId: number, right: string): boolean {
  const member = chat.members.get(userId)
  if (!isPresent(member)) return false
  if (member.status === 'creator') return true
  if (member.status === 'administrator') return member.rights[right] ?? right.startsWith('can_send')
  if (member.status === 'restricted') {
    return (member.rights[right] ?? false) && (chat.permissions[right] ?? false)
  }
  return chat.permissions[right] ?? false
}
