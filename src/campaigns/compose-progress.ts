import type { Keyboard } from '../delivery/outgoing.ts'
import type { QueueCount } from '../delivery/queue-control.ts'
import { sendingHours } from '../delivery/quiet-hours.ts'
import type { Translate, Translator } from '../messages/messages.ts'
import type { Campaign } from './campaign.ts'
import type { Progress } from './progress.ts'
import { sayMinute } from './say-time.ts'

/** The one message that shows how far a campaign is, with what can be done at this moment. `isNight`: it waits for the morning. */
export function composeProgress(
  t: Translator,
  campaign: Pick<Campaign, 'id' | 'name' | 'kind' | 'state'>,
  counts: QueueCount,
  progress: Progress,
  { isNight }: { isNight: boolean },
): { text: string; keyboard: Keyboard } {
  const { state, kind } = campaign
  const lines = [
    t(`campaigns:progress.title.${kind}`, { name: campaign.name }),
    isNight && state === 'running'
      ? t('campaigns:progress.night', { time: sayMinute(sendingHours.from) })
      : t(`campaigns:progress.state.${state}`),
    '',
    ...composeCounts(t, kind, counts),
    ...(state === 'running' && progress.perSecond > 0 ? [composeRate(t, progress)] : []),
    ...(state !== 'running' && progress.onTheWay > 0
      ? [t('campaigns:progress.on-the-way', { count: progress.onTheWay })]
      : []),
  ]
  return { text: lines.join('\n'), keyboard: controlButtons(t, campaign) }
}

/** How many ended how. Of a recall `sent` are those that are gone, of a correction those that say something else. */
export function composeCounts(t: Translator, kind: Campaign['kind'], counts: QueueCount): string[] {
  const { pending, sending, sent, blocked, failed, uncertain, cancelled } = counts
  const isChange = kind === 'recall' || kind === 'correction'
  return [
    t(`campaigns:progress.sent.${kind}`, { count: sent }),
    t('campaigns:progress.blocked', { count: blocked }),
    t(isChange ? 'campaigns:progress.unchanged' : 'campaigns:progress.failed', { count: failed }),
    t('campaigns:progress.uncertain', { count: uncertain }),
    ...(cancelled > 0 ? [t('campaigns:progress.cancelled', { count: cancelled })] : []),
    t('campaigns:progress.waiting', { count: pending + sending }),
  ]
}

function composeRate(t: Translator, { perSecond, secondsLeft }: Progress): string {
  const rate = perSecond >= 10 ? Math.round(perSecond) : Math.round(perSecond * 10) / 10
  if (secondsLeft === null) return t('campaigns:progress.rate', { rate })
  const left =
    secondsLeft < 60
      ? t('campaigns:progress.soon')
      : secondsLeft < 7_200
        ? t('campaigns:progress.minutes', { count: Math.round(secondsLeft / 60) })
        : t('campaigns:progress.hours', { count: Math.round(secondsLeft / 3_600) })
  return t('campaigns:progress.rate-left', { rate, left })
}

/** What anybody of the office may do with it now. */
export function controlButtons(
  t: Translate,
  { id, state }: Pick<Campaign, 'id' | 'state'>,
): Keyboard {
  const button = (key: string, what: string) => [
    { text: t(`campaigns:button.${key}`), data: `bc:${what}:${id}` },
  ]
  if (state === 'running') return [button('pause', 'pause'), button('cancel', 'cancel')]
  if (state === 'paused') return [button('resume', 'resume'), button('cancel', 'cancel')]
  if (state === 'finished' || state === 'cancelled') return [button('report', 'report')]
  return []
}
