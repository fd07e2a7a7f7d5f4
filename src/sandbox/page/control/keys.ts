/** Names of what is kept in the query cache; the change feed marks them stale by the same names. */
export const keys = {
  bots: ['bots'],
  people: ['people'],
  chats: ['chats'],
  messages: (chatId: number) => ['messages', chatId],
  members: (chatId: number) => ['members', chatId],
  topics: (chatId: number) => ['topics', chatId],
  commands: ['commands'],
  faults: ['faults'],
} as const
