import type { Db } from '../db/open-database.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Messages } from '../messages/messages.ts'
import { listStaff } from './staff-store.ts'

export type AlarmDeps = { enqueue: Enqueue; messages: Messages }

/** Tells every admin, in the caller's transaction. Params must not hold what a tip says, nor who filed it. */
export async function alarmAdmins(
  tx: Db,
  { enqueue, messages }: AlarmDeps,
  key: string,
  params: Record<string, unknown> = {},
): Promise<void> {
  const admins = await listStaff(tx, 'admin')
  await enqueue(
    tx,
    ...admins.map(({ telegramId, language }) => ({
      lane: 'urgent' as const,
      purpose: 'alarm',
      address: { chatId: telegramId },
      outgoing: { kind: 'text' as const, text: messages.in(language)(key, params) },
    })),
  )
}
