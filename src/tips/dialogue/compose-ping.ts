import type { Outgoing } from '../../delivery/outgoing.ts'
import type { Translate } from '../../messages/messages.ts'

/**
 * All that a reporter's phone shows of what comes unasked: that there is a message. Who lies next to the phone reads
 * neither from whom it is nor about what; the words come with the button.
 */
export function composePing(t: Translate, data: string): Outgoing {
  return {
    kind: 'text',
    text: t('dialogue:ping'),
    keyboard: [[{ text: t('dialogue:button.open'), data }]],
    isProtected: true,
  }
}
