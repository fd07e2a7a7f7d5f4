/** Every method the stand-in speaks, by Telegram's name. */
import { answerCallbackQuery } from './callbacks.ts'
import {
  getChat,
  getChatAdministrators,
  getChatMember,
  getChatMemberCount,
  leaveChat,
} from './chats.ts'
import {
  deleteMyCommands,
  getChatMenuButton,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  setChatMenuButton,
  setMyCommands,
  setMyDefaultAdministratorRights,
  setMyDescription,
  setMyName,
  setMyShortDescription,
} from './commands.ts'
import { copyMessage, copyMessages, forwardMessage, forwardMessages } from './copy.ts'
import { close, getMe, logOut } from './core.ts'
import {
  deleteMessage,
  deleteMessages,
  pinChatMessage,
  unpinAllChatMessages,
  unpinChatMessage,
} from './delete.ts'
import {
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
} from './edit.ts'
import { getFile } from './files.ts'
import { sendMediaGroup } from './media-group.ts'
import { banChatMember, promoteChatMember, restrictChatMember, unbanChatMember } from './members.ts'
import type { Method } from './method.ts'
import {
  sendAnimation,
  sendAudio,
  sendDocument,
  sendPhoto,
  sendSticker,
  sendVideo,
  sendVoice,
} from './send-media.ts'
import { sendMessage } from './send-message.ts'
import { sendChatAction, sendContact, sendLocation, setMessageReaction } from './send-other.ts'
import {
  closeForumTopic,
  closeGeneralForumTopic,
  createForumTopic,
  deleteForumTopic,
  editForumTopic,
  reopenForumTopic,
  reopenGeneralForumTopic,
} from './topics.ts'
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './updates.ts'

export const methods = {
  answerCallbackQuery,
  banChatMember,
  close,
  closeForumTopic,
  closeGeneralForumTopic,
  copyMessage,
  copyMessages,
  createForumTopic,
  deleteForumTopic,
  deleteMessage,
  deleteMessages,
  deleteMyCommands,
  deleteWebhook,
  editForumTopic,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
  forwardMessage,
  forwardMessages,
  getChat,
  getChatAdministrators,
  getChatMember,
  getChatMemberCount,
  getChatMenuButton,
  getFile,
  getMe,
  getMyCommands,
  getMyDescription,
  getMyName,
  getMyShortDescription,
  getUpdates,
  getWebhookInfo,
  leaveChat,
  logOut,
  pinChatMessage,
  promoteChatMember,
  reopenForumTopic,
  reopenGeneralForumTopic,
  restrictChatMember,
  sendAnimation,
  sendAudio,
  sendChatAction,
  sendContact,
  sendDocument,
  sendLocation,
  sendMediaGroup,
  sendMessage,
  sendPhoto,
  sendSticker,
  sendVideo,
  sendVoice,
  setChatMenuButton,
  setMessageReaction,
  setMyCommands,
  setMyDefaultAdministratorRights,
  setMyDescription,
  setMyName,
  setMyShortDescription,
  setWebhook,
  unbanChatMember,
  unpinAllChatMessages,
  unpinChatMessage,
}

/** Names are matched whatever their case. */
export function createMethodIndex(): ReadonlyMap<string, { name: string; method: Method }> {
  return new Map(
    Object.entries(methods).map(([name, method]) => [
      name.toLowerCase(),
      { name, method: method as Method },
    ]),
  )
}
