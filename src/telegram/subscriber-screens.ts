import { displayName } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { sayDay } from '../audiences/say-day.ts'
import type { Button, Keyboard } from '../delivery/outgoing.ts'
import type { Translator } from '../messages/messages.ts'
import { pickableHours } from '../subscribers/hours.ts'
import { pauseDays, pauseOf } from '../subscribers/pause.ts'
import { type Subscriber, subscriberRoles, topics } from '../subscribers/subscriber.ts'

type View = { text: string; keyboard: Keyboard }
type ScreenDeps = { t: Translator; today: string }

const hourColumns = 3

/** The settings of a subscriber and a button for each of them. */
export function showSettings(
  { t, today, tree }: ScreenDeps & { tree: AreaTree },
  subscriber: Subscriber,
): View {
  const area = subscriber.areaId === null ? null : tree.find(subscriber.areaId)
  const text = t('subscribers:settings.show', {
    village: area ? displayName(area) : t('subscribers:settings.no-village'),
    state: sayState({ t, today }, subscriber),
    topics: sayTopics(t, subscriber),
    hour: t(`subscribers:hour.${subscriber.hour ?? 'due'}`),
    role: t(`subscribers:role.${subscriber.role}`),
  })
  const isStopped = subscriber.state === 'stopped'
  const isPaused = pauseOf(subscriber, today) !== null
  const keyboard = [
    [button(t, 'topics'), button(t, 'hours')],
    [isPaused ? button(t, 'resume') : button(t, 'pause'), button(t, 'role')],
    [{ text: t('common:button.village'), data: 'home:village' }, button(t, 'language')],
    [isStopped ? button(t, 'start') : button(t, 'stop')],
    [button(t, 'erase')],
  ]
  return { text, keyboard }
}

export function showTopics(t: Translator, { mutedTopics }: Subscriber): View {
  const isNone = topics.every((topic) => mutedTopics.includes(topic))
  const keyboard = topics.map((topic) => {
    const [now, next] = mutedTopics.includes(topic) ? (['off', 'on'] as const) : ['on', 'off']
    const text = t(`subscribers:button.${now}`, { topic: t(`subscribers:topic.${topic}`) })
    return [{ text, data: `set:topic:${topic}:${next}` }]
  })
  const text = t(
    isNone ? 'subscribers:settings.topics.ask-none' : 'subscribers:settings.topics.ask',
  )
  return { text, keyboard: [...keyboard, [back(t)]] }
}

export function showHours(t: Translator, { hour }: Subscriber): View {
  const choice = (value: number | 'due', isNow: boolean) => ({
    text: mark(t, t(`subscribers:hour.${value}`), isNow),
    data: `set:hour:${value}`,
  })
  const hours = pickableHours.map((value) => choice(value, value === hour))
  const rows = Array.from({ length: Math.ceil(hours.length / hourColumns) }, (_, row) =>
    hours.slice(row * hourColumns, (row + 1) * hourColumns),
  )
  const keyboard = [[choice('due', hour === null)], ...rows, [back(t)]]
  return { text: t('subscribers:settings.hours.ask'), keyboard }
}

export function showPause(t: Translator): View {
  const keyboard = [
    ...pauseDays.map((days) => [
      { text: t('subscribers:button.days', { days }), data: `set:pause:${days}` },
    ]),
    [{ text: t('subscribers:button.open'), data: 'set:pause:open' }],
    [back(t)],
  ]
  return { text: t('subscribers:settings.pause.ask'), keyboard }
}

export function showRoles(t: Translator, { role }: Subscriber): View {
  const keyboard = subscriberRoles.map((value) => [
    {
      text: mark(t, t(`subscribers:role.${value}`), value === role),
      data: `set:role:${value}`,
    },
  ])
  return { text: t('subscribers:settings.roles.ask'), keyboard: [...keyboard, [back(t)]] }
}

/** Under the word that /stop was heard: one tap takes it back. */
export const stoppedKeyboard = (t: Translator): Keyboard => [
  [{ text: t('subscribers:button.unstop'), data: 'set:unstop' }],
]

/** The second of the two taps that erase. */
export function showErase(t: Translator): View {
  const keyboard = [
    [{ text: t('subscribers:button.erase-no'), data: 'set:home' }],
    [{ text: t('subscribers:button.erase-yes'), data: 'set:erase-2' }],
  ]
  return { text: t('subscribers:erase.ask'), keyboard }
}

/** “Your notices are paused up to …”; empty when they are not. */
export function sayPause({ t, today }: ScreenDeps, subscriber: Subscriber): string {
  const pause = pauseOf(subscriber, today)
  if (pause === null) return ''
  if (pause === 'open') return t('subscribers:paused.open')
  return t('subscribers:paused.until', { day: sayDay(pause, t.language) })
}

function sayState({ t, today }: ScreenDeps, subscriber: Subscriber): string {
  const pause = pauseOf(subscriber, today)
  if (subscriber.state !== 'active' || pause === null)
    return t(`subscribers:settings.state.${subscriber.state}`)
  if (pause === 'open') return t('subscribers:settings.state.open')
  return t('subscribers:settings.state.until', { day: sayDay(pause, t.language) })
}

function sayTopics(t: Translator, { mutedTopics }: Subscriber): string {
  const wanted = topics.filter((topic) => !mutedTopics.includes(topic))
  if (wanted.length === topics.length) return t('subscribers:settings.topics.all')
  if (wanted.length === 0) return t('subscribers:settings.topics.none')
  const names = wanted.map((topic) => t(`subscribers:topic.${topic}`))
  return names.join(t.language === 'en' ? ', ' : '、')
}

const button = (t: Translator, what: string): Button => ({
  text: t(`subscribers:button.${what}`),
  data: `set:${what}`,
})
const back = (t: Translator): Button => ({ text: t('subscribers:button.back'), data: 'set:home' })
const mark = (t: Translator, choice: string, isNow: boolean) =>
  isNow ? t('subscribers:button.now', { choice }) : choice
