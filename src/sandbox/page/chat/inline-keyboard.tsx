import type { InlineButtonView, MessageView } from '../../control/schemas.ts'
import { type Place, usePress } from './use-press.ts'
import './inline-keyboard.css'

export function InlineKeyboard({ message }: { message: MessageView }) {
  const { press, pressed } = usePress(message)
  return (
    <div className="inline-keyboard">
      {message.buttons?.map((row, rowIndex) => (
        <div key={keyOf(rowIndex)} className="inline-row">
          {row.map((button, column) => (
            <InlineButton
              key={keyOf(column)}
              button={button}
              isPressed={pressed?.row === rowIndex && pressed.column === column}
              isBlocked={pressed !== null}
              onPress={() => void press(button, { row: rowIndex, column } satisfies Place)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface Props {
  button: InlineButtonView
  isPressed: boolean
  isBlocked: boolean
  onPress: () => void
}

/** Not `disabled` while the bot thinks: that would take the keyboard's focus away. */
function InlineButton({ button, isPressed, isBlocked, onPress }: Props) {
  return (
    <button
      type="button"
      className={`inline-button style-${button.style ?? 'plain'}`}
      aria-busy={isPressed}
      aria-disabled={isBlocked}
      title={button.text}
      onClick={() => !isBlocked && onPress()}
    >
      {button.text}
      {button.url && <span aria-hidden="true"> ↗</span>}
    </button>
  )
}

/** By its place alone, so that the focus stays there when the bot puts another button in it. */
function keyOf(index: number): string {
  return `place ${index}`
}
