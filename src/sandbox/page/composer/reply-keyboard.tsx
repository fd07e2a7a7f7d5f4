import type { KeyButtonView, ReplyKeyboardView } from '../../control/schemas.ts'
import { useAttach } from './use-attach.ts'

interface Props {
  keyboard: ReplyKeyboardView
  onSay: (words: string) => void
}

/** The bot's keyboard below the input: a key says its words, or hands over phone number or place. */
export function ReplyKeyboard({ keyboard, onSay }: Props) {
  const { sendContact, sendLocation } = useAttach()

  function press(key: KeyButtonView) {
    if (key.request_contact) void sendContact()
    else if (key.request_location) void sendLocation()
    else onSay(key.text)
  }

  return (
    <div className="reply-keyboard">
      {keyboard.keyboard.map((row) => (
        <div key={row.map(({ text }) => text).join(' ')} className="reply-row">
          {row.map((key) => (
            <button key={key.text} type="button" onClick={() => press(key)}>
              {key.text}
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}
