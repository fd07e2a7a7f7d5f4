import { describeImport } from '../content/describe-import.ts'
import { importContent } from '../content/import-content.ts'
import { importMaxBytes } from '../content/parse-content-table.ts'
import type { PrismaClient } from '../db/open-database.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import { describeError } from '../errors.ts'
import type { Log } from '../lib/log.ts'
import type { Messages } from '../messages/messages.ts'
import type { Staff } from '../staff/staff-store.ts'
import type { Download } from '../tips/evidence/fetch-evidence.ts'

export type ImportSentTable = (fileId: string, staff: Staff) => Promise<void>

type ImportDeps = {
  db: PrismaClient
  log: Log
  messages: Messages
  enqueue: Enqueue
  now: () => Date
  download: Download
  wake: () => void
}

/**
 * Fetches a table that somebody of the office sent and takes it into the library: for after the commit of the update that
 * brought it, as it waits for the network. What came of it is said in their chat. After a crash in between nothing was
 * imported, and the same file may be sent again.
 */
export function createContentImport(deps: ImportDeps): ImportSentTable {
  const { db, log, messages, enqueue, now, download } = deps
  return async (fileId, { id: staffId, telegramId, language }) => {
    const t = messages.in(language)
    const say = (tx: Parameters<Enqueue>[0], text: string, keyboard: Keyboard = []) =>
      enqueue(tx, {
        lane: 'urgent',
        purpose: 'reply',
        address: { chatId: telegramId },
        outgoing: { kind: 'text', text, keyboard },
      })
    try {
      const file = await download(fileId)
      await db.$transaction(async (tx) => {
        if (!file.ok) return say(tx, t('content:import.lost'))
        const { bytes } = file
        const outcome = await importContent(tx, { bytes, staffId, now: now() })
        const hasDrafts = outcome.outcome === 'imported' && outcome.created + outcome.changed > 0
        const next = { text: t('content:import.next'), data: 'ct:wait:drafts:0' }
        await say(tx, describeImport(outcome, t), hasDrafts ? [[next]] : [])
      })
    } catch (error) {
      log.error({ error: describeError(error) }, 'a table cannot be imported')
      await db.$transaction((tx) => say(tx, t('content:import.lost'))).catch(() => {})
    }
    deps.wake()
  }
}

/** True for what may be a table; else it is not even fetched. */
export function mayBeTable({ name, size }: { name: string; size: number }): boolean {
  return /\.(csv|xlsx)$/i.test(name) && size <= importMaxBytes
}
