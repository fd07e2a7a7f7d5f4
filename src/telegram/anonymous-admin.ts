import type { Message } from 'grammy/types'

/** Whether an admin wrote as the group itself. Only admins can, but who it was nobody learns. */
export function isAnonymousAdmin(message: Message | undefined): boolean {
  return message?.sender_chat !== undefined && message.sender_chat.id === message.chat.id
}

/** The account that Telegram shows as the sender of what an anonymous admin writes or presses. */
export const anonymousAdminId = 1_087_968_824
