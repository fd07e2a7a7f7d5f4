import type { Supervisor } from './group.ts'

const deputyTitle = /副|deputy|vice/i
const leaderTitle = /组长|队长|主任|负责人|牵头|leader|head|chief/i

/**
 * Whom to call by name, from the titles of the roster. `deputy`: the deputy first, who is asked before the leader is;
 * `leader`: the leader first. Null when no title tells.
 */
export function pickLeader(
  roster: readonly Supervisor[],
  first: 'deputy' | 'leader',
): Supervisor | null {
  const deputy = roster.find(({ title }) => deputyTitle.test(title) && leaderTitle.test(title))
  const leader = roster.find(({ title }) => !deputyTitle.test(title) && leaderTitle.test(title))
  return (first === 'deputy' ? (deputy ?? leader) : (leader ?? deputy)) ?? null
}
