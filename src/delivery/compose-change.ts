import type { Outgoing } from './outgoing.ts'

/** In a body that many share; `aimAt` puts the number of each one's own message in its place. */
const anyMessage = 0

/** What takes a message back that was sent. */
export const deletion: Outgoing = { kind: 'delete', messageId: anyMessage, mustExist: true }

/**
 * What makes a message that was sent say this instead; null for what nothing can be turned into. Telegram changes text into
 * text and a file into another file, and refuses the rest.
 */
export function composeChange(anew: Outgoing): Outgoing | null {
  const target = { messageId: anyMessage, mustExist: true }
  switch (anew.kind) {
    case 'text': {
      const { text, keyboard, isProtected } = anew
      return { kind: 'edit', ...target, text, ...given({ keyboard, isProtected }) }
    }
    case 'photo':
    case 'video':
    case 'document':
    case 'audio': {
      const { keyboard, isProtected, replyTo: _none, kind, ...file } = anew
      const media = { ...file, kind }
      return { kind: 'edit-media', ...target, media, ...given({ keyboard, isProtected }) }
    }
    default:
      return null
  }
}

function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> }
}

/** The same, done to this message. Others than edits and deletions stay as they are. */
export function aimAt(outgoing: Outgoing, messageId: number): Outgoing {
  return 'messageId' in outgoing ? { ...outgoing, messageId } : outgoing
}
