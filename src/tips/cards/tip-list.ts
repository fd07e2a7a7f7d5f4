import { displayName } from '../../areas/area-name.ts'
import type { AreaTree } from '../../areas/area-tree.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import type { Translate } from '../../messages/messages.ts'

/** A tip as a list names it. Numbers, places, kinds and days: nothing that a reporter wrote. */
export type ListEntry = {
  cardId: number
  number: string
  areaId: number
  category: string
  filedAt: Date
  /** waiting: can be opened. opened: has a card of its own by now. */
  status: 'waiting' | 'opened'
}

export type ListWords = { t: Translate; tree: AreaTree; timezone: string }

/** Telegram takes 100 buttons and 4,096 UTF-16 units; the rest of the latter is for the words above the lines. */
const room = { lines: 100, length: 3_600 }
/** A button is as wide as half a phone. */
const buttonsPerRow = 2

/** Whether a list that has named so much may name one more. */
export function hasRoom(list: { lines: number; length: number }, line: string): boolean {
  return list.lines < room.lines && list.length + lengthOf(line) <= room.length
}

/** With its line break. */
export const lengthOf = (line: string): number => line.length + 1

/** “□ QF-000123 龙游县 龙洲街道 山底村 · 送钱 · 2017-03-28”; the mark changes, its width does not. */
export function composeLine({ t, tree, timezone }: ListWords, entry: ListEntry): string {
  const day = Temporal.Instant.fromEpochMilliseconds(entry.filedAt.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainDate()
  return t('cards:list.line', {
    mark: t(`cards:mark.${entry.status}`),
    number: entry.number,
    place: nameOf(tree, entry.areaId),
    what: t(`tips:what.${entry.category}`),
    day: day.toString(),
  })
}

/** Without the city, which is that of every line. */
function nameOf(tree: AreaTree, areaId: number): string {
  const below = tree.chain(areaId).filter(({ level }) => level !== 'city')
  return below.length === 0 ? tree.path(areaId) : below.reverse().map(displayName).join(' ')
}

/** The message with a button for each tip that waits; a sentence without buttons when none does any more. */
export function composeList(
  words: ListWords,
  entries: readonly ListEntry[],
): { text: string; keyboard: Keyboard; isFinished: boolean } {
  const { t } = words
  const waiting = entries.filter(({ status }) => status === 'waiting')
  if (waiting.length === 0)
    return { text: t('cards:list.finished'), keyboard: [], isFinished: true }
  const lines = entries.map((entry) => composeLine(words, entry))
  const text = [t('cards:list.title', { n: waiting.length }), t('cards:list.hint'), '', ...lines]
  const buttons = waiting.map(({ cardId, number }) => ({
    text: t('cards:list.open', { number }),
    data: `t:open:${cardId}`,
  }))
  const keyboard: Keyboard = []
  for (let at = 0; at < buttons.length; at += buttonsPerRow)
    keyboard.push(buttons.slice(at, at + buttonsPerRow))
  return { text: text.join('\n'), keyboard, isFinished: false }
}
