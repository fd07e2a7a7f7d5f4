import { describe, expect, it } from 'vitest'
import type { Supervisor } from '../../src/groups/group.ts'
import { pickLeader } from '../../src/groups/pick-leader.ts'

const roster = (...titles: string[]): Supervisor[] =>
  titles.map((title, id) => ({
    ...{ id, groupId: 1, name: `人${id}`, title },
    ...{ state: 'enrolled', telegramId: null },
  }))
const pick = (first: 'deputy' | 'leader', ...titles: string[]) =>
  pickLeader(roster(...titles), first)?.title ?? null

describe('whom to call', () => {
  it('is told by the titles of the roster', () => {
    expect(pick('leader', '成员', '副组长', '组长')).toBe('组长')
    expect(pick('deputy', '成员', '组长', '副组长')).toBe('副组长')
    expect(pick('deputy', '成员', '组长')).toBe('组长')
    expect(pick('leader', '副队长', '成员')).toBe('副队长')
    expect(pick('leader', 'member', 'Deputy leader', 'Leader')).toBe('Leader')
  })

  it('is nobody when no title tells', () => {
    expect(pick('leader', '成员', '')).toBeNull()
    expect(pick('deputy')).toBeNull()
  })
})
