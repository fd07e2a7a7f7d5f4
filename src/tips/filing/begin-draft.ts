import type { Db } from '../../db/open-database.ts'
import { dayOf } from '../../lib/calendar.ts'
import { createDraft } from '../interview/draft.ts'
import { present } from '../interview/screen.ts'
import {
  answerDraft,
  type DraftDeps,
  type DraftOutcome,
  type ReporterChat,
} from './answer-draft.ts'
import { createStoredDraft, findStoredDraft } from './stored-draft.ts'

/** /report: begins a tip, or offers to go on with the one that is not finished. */
export async function beginDraft(
  tx: Db,
  deps: DraftDeps,
  chat: ReporterChat,
): Promise<DraftOutcome> {
  const today = dayOf(deps.now(), deps.timezone)
  const stored = await findStoredDraft(tx, deps.keyring, { chatId: chat.chatId, today })
  if (stored) return answerDraft(tx, deps, chat, { kind: 'open' })
  const draft = createDraft(deps.interviews.current)
  const created = await createStoredDraft(tx, deps.keyring, { ...chat, draft }, today)
  if (!created) return answerDraft(tx, deps, chat, { kind: 'open' })
  return { outcome: 'asked', screen: present(deps.interviews.current, draft) }
}
