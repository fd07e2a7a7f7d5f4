/** The stand-in as a process of its own, so that it does not share a core with what is measured. */
import { createStandIn } from '../../../src/sandbox/stand-in.ts'
import { benchBot } from './bench-bot.ts'

const limits = JSON.parse(process.argv[2] ?? '{}')
const standIn = createStandIn({ bot: benchBot, keepBodies: false, limits })
const { url } = await standIn.start({ port: 0 })
process.send?.({ url })
// Without whoever started it there is nobody to stop it.
process.once('disconnect', () => process.exit())
