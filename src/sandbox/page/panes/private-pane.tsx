import { useTranslation } from 'react-i18next'
import { ChatBody } from '../chat/chat-body.tsx'
import { SeatProvider } from '../chat/seat-provider.tsx'
import { PersonPicker } from '../people/person-picker.tsx'
import { PhoneMenu } from '../people/phone-menu.tsx'
import { fullName } from '../people/roles.ts'
import { useWorld } from '../people/use-world.ts'
import { ChatHeader } from './chat-header.tsx'
import { useDesk } from './desk.ts'
import { useNews } from './news.ts'
import { EmptyPhone, Pane } from './pane.tsx'

/** One person's phone, open at the chat with the bot. */
export function PrivatePane({
  name,
  isVisible,
}: {
  name: 'villager' | 'admin'
  isVisible: boolean
}) {
  const { t } = useTranslation()
  const desk = useDesk()
  const { bot, isLoaded, privateChat } = useWorld()
  const { isTyping } = useNews()
  const person = desk[name]
  const seat = name === 'villager' ? desk.seatVillager : desk.seatAdmin
  const picker = <PersonPicker role={name} value={person?.id} onPick={seat} />

  if (!person || !bot) {
    return (
      <Pane name={name} tools={picker}>
        <EmptyPhone text={t(isLoaded ? (bot ? 'pane.nobody' : 'pane.noBot') : 'pane.loading')} />
      </Pane>
    )
  }
  return (
    <Pane name={name} tools={picker}>
      <SeatProvider
        key={person.id}
        chatId={person.id}
        userId={person.id}
        botId={bot.id}
        chat={privateChat(person.id)}
        threadId={undefined}
        isGroup={false}
        isVisible={isVisible}
      >
        <ChatHeader
          title={bot.first_name}
          note={isTyping(person.id) ? t('chat.typing') : `@${bot.username}`}
          seed={bot.id}
          menu={<PhoneMenu />}
        />
        <ChatBody label={t('pane.messagesOf', { name: fullName(person) })} />
      </SeatProvider>
    </Pane>
  )
}
