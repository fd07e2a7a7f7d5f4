import { sendingHours } from '../delivery/quiet-hours.ts'

/** Where a rule about a phase stands: the organic law of villagers' committees, or Zhejiang's election measures of 2020. */
export type Anchor = { law: 'organic' | 'zhejiang'; article: number }

/**
 * A part of a village's election. Days are counted from its election day: negative before, positive after. `from` and `to`
 * are both included; the phases follow each other without a gap, so that a village is in one of them at most.
 */
export type Phase = {
  key: PhaseKey
  from: number
  to: number
  /** Minute of the local day at which people are reminded of it, on its first day. */
  remindAt: number
  anchors: readonly Anchor[]
}

export const phaseKeys = [
  'register',
  'roll',
  'nominate',
  'candidates',
  'proxy',
  'eve',
  'vote',
  'result',
  'handover',
] as const
export type PhaseKey = (typeof phaseKeys)[number]

const morning = 9 * 60
const evening = 18 * 60 + 30

/**
 * - register: who may vote is written down; the roll hangs 20 days before the vote.
 * - roll: it hangs; five days for objections, decided within three.
 * - nominate: names are put forward, up to ten days before the vote.
 * - candidates: the list of names hangs five days before.
 * - proxy: who cannot come asks for a proxy, up to three days before.
 * - eve, vote: on the election day itself nobody may canvass.
 * - result: known on the same or the next day.
 * - handover: seals, books and files, within ten days.
 *
 * What differs between counties (the Party's own election, other committees) is not here.
 */
export const phases: readonly Phase[] = [
  phase('register', [-25, -21], morning, organic(13), organic(14)),
  phase('roll', [-20, -13], morning, organic(14)),
  phase('nominate', [-12, -6], morning, zhejiang(18), zhejiang(20)),
  phase('candidates', [-5, -5], morning, zhejiang(18), zhejiang(22)),
  phase('proxy', [-4, -2], morning, zhejiang(25)),
  phase('eve', [-1, -1], evening, zhejiang(23)),
  phase('vote', [0, 0], sendingHours.from, organic(15), zhejiang(23)),
  phase('result', [1, 9], morning, zhejiang(32)),
  phase('handover', [10, 10], morning, organic(20)),
]

/** The phase of a village whose election is `offset` days ago (negative: to come); null outside of all. */
export function phaseOn(offset: number): Phase | null {
  return phases.find(({ from, to }) => from <= offset && offset <= to) ?? null
}

export function findPhase(key: string): Phase | null {
  return phases.find((one) => one.key === key) ?? null
}

/** The same days as an audience counts them: how far away the election day is, negative when it is over. */
export function daysToElectionIn({ from, to }: Phase): { from: number; to: number } {
  // 0 - x and not -x, which makes -0 of 0.
  return { from: 0 - to, to: 0 - from }
}

function phase(
  key: PhaseKey,
  [from, to]: [number, number],
  remindAt: number,
  ...anchors: Anchor[]
): Phase {
  return { key, from, to, remindAt, anchors }
}

function organic(article: number): Anchor {
  return { law: 'organic', article }
}

function zhejiang(article: number): Anchor {
  return { law: 'zhejiang', article }
}
