import type { Stage } from '../support/stage.ts'

/** Binds a chat with one enrolled supervisor and one stranger to a group of the shipped directory. */
export async function openInbox(
  stage: Stage,
  code: string,
  kind: 'supergroup' | 'forum' = 'supergroup',
) {
  const { id } = await stage.db.group.findUniqueOrThrow({ where: { code } })
  const creator = { id: 60_000 + id, first_name: '督导员' }
  const stranger = { id: 80_000 + id, first_name: '路人' }
  await stage.telegram.createPerson(creator)
  await stage.telegram.createPerson(stranger)
  const [bot] = await stage.telegram.call<{ id: number }[]>('GET', '/bots')
  const chat = await stage.telegram.createChat({
    kind,
    title: code,
    members: [
      { user_id: creator.id, status: 'creator' },
      { user_id: stranger.id },
      { user_id: bot?.id, status: 'administrator', rights: { '*': true } },
    ],
  })
  // What the bot says on being added comes first.
  await stage.settled()
  await stage.db.group.update({
    where: { id },
    data: { inboxState: 'bound', inboxChatId: BigInt(chat.id), inboxForum: kind === 'forum' },
  })
  const roster = await stage.db.supervisor.findFirstOrThrow({ where: { groupId: id } })
  await stage.db.supervisor.update({
    where: { id: roster.id },
    data: { state: 'enrolled', telegramId: BigInt(creator.id) },
  })
  const supervisor = stage.actor(creator.id, chat.id)
  const greetings = (await supervisor.fromBot()).length
  return {
    chatId: chat.id,
    supervisor,
    /** What came since the group was bound. */
    cards: async () => (await supervisor.fromBot()).slice(greetings),
    stranger: stage.actor(stranger.id, chat.id),
    name: roster.name,
  }
}
