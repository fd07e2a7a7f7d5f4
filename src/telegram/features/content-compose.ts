import type { VersionFields } from '../../content/content.ts'
import type { ContentDeps } from '../../content/content-deps.ts'
import { parseWords } from '../../content/parse-words.ts'
import { findDays } from '../../content/read-days.ts'
import { changeContent } from '../../content/write-content.ts'
import { dropStaffPrompt, saveStaffPrompt } from '../../staff/staff-prompt-store.ts'
import { type ImportSentTable, mayBeTable } from '../content-import.ts'
import { readContentMedia } from '../content-media.ts'
import type { ChatContext } from '../context.ts'
import { sayLostFormat } from '../lost-format.ts'
import { showVersion } from './content-page.ts'
import type { StaffWordHandlers } from './staff-words.ts'

export const contentPrompts = ['text', 'english', 'source', 'until'] as const
type ContentPrompt = { ask: (typeof contentPrompts)[number]; versionId: number }

const promptMs = 60 * 60_000
const sourceMaxLength = 100

export async function askForContent(
  ctx: ChatContext,
  { now }: Pick<ContentDeps, 'now'>,
  staffId: number,
  data: ContentPrompt,
): Promise<void> {
  const untilAt = new Date(now().getTime() + promptMs)
  await saveStaffPrompt(ctx.tx, staffId, { kind: 'content', data, untilAt })
  await ctx.say(ctx.t(`content:ask.${data.ask}`))
}

/** Asks for a table of content. */
export async function askForTable(
  ctx: ChatContext,
  { now }: Pick<ContentDeps, 'now'>,
  staffId: number,
): Promise<void> {
  const untilAt = new Date(now().getTime() + promptMs)
  await saveStaffPrompt(ctx.tx, staffId, { kind: 'content-table', data: {}, untilAt })
  await ctx.say(ctx.t('content:import.ask'))
}

/** What is typed or sent for a version of the library, or a table of many. */
export function contentWords(
  deps: ContentDeps & { importTable: ImportSentTable },
): StaffWordHandlers {
  return {
    'content-table': async (ctx, staff) => {
      const { file_id: id, file_name: name = '', file_size: size = 0 } = ctx.message?.document ?? {}
      if (id === undefined || !mayBeTable({ name, size }))
        return ctx.say(ctx.t('content:import.unreadable'))
      // Not dropped: a table with a mistake is mended and sent again.
      await ctx.say(ctx.t('content:import.reading'))
      ctx.turn.afterCommit.push(() => void deps.importTable(id, staff))
    },
    content: async (ctx, staff, data) => {
      const { ask, versionId } = data as ContentPrompt
      const fields = readFields(ctx, ask)
      if ('problem' in fields) return ctx.say(ctx.t(`content:answer.${fields.problem}`))
      const outcome = await changeContent(ctx.tx, deps, { versionId, staffId: staff.id }, fields.of)
      await dropStaffPrompt(ctx.tx, staff.id)
      if (outcome.outcome !== 'changed') return ctx.say(ctx.t(`content:answer.${outcome.outcome}`))
      await sayLostFormat(ctx)
      const { id, source } = outcome.version
      if (ask === 'text' && source === '')
        await askForContent(ctx, deps, staff.id, { ask: 'source', versionId: id })
      else await showVersion(ctx, deps, id)
    },
  }
}

type Change = (version: VersionFields) => Partial<VersionFields>

function readFields(
  ctx: ChatContext,
  ask: ContentPrompt['ask'],
): { of: Change } | { problem: 'nothing' | 'refused' | 'bad-day' | 'too-long' } {
  const { message } = ctx
  const typed = (message?.text ?? message?.caption ?? '').trim()
  if (ask === 'until') return readValidity(typed)
  if (typed === '' || !message) return { problem: 'nothing' }
  if (ask === 'source') {
    const source = typed.replaceAll(/\s+/g, ' ')
    return [...source].length > sourceMaxLength
      ? { problem: 'too-long' }
      : { of: () => ({ source, issuedOn: findDays(source)[0] ?? null }) }
  }
  const media = readContentMedia(message)
  const words = parseWords(typed)
  if (media === 'refused') return { problem: 'refused' }
  if (!words) return { problem: 'nothing' }
  const language = ask === 'english' ? 'en' : 'zh-CN'
  return {
    of: ({ texts }) => {
      const quiz = texts[language]?.quiz
      const text = { ...words, ...(media ? { media } : {}), ...(quiz ? { quiz } : {}) }
      return { texts: { ...texts, [language]: text } }
    },
  }
}

/** Two days, or the last one. */
function readValidity(typed: string): { of: Change } | { problem: 'bad-day' } {
  if (/^(无|没有|none)$/i.test(typed)) return { of: () => ({ validFrom: null, validUntil: null }) }
  const days = findDays(typed)
  const [first, last = first, ...more] = days
  if (!first || !last || more.length > 0 || first > last) return { problem: 'bad-day' }
  return { of: () => ({ validFrom: days.length === 1 ? null : first, validUntil: last }) }
}
