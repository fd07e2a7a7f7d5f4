import type { QueueCount } from '../delivery/queue-control.ts'
import type { CampaignProgress } from './campaign.ts'

/** Between two edits of the message: people read slower, and Telegram lets a chat have about one a second. */
export const showEveryMs = 10_000

export type Progress = {
  /** How many were tried, whatever came of it. */
  tried: number
  /** Not tried yet; `onTheWay` of them are with the sender at this moment. */
  waiting: number
  onTheWay: number
  perSecond: number
  /** Null: nobody can tell, because nothing goes out. */
  secondsLeft: number | null
}

type Last = Pick<CampaignProgress, 'at' | 'done' | 'perSecond'>
type Moment = { now: Date; startedAt: Date | null; isMoving: boolean }

/**
 * How far it is. The rate is that since the last look, smoothed with the one before, so that the time left does not jump
 * about; within the same second nothing new is known.
 */
export function measureProgress(counts: QueueCount, last: Last | null, at: Moment): Progress {
  const { pending, sending, sent, blocked, failed, uncertain } = counts
  const tried = sent + blocked + failed + uncertain
  const waiting = pending + sending
  const perSecond = at.isMoving ? rateOf(tried, last, at) : 0
  return {
    tried,
    waiting,
    onTheWay: sending,
    perSecond,
    secondsLeft: waiting === 0 ? 0 : perSecond > 0 ? Math.ceil(waiting / perSecond) : null,
  }
}

function rateOf(tried: number, last: Last | null, { now, startedAt }: Moment): number {
  const since = last ? Date.parse(last.at) : startedAt?.getTime()
  const seconds = since === undefined ? 0 : (now.getTime() - since) / 1_000
  if (seconds < 1) return last?.perSecond ?? 0
  const lately = Math.max(0, tried - (last?.done ?? 0)) / seconds
  return last && last.perSecond > 0 && lately > 0 ? (lately + last.perSecond) / 2 : lately
}
