import { expect } from 'vitest'
import type { LogEntry, LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import {
  type TipEvent,
  type TipState,
  tipStateAfter,
  tipStatesBefore,
  tipTransitions,
} from '../../src/tips/tip.ts'
import type { Stage } from '../support/stage.ts'
import { type canaryOf, type Group, isPing, type Tip } from './election-day-people.ts'

/** What came of the day, counted from Telegram's side and from the audit, never from the tables that decided it. */

type Line = { action: string; actor: string; detail: unknown }
type Actor = (typeof tipTransitions)[TipEvent]['by'][number]

const eventsByAction: Readonly<Record<string, TipEvent>> = {
  'tip acknowledged': 'acknowledge',
  'tip taken over': 'take-over',
  'tip given back': 'give-back',
  'tip closed': 'conclude',
  'tip withdrawn': 'withdraw',
  'tip resumed': 'resume',
}

const causeOf = ({ detail }: Line) => String((detail as { cause?: string }).cause)

function eventOf(line: Line, state: TipState): TipEvent | undefined {
  if (line.action === 'tip withdrawn' && state === 'closed') return 'withdraw-linked'
  const opensAgain = ['reopen', 'aftercare', 'released'].includes(causeOf(line))
  if (line.action === 'tip routed') return opensAgain ? 'reopen' : 'route'
  if (line.action === 'tip held') return opensAgain ? 'reopen-held' : 'hold'
  return eventsByAction[line.action]
}

function actorOf(line: Line): Actor {
  // The decision is the service's, but it is the reporter who files.
  if (line.actor === 'reporter' || causeOf(line) === 'filed') return 'reporter'
  return line.actor.startsWith('supervisor:') ? 'supervisor' : 'clock'
}

/**
 * Plays every tip's way again from its lines in the audit: each step must be one that the table allows, and the end must
 * be where the tip stands. Gives what was played: "waiting route" and "route by clock".
 */
export async function replayAudit({ db }: Stage): Promise<Set<string>> {
  const played = new Set<string>()
  const tips = await db.tip.findMany({ select: { id: true, state: true } })
  for (const { id, state: end } of tips) {
    const lines = await db.auditLine.findMany({
      where: { subject: `tip:${id}` },
      orderBy: { id: 'asc' },
    })
    let state: TipState = 'held'
    for (const line of lines) {
      const event = eventOf(line, state)
      if (!event) continue
      expect({ id, line: line.id, event, before: tipStatesBefore(event) }).toMatchObject({
        before: expect.arrayContaining([state]),
      })
      played.add(`${state} ${event}`)
      played.add(`${event} by ${actorOf(line)}`)
      state = tipStateAfter(event)
    }
    expect({ id, state: end }).toEqual({ id, state })
  }
  return played
}

/** Everything that the table of transitions allows, in the words of `replayAudit`. */
export function allTransitions(): string[] {
  const events = Object.keys(tipTransitions) as TipEvent[]
  return events.flatMap((event) => [
    ...tipStatesBefore(event).map((state) => `${state} ${event}`),
    ...tipTransitions[event].by.map((actor) => `${event} by ${actor}`),
  ])
}

/** Every call that the bot made, but for those that fetch updates. */
export async function readCalls(stage: Stage): Promise<LogEntry[]> {
  const page = await stage.telegram.call<LogPage>('GET', '/log?limit=100000')
  expect(page.dropped).toBe(0)
  return page.entries.filter(({ method }) => method !== 'getUpdates')
}

/** Everything that Telegram told the service. */
export async function readUpdates(stage: Stage): Promise<LogEntry[]> {
  return (await stage.telegram.call<LogPage>('GET', '/log?limit=100000&method=getUpdates')).entries
}

type Cast = { groups: readonly Group[]; tips: readonly Tip[]; adminId: number }

/** Names of the chats in which this tip's number ever stood. */
export function chatsNaming(calls: readonly LogEntry[], tip: Tip, cast: Cast): string[] {
  const names = new Map<number, string>([
    [cast.adminId, 'admin'],
    [tip.villager.id, 'reporter'],
    ...cast.groups.flatMap(({ name, chatId, supervisor }): [number, string][] => [
      [chatId, name],
      [supervisor.id, `leader of ${name}`],
    ]),
  ])
  const found = calls
    .filter(({ method, status }) => /^(send|edit)/.test(method) && status === 200)
    .filter(({ params }) => JSON.stringify(params).includes(tip.number))
    .map(({ chat_id }) => names.get(Number(chat_id)) ?? `somebody else: ${chat_id}`)
  return [...new Set(found)].sort()
}

/** What the story says of the same. */
export const chatsExpected = ({ had, namedIn }: Tip): string[] =>
  [...new Set(['reporter', ...had, ...namedIn])].sort()

/** For each tip, how often its reporter had to be told that something became of it, by its lines in the audit. */
export async function countNotices({ db }: Stage): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const { id, number } of await db.tip.findMany({ select: { id: true, number: true } })) {
    const lines = await db.auditLine.findMany({
      where: { subject: `tip:${id}` },
      orderBy: { id: 'asc' },
    })
    const erasedAt = lines.findIndex(({ action }) => action === 'reporter erased')
    const known = erasedAt === -1 ? lines : lines.slice(0, erasedAt)
    found.set(number, known.filter(isTold).length)
  }
  return found
}

function isTold(line: Line): boolean {
  const { result } = line.detail as { result?: string }
  if (line.action === 'tip closed') return result === 'duplicate'
  if (['tip routed', 'tip held'].includes(line.action))
    return ['transfer', 'conflict', 'deadline'].includes(causeOf(line))
  return ['tip acknowledged', 'tip resumed', 'tip late at the top', 'tip late and held'].includes(
    line.action,
  )
}

/** How many receipts, pings and results this reporter got for this tip, by what Telegram was asked to show. */
export function countTold(calls: readonly LogEntry[], { villager, number }: Tip) {
  const texts = calls
    .filter(({ status, chat_id }) => status === 200 && Number(chat_id) === villager.id)
    .map(({ method, params }) => ({ method, text: String(params?.text ?? '') }))
  const sent = texts.filter(({ method }) => method === 'sendMessage')
  const result = new RegExp(`^${number} 有结果了`)
  return {
    receipts: sent.filter(({ text }) => text.includes('查询码：') && text.includes(number)).length,
    pings: sent.filter(({ text }) => isPing(text)).length,
    results: texts.filter(({ text }) => result.test(text)).length,
  }
}

/** No name, number, phone or receipt code of a reporter stands where anybody else can read it. */
export function expectNobodyKnows(
  calls: readonly LogEntry[],
  logLines: readonly string[],
  reporters: readonly { person: ReturnType<typeof canaryOf>; codes: readonly string[] }[],
): void {
  const log = logLines.join('\n').toLowerCase()
  expect(log.length).toBeGreaterThan(1_000)
  const buttons = JSON.stringify(calls.map(({ params }) => params?.reply_markup ?? null))
  expect(buttons).toContain('callback_data')
  for (const { person, codes } of reporters) {
    const secrets = [...Object.values(person), person.phone.slice(1), ...codes].map((secret) =>
      String(secret).toLowerCase(),
    )
    const toOthers = JSON.stringify(calls.filter(({ chat_id }) => Number(chat_id) !== person.id))
    const places = { log, buttons: buttons.toLowerCase(), toOthers: toOthers.toLowerCase() }
    const found = Object.entries(places).flatMap(([where, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${where}: ${secret}`),
    )
    expect(found).toEqual([])
  }
}
