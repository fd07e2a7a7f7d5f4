/** Runs the stand-in alone: `npm run sandbox:telegram -- --port 8081`. Stop it with Ctrl-C. */
import { parseArgs } from 'node:util'
import { createStandIn } from '../src/sandbox/stand-in.ts'

const TOKEN = '7000000001:stand-in-token-that-any-bot-may-use'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port must be a number from 0 to 65535`)
  process.exit(2)
}

const standIn = createStandIn({ openTokens: true, bot: { token: TOKEN } })
const { url } = await standIn.start({ host: '127.0.0.1', port }).catch((error) => {
  const isTaken = error?.code === 'EADDRINUSE'
  console.error(
    isTaken
      ? `--port: another program listens on ${port} already. Stop it, or choose another port.`
      : `The stand-in cannot listen on port ${port} (${error?.code ?? error?.name}).`,
  )
  process.exit(1)
})
console.log(`Telegram stand-in: apiRoot ${url} token ${TOKEN} (any other well-formed token works)`)

process.once('SIGINT', () => void standIn.stop())
process.once('SIGTERM', () => void standIn.stop())
