/** A basic group becomes a supergroup: a new chat with a new id, the old one only points to it. */
import { Misuse } from '../errors.ts'
import { createGroup } from './chats.ts'
import { postService } from './membership.ts'
import type { Chat } from './state.ts'
import type { World } from './world.ts'

export function migrateGroup(world: World, old: Chat, by: number): Chat {
  if (old.type !== 'group') throw new Misuse('Only a basic group can become a supergroup')
  if (old.migratedTo !== undefined) throw new Misuse('The group has already become a supergroup')
  const fresh = createGroup(world, { kind: 'supergroup', title: old.title })
  fresh.members = new Map([...old.members].map(([id, member]) => [id, { ...member }]))
  fresh.permissions = { ...old.permissions }
  fresh.migratedFrom = old.id
  postService(world, old, by, { migrate_to_chat_id: fresh.id })
  old.migratedTo = fresh.id
  postService(world, fresh, by, { migrate_from_chat_id: old.id })
  world.feed.emit({ kind: 'chat', chat_id: old.id })
  return fresh
}
