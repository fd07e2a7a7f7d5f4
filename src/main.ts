import { createApp } from './app.ts'
import { isVerbose, loadEnvironment, readConfig } from './config.ts'
import { explainEnd, StartError } from './errors.ts'
import { createLog } from './lib/log.ts'

/** How long a stop may take before the process ends anyway; what is not finished is taken up by the next start. */
const stopWithinMs = 10_000

// Node would print the error with its message and fields, which may hold a token or the words of a tip.
process.on('uncaughtException', end)
await run().catch(end)

function end(error: unknown): void {
  console.error(explainEnd(error, { withStack: isVerbose(process.env.LOG_LEVEL) }))
  process.exit(error instanceof StartError ? 2 : 1)
}

async function run(): Promise<void> {
  const config = readConfig(loadEnvironment())
  const app = createApp(config, { log: createLog(config.logLevel) })
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), stopWithinMs).unref()
    void app.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    const { url, isSandbox, keyCreated } = await app.start()
    // For the person at the terminal, in a sentence; the log is for machines.
    if (keyCreated)
      console.log(
        `A master key was made: ${config.secretKeyFile}. Keep a copy of it in another place. Without it nothing that was sealed can be read again.`,
      )
    if (isSandbox)
      console.log(
        `Sandbox: open ${url} — nothing goes to Telegram. For a real bot set BOT_TOKEN (README).`,
      )
    else console.log(`Qingfeng listens on ${url}`)
  } catch (error) {
    await app.stop().catch(() => {})
    throw error
  }
}
