import type { Db } from '../../db/open-database.ts'
import type { Keyring } from '../../lib/keyring.ts'
import { openWithTip } from '../tip-content.ts'
import type { TipRow } from '../tip-store.ts'
import { listMessages } from './message-store.ts'
import type { MessageContent } from './send-to-reporter.ts'

/** What a file says beside what it shows: it answers a question, or was added later. */
export type SaidWith = 'answer' | 'addition'

/** The numbers of the files with which a reporter answered, or which came later; the others came with the tip. */
export async function findSaidFiles(
  db: Db,
  { keyring }: { keyring: Keyring },
  tip: TipRow,
): Promise<Map<number, SaidWith>> {
  const found = new Map<number, SaidWith>()
  for (const { kind, sealed } of await listMessages(db, tip.id)) {
    if (kind !== 'answer' && kind !== 'addition') continue
    const content = openWithTip<MessageContent>(keyring, tip, sealed)
    if ('file' in content) found.set(content.file, kind)
  }
  return found
}
