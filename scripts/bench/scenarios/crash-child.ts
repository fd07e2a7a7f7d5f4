/** Nothing but the dispatcher, so that it can be killed: crash-child.ts <place as JSON> <root of the stand-in>. */
import { dropLeases } from '../../../src/db/lease-store.ts'
import { openDatabase } from '../../../src/db/open-database.ts'
import { buildDispatcher } from '../harness/bench-dispatcher.ts'

const [place = '', root = ''] = process.argv.slice(2)
const perSecond = { count: 500, perMs: 500 }
const limits = {
  bot: perSecond,
  paid: perSecond,
  chat: { burst: 3, everyMs: 0 },
  group: { count: 20, perMs: 0 },
}

const database = await openDatabase(JSON.parse(place))
if (database.kind === 'embedded') await dropLeases(database.db)
const dispatcher = buildDispatcher(database.db, {
  root,
  limits,
  onLeader: () => process.send?.('sends'),
})
dispatcher.start()
process.once('disconnect', () => process.exit())
process.on('message', () => void stop())

async function stop(): Promise<void> {
  await dispatcher.stop()
  await database.close()
  process.exit()
}
