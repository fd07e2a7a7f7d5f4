import { setTimeout as sleep } from 'node:timers/promises'
import type { ChangeFeed, MessageList, MessageView } from '../../../src/sandbox/control/schemas.ts'
import type { StandIn } from './stand-in.ts'

/** One thing that a villager did, from the moment when they would have: the next message in the chat answers it. */
export type Act = { chatId: number; atMs: number }

export type Villagers = {
  ids: number[]
  places: string[]
  tips: number
  /** What all of them do together. Infinity: each at once when there is an answer, so that the service sets the rate. */
  perSecond: number
}

type Villager = {
  id: number
  place: string
  /** What the bot shows; null before a tip is begun. */
  shown: MessageView | null
  isWaiting: boolean
  /** What was typed already, so that nobody types the same for ever. */
  seen: Set<string>
}

/** Without an answer to anybody for so long the run ends. */
const patienceMs = 60_000
const words = ['昨天晚上在小店里给的', '王某，村里开小店的', '每家一条烟，还说选他']

/**
 * So many villagers file `tips` reports together, by what the bot shows: a button where there are some, a village's
 * name or words where it asks for them. An open loop: the acts come at random moments, `perSecond` on average, whether
 * the service keeps up or not, each by somebody at random who has their answer. When everybody still waits, the act
 * comes late, and counts from when it was to come. At the end, when fewer and fewer write, there are fewer acts.
 */
export async function sendVillagers(standIn: StandIn, asked: Villagers): Promise<Act[]> {
  const acts: Act[] = []
  const villagers = new Map<number, Villager>()
  for (const [n, id] of asked.ids.entries()) {
    const place = asked.places[n % asked.places.length] ?? ''
    villagers.set(id, { id, place, shown: null, isWaiting: false, seen: new Set() })
  }
  const ready = [...villagers.values()]
  let [begun, writing, isOver] = [0, ready.length, false]
  let someoneIsReady = () => {}

  async function act(villager: Villager, dueMs: number): Promise<void> {
    acts.push({ chatId: villager.id, atMs: dueMs })
    const { what, ...body } = villager.shown
      ? choose(villager.shown, villager)
      : { what: 'send', text: '/report' }
    villager.isWaiting = true
    await standIn.call('POST', `/act/${what}`, { user_id: villager.id, ...body })
  }

  /** The next who does something, or null when the last has filed. */
  async function next(): Promise<Villager | null> {
    const untilMs = Date.now() + patienceMs
    while (ready.length === 0) {
      if (writing === 0) return null
      if (Date.now() > untilMs) throw new Error('Nobody gets an answer any more')
      const timeout = AbortSignal.timeout(patienceMs)
      await new Promise<void>((resolve) => {
        someoneIsReady = resolve
        timeout.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    const place = Math.floor(Math.random() * ready.length)
    const villager = ready[place] ?? null
    const last = ready.pop()
    if (last && last !== villager) ready[place] = last
    if (villager && !villager.shown && begun++ >= asked.tips) {
      writing -= 1
      return next()
    }
    return villager
  }

  async function actAll(): Promise<void> {
    const sent: Promise<void>[] = []
    const begin = (villager: Villager, dueMs: number) => {
      const acted = act(villager, dueMs)
      acted.catch(() => {})
      sent.push(acted)
    }
    for (let dueMs = Date.now(); ; ) {
      const isFull = begun < asked.tips && asked.perSecond < Infinity
      const perSecond = isFull ? asked.perSecond : (asked.perSecond * writing) / asked.ids.length
      dueMs += (-Math.log(1 - Math.random()) * 1_000) / perSecond
      if (!isFull) dueMs = Math.max(dueMs, Date.now())
      if (dueMs - Date.now() >= 1) await sleep(dueMs - Date.now())
      const villager = await next()
      if (!villager) break
      begin(villager, isFull ? dueMs : Date.now())
    }
    await Promise.all(sent)
  }

  /** Tells each villager of the newest message that asks for something. */
  async function watch(): Promise<void> {
    let since = (await standIn.call<ChangeFeed>('GET', '/events?since=0&wait_ms=0')).seq
    while (!isOver) {
      const feed = await standIn.call<ChangeFeed>('GET', `/events?since=${since}&wait_ms=1000`)
      since = feed.seq
      const chats = new Set<number>()
      for (const { kind, chat_id: chatId } of feed.events)
        if ((kind === 'message' || kind === 'edited') && chatId !== undefined) chats.add(chatId)
      await Promise.all([...chats].map(look))
    }
  }

  async function look(chatId: number): Promise<void> {
    const villager = villagers.get(chatId)
    if (!villager) return
    const { messages } = await standIn.call<MessageList>('GET', `/chats/${chatId}/messages?limit=3`)
    const newest = messages.findLast(({ from, deleted }) => from?.is_bot && !deleted)
    if (!newest || !messages.at(-1)?.from?.is_bot) return
    const isReceipt = newest.text?.includes('查询码')
    if (isReceipt) villager.seen.clear()
    villager.shown = isReceipt ? null : newest
    if (!villager.isWaiting) return
    villager.isWaiting = false
    ready.push(villager)
    someoneIsReady()
  }

  const watching = watch()
  try {
    await actAll()
  } finally {
    isOver = true
  }
  await watching
  return acts
}

type Choice = { what: string } & Record<string, unknown>

/** Goes on wherever it can. */
function choose(message: MessageView, { place, seen }: Villager): Choice {
  const data = (message.buttons ?? []).flat().flatMap(({ callback_data: found }) => found ?? [])
  const press = (found: string): Choice => ({
    what: 'press',
    message_id: message.message_id,
    data: found,
    wait_ms: 0,
  })
  const endOf = (found: string) => found.split(':')[2] ?? ''
  const wanted = ['submit', 'continue', 'done']
  const onward = wanted.flatMap((value) => data.find((found) => endOf(found) === value) ?? [])[0]
  if (onward) return press(onward)
  const isPlace = data.some((found) => found.startsWith('d:where:'))
  if (isPlace && !seen.has('where')) {
    seen.add('where')
    return { what: 'send', text: place }
  }
  // A tip about somebody above every group goes to none.
  const choices = data.filter(
    (found) => !['back', 'skip', 'cancel', 'clear', 'city_official'].includes(endOf(found)),
  )
  const choice = choices[Math.floor(Math.random() * choices.length)]
  if (choice) return press(choice)
  const skip = data.find((found) => endOf(found) === 'skip')
  const step = data[0]?.split(':')[1] ?? ''
  if (skip && seen.has(step)) return press(skip)
  seen.add(step)
  return { what: 'send', text: words[Math.floor(Math.random() * words.length)] ?? '' }
}
