import { useQuery } from '@tanstack/react-query'
import type { CommandMenu } from '../../control/schemas.ts'
import { useSeat } from '../chat/seat.ts'
import { read } from '../control/call.ts'
import { keys } from '../control/keys.ts'

const NONE: CommandMenu = { commands: [], menu_button: { type: 'default' }, description: '' }

/** The commands the bot offers this person in this chat, and what it says to strangers. */
export function useCommandMenu(): CommandMenu {
  const { chatId, userId, botId } = useSeat()
  const { data } = useQuery({
    queryKey: [...keys.commands, chatId, userId, botId],
    queryFn: () =>
      read<CommandMenu>(`chats/${chatId}/commands`, { user_id: userId, bot_id: botId }),
  })
  return data ?? NONE
}
