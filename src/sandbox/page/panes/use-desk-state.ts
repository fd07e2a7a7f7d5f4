import { useCallback, useMemo, useState } from 'react'
import type { ChatView, PersonView } from '../../control/schemas.ts'
import { recall, remember } from '../language/memory.ts'
import { type Role, roleOf } from '../people/roles.ts'
import { useWorld } from '../people/use-world.ts'
import type { Desk, PaneName } from './desk.ts'

interface Picks {
  villager?: number
  admin?: number
  group?: number
  actors: Record<number, number>
}

const MEMORY = 'picks'

/** What was picked is kept by id; whoever is gone gives way to the first of the role. */
export function useDeskState(): Desk {
  const { people, groups } = useWorld()
  const [front, setFront] = useState<PaneName>('villager')
  const [picks, setPicks] = useState<Picks>(recallPicks)

  const pick = useCallback((change: (before: Picks) => Picks) => {
    setPicks((before) => {
      const after = change(before)
      remember(MEMORY, JSON.stringify(after))
      return after
    })
  }, [])

  return useMemo(() => {
    const group = groups.find(({ id }) => id === picks.group) ?? busiest(groups)
    return {
      front,
      villager: seated(people, 'villager', picks.villager),
      admin: seated(people, 'admin', picks.admin),
      group,
      actorId: group ? (picks.actors[group.id] ?? null) : null,
      bringToFront: setFront,
      seatVillager: (villager) => pick((before) => ({ ...before, villager })),
      seatAdmin: (admin) => pick((before) => ({ ...before, admin })),
      openGroup: (chatId) => pick((before) => ({ ...before, group: chatId })),
      actAs: (userId) => {
        if (!group) return
        pick((before) => ({ ...before, actors: { ...before.actors, [group.id]: userId } }))
      },
    }
  }, [front, groups, people, pick, picks])
}

/** Until a group is picked, the pane follows to wherever something happened last. */
function busiest(groups: ChatView[]): ChatView | undefined {
  return groups.reduce<ChatView | undefined>(
    (newest, chat) => ((chat.last_date ?? 0) > (newest?.last_date ?? 0) ? chat : newest),
    groups[0],
  )
}

function seated(people: PersonView[], role: Role, picked?: number): PersonView | undefined {
  return (
    people.find(({ id }) => id === picked) ??
    people.find((person) => roleOf(person) === role) ??
    people.at(role === 'admin' ? -1 : 0)
  )
}

function recallPicks(): Picks {
  try {
    const kept = JSON.parse(recall(MEMORY) ?? '{}') as Partial<Picks>
    return { ...kept, actors: kept.actors ?? {} }
  } catch {
    return { actors: {} }
  }
}
