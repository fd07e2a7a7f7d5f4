import type { Outgoing } from './outgoing.ts'

/** A new message that says what an edit was to say; null when there is nothing to say any more. */
export function composeAnew(outgoing: Outgoing): Outgoing | null {
  switch (outgoing.kind) {
    case 'edit': {
      const { messageId: _gone, kind: _edit, mustExist: _must, ...content } = outgoing
      return { kind: 'text', ...content }
    }
    case 'edit-caption': {
      // The file went with its message: what is left to say are the words.
      const { messageId: _gone, kind: _edit, mustExist: _must, caption, ...rest } = outgoing
      return caption === '' ? null : { kind: 'text', text: caption, ...rest }
    }
    case 'edit-media': {
      const { messageId: _gone, kind: _edit, mustExist: _must, media, ...rest } = outgoing
      return { ...media, ...rest }
    }
    default:
      return null
  }
}

/**
 * The same for the supergroup that a group became: messages have other numbers there, and no topics yet. Null when
 * nothing is left to do.
 */
export function composeElsewhere(outgoing: Outgoing): Outgoing | null {
  switch (outgoing.kind) {
    case 'edit':
    case 'edit-caption':
    case 'edit-media':
      return composeAnew(outgoing)
    case 'delete':
    case 'delete-many':
    case 'rename-topic':
    case 'close-topic':
    case 'delete-topic':
      return null
    default:
      return withoutReply(outgoing)
  }
}

/** The same object when it answers nothing. */
export function withoutReply(outgoing: Outgoing): Outgoing {
  if (!('replyTo' in outgoing)) return outgoing
  const { replyTo: _gone, ...rest } = outgoing
  return rest
}
