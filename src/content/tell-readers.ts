import type { Db } from '../db/open-database.ts'
import type { Translate } from '../messages/messages.ts'
import type { Staff } from '../staff/staff-store.ts'
import type { ContentDeps } from './content-deps.ts'

/** Says to everybody who may publish that something waits for them, with a button to open it. */
export async function tellReaders(
  tx: Db,
  { enqueue, messages }: Pick<ContentDeps, 'enqueue' | 'messages'>,
  readers: readonly Staff[],
  compose: (t: Translate) => { text: string; data: string },
): Promise<void> {
  await enqueue(
    tx,
    ...readers.map(({ telegramId, language }) => {
      const t = messages.in(language)
      const { text, data } = compose(t)
      return {
        lane: 'urgent' as const,
        purpose: 'content-review',
        address: { chatId: telegramId },
        outgoing: {
          kind: 'text' as const,
          text,
          keyboard: [[{ text: t('content:button.open'), data }]],
        },
      }
    }),
  )
}
