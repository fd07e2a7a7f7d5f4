import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyKeyboardView } from '../../control/schemas.ts'
import { SendIcon } from '../chat/icons.tsx'
import { useSeat } from '../chat/seat.ts'
import { useSendText } from '../chat/use-send-text.ts'
import { AttachMenu } from './attach-menu.tsx'
import { CommandList } from './command-list.tsx'
import { IntentBar } from './intent-bar.tsx'
import { ReplyKeyboard } from './reply-keyboard.tsx'
import { TextBox } from './text-box.tsx'
import { useCommandMenu } from './use-command-menu.ts'
import { useUnsent } from './use-unsent.ts'
import './composer.css'

export function Composer({ keyboard }: { keyboard: ReplyKeyboardView | null }) {
  const { t } = useTranslation()
  const seat = useSeat()
  const sendText = useSendText()
  const { commands } = useCommandMenu()
  const [text, setText] = useUnsent(`${seat.userId}:${seat.chatId}`)
  const [isMenuOpen, setIsMenuOpen] = useState(false)
  const [isSending, setIsSending] = useState(false)

  async function send(words: string) {
    if (words.trim() === '' || isSending) return
    setIsSending(true)
    setIsMenuOpen(false)
    if (await sendText(words)) setText('')
    setIsSending(false)
  }

  const typed = /^\/(\w*)$/.exec(text)?.[1]
  const offered = commands.filter(({ command }) => command.startsWith(typed ?? ''))
  const showsCommands = (isMenuOpen || typed !== undefined) && offered.length > 0

  return (
    <div className="composer">
      {showsCommands && (
        <CommandList
          commands={offered}
          onChoose={(command) => void send(`/${command}`)}
          onClose={() => setIsMenuOpen(false)}
        />
      )}
      <IntentBar onEdit={setText} />
      <form
        className="composer-row"
        aria-label={t('composer.form')}
        onSubmit={(event) => {
          event.preventDefault()
          void send(text)
        }}
      >
        {commands.length > 0 && (
          <button
            type="button"
            className="menu-button"
            data-hint="menu"
            aria-expanded={showsCommands}
            onClick={() => setIsMenuOpen((before) => !before)}
          >
            {t('composer.menu')}
          </button>
        )}
        <TextBox
          value={text}
          placeholder={keyboard?.input_field_placeholder ?? t('composer.placeholder')}
          isBusy={isSending}
          focusKey={seat.intent?.message.message_id}
          onChange={setText}
          onEnter={() => void send(text)}
        />
        <AttachMenu />
        <button
          type="submit"
          className="send-button"
          aria-label={t('composer.send')}
          disabled={text.trim() === ''}
          aria-busy={isSending}
        >
          <SendIcon />
        </button>
      </form>
      {keyboard && <ReplyKeyboard keyboard={keyboard} onSay={(words) => void send(words)} />}
    </div>
  )
}
