/** What waits, what was sent and who sends. `npm run delivery:status`; reads the database of the settings. */
import { loadEnvironment, readConfig } from '../src/config.ts'
import { type DeliveryReport, readDeliveryReport } from '../src/delivery/delivery-report.ts'
import { senderLeaseName } from '../src/delivery/sending-lease.ts'
import { explainEnd, StartError } from '../src/errors.ts'
import { sandboxBot } from '../src/sandbox/cast.ts'
import { botIdOf } from '../src/telegram/api.ts'
import { openForCommand } from './support/open-for-command.ts'

await run().catch((error: unknown) => {
  console.error(explainEnd(error, { withStack: false }))
  process.exitCode = error instanceof StartError ? 2 : 1
})

async function run(): Promise<void> {
  const config = readConfig(loadEnvironment())
  const database = await openForCommand(
    config,
    'GET /health and its log tell how the sending goes.',
  )
  try {
    const botId = Number(botIdOf(config.botToken ?? sandboxBot.token))
    const leaseName = senderLeaseName(botId)
    const report = await readDeliveryReport(database.db, { leaseName, now: new Date() })
    for (const line of describe(report)) console.log(line)
  } finally {
    await database.close()
  }
}

function describe({ outcomes, waiting, lease }: DeliveryReport): string[] {
  return [
    ...describeLease(lease),
    '',
    ...table(
      'Waiting',
      ['lane', 'queue', 'pending', 'sending', 'oldest'],
      [
        ...waiting.map(({ lane, queueId, pending, sending, oldestSeconds }) => [
          lane,
          String(queueId ?? '-'),
          String(pending),
          String(sending),
          `${oldestSeconds} s`,
        ]),
      ],
    ),
    '',
    ...table(
      'Ended since the beginning',
      ['lane', 'outcome', 'count'],
      [...outcomes.map(({ lane, state, count }) => [lane, state, String(count)])],
    ),
  ]
}

function describeLease(lease: DeliveryReport['lease']): string[] {
  if (!lease) return ['Nobody sends at present: the service does not run, or was stopped.']
  const until = lease.untilAt.toISOString()
  return lease.isHeld
    ? [`${lease.holder} sends (host/process; until ${until}, renewed every few seconds).`]
    : [`Nobody sends: ${lease.holder} had the right to until ${until} and did not renew it.`]
}

function table(title: string, head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [`${title}: nothing.`]
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return [
    `${title}:`,
    ...all.map((row) =>
      `  ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ')}`.trimEnd(),
    ),
  ]
}
