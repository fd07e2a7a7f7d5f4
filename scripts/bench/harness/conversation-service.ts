/** The whole service in a process of its own, unpaced: conversation-service.ts <settings as JSON> <inboxes as JSON>. */
import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { openDatabase } from '../../../src/db/open-database.ts'
import { createLog } from '../../../src/lib/log.ts'
import { unpaced } from './bench-dispatcher.ts'

const [settings = '{}', inboxes = '[]'] = process.argv.slice(2)
const config = readConfig(JSON.parse(settings))
const { databaseUrl: url, dataDir } = config
const app = createApp(config, {
  log: createLog('error', (line) => console.error(line)),
  limits: unpaced,
  // The chats are bound by hand before anybody files: how they are bound is not what is measured.
  open: async () => {
    const database = await openDatabase({ url, dataDir })
    opened = database
    return database
  },
})
let opened: Awaited<ReturnType<typeof openDatabase>> | undefined
await app.start()
const groups = (await opened?.db.group.findMany({ orderBy: { id: 'asc' } })) ?? []
const chatIds = JSON.parse(inboxes) as number[]
for (const [n, { id }] of groups.entries())
  await opened?.db.group.update({
    where: { id },
    data: { inboxState: 'bound', inboxChatId: BigInt(chatIds[n] ?? 0), boundAt: new Date() },
  })
// A group in which nobody may act gets no tips.
await opened?.db.supervisor.updateMany({ data: { state: 'enrolled' } })
process.send?.({ kind: 'ready' })
process.once('disconnect', () => process.exit())
process.on('message', async () => {
  const tips = await opened?.db.tip.groupBy({ by: ['state'], _count: true })
  const { user, system } = process.cpuUsage()
  process.send?.({
    states: Object.fromEntries((tips ?? []).map(({ state, _count }) => [state, _count])),
    memoryMb: process.memoryUsage().rss / 1_048_576,
    cpuMs: (user + system) / 1_000,
  })
})
