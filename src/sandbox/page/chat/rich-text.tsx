import type { ReactNode } from 'react'
import type { EntityView } from '../../control/schemas.ts'
import { splitEntities } from './split-entities.ts'
import { useOpenLink } from './use-open-link.ts'
import { useSendText } from './use-send-text.ts'

interface Props {
  text: string
  entities?: EntityView[]
}

interface Hands {
  sayCommand: (command: string) => void
  openLink: (url: string) => void
}

export function RichText({ text, entities }: Props) {
  const sendText = useSendText()
  const openLink = useOpenLink()
  const hands: Hands = { sayCommand: (command) => void sendText(command), openLink }
  return splitEntities(text, entities).map((piece) => (
    <span key={piece.at}>
      {piece.entities.reduce<ReactNode>(
        (inner, entity) => dress(inner, piece.text, entity, hands),
        piece.text,
      )}
    </span>
  ))
}

function dress(inner: ReactNode, text: string, { type, url }: EntityView, hands: Hands): ReactNode {
  switch (type) {
    case 'bold':
      return <strong>{inner}</strong>
    case 'italic':
      return <em>{inner}</em>
    case 'underline':
      return <u>{inner}</u>
    case 'strikethrough':
      return <s>{inner}</s>
    case 'code':
      return <code>{inner}</code>
    case 'pre':
      return <code className="code-block">{inner}</code>
    case 'blockquote':
    case 'expandable_blockquote':
      return <span className="quote-block">{inner}</span>
    case 'spoiler':
      return <span className="spoiler">{inner}</span>
    case 'bot_command':
      return (
        <button type="button" className="link-button" onClick={() => hands.sayCommand(text)}>
          {inner}
        </button>
      )
    case 'url':
    case 'text_link':
      return (
        <button
          type="button"
          className="link-button"
          onClick={() => hands.openLink(linkOf(url ?? text))}
        >
          {inner}
        </button>
      )
    case 'mention':
    case 'text_mention':
    case 'hashtag':
      return <span className="mention">{inner}</span>
    default:
      return inner
  }
}

function linkOf(text: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
}
