import type { Db } from '../db/open-database.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import type { Messages, Translate, Translator } from '../messages/messages.ts'
import { listEditors, type Staff } from './staff-store.ts'

/**
 * Says to everybody else who may write and send what one of them did alone. Whoever got hold of one role in the office could
 * otherwise move an election day or stop the reminders, and nobody would see it before the day is over. Admins of the
 * settings have no name here: `who` then is the end of their number.
 */
export async function tellColleagues(
  tx: Db,
  { enqueue, messages }: { enqueue: Enqueue; messages: Messages },
  staff: Staff,
  compose: (t: Translator, who: string) => { text: string; keyboard: Keyboard },
): Promise<void> {
  const others = (await listEditors(tx)).filter(({ id }) => id !== staff.id)
  const requests = others.map(({ telegramId, language }) => {
    const t = messages.in(language)
    const who = nameOfStaff(t, staff)
    return {
      lane: 'urgent' as const,
      purpose: 'office-told',
      address: { chatId: telegramId },
      outgoing: { kind: 'text' as const, ...compose(t, who) },
    }
  })
  await enqueue(tx, ...requests)
}

/** What colleagues call somebody of the office. Two admins without a name must not look like one. */
export function nameOfStaff(
  t: Translate,
  { name, telegramId }: Pick<Staff, 'name' | 'telegramId'>,
): string {
  return name || t('campaigns:page.admin', { digits: String(telegramId).slice(-4) })
}
