import type { Db } from '../../db/open-database.ts'
import { splitText } from '../../lib/plain-text.ts'
import type { Translate } from '../../messages/messages.ts'
import { findShownCard, type TipCard } from '../cards/tip-card-store.ts'
import { enqueueBehindCard } from '../evidence/enqueue-evidence.ts'
import { openWithTip } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { lockTip, type TipRow } from '../tip-store.ts'
import { fromReporter, listMessages, type MessageRow } from './message-store.ts'
import { wordsOf } from './open-message.ts'
import type { MessageContent } from './send-to-reporter.ts'

type Deps = Pick<TipDeps, 'keyring' | 'messages' | 'enqueue' | 'officeLanguage'>

/** Leaves room in Telegram's 4,096 for what is written around it. */
const partMaxLength = 3_500

/**
 * Says something of the reporter's in the inbox, behind the card. When no card stands there at the moment, it comes with
 * the next one.
 */
export async function sayToGroup(tx: Db, deps: Deps, tip: TipRow, text: string): Promise<void> {
  // With the tip locked, either its card stands here already or its listener will find what was said.
  await lockTip(tx, tip.id)
  const card = await findShownCard(tx, tip.id)
  if (card) await sayBehindCard(tx, deps, card, text)
}

/** What both sides said while other groups had the tip, or while its card was on its way. */
export async function enqueueDialogue(tx: Db, deps: Deps, card: TipCard, tip: TipRow) {
  const t = deps.messages.in(deps.officeLanguage)
  const lines = (await listMessages(tx, tip.id)).flatMap((message) => {
    const line = historyLine(t, message, openWithTip(deps.keyring, tip, message.sealed))
    return line === null ? [] : [line]
  })
  if (lines.length === 0) return
  const text = [t('dialogue:history', { number: tip.number }), ...lines].join('\n\n')
  await sayBehindCard(tx, deps, card, text)
}

async function sayBehindCard(tx: Db, deps: Deps, card: TipCard, text: string): Promise<void> {
  for (const part of splitText(text, partMaxLength))
    await enqueueBehindCard(tx, deps, card, { kind: 'text', text: part, isProtected: true })
}

/**
 * Files stand behind the card by themselves; what was asked after closing is not for the group that closed it, and what
 * the service told by itself is no talk.
 */
function historyLine(t: Translate, { kind, state }: MessageRow, content: MessageContent) {
  if (kind === 'aftercare' || kind === 'notice' || 'file' in content) return null
  const text = wordsOf(t, content)
  const line = t(`dialogue:said.${kind}`, { text })
  const isOurs = !fromReporter.some((theirs) => theirs === kind)
  return isOurs && state === 'declined' ? `${line}\n${t('dialogue:said.declined')}` : line
}
