import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'

test('the script prints one line with the address and a token that works, and stops on a signal', async () => {
  const script = spawn('node', ['scripts/sandbox-telegram.ts', '--port', '0'])
  try {
    const [line] = (await once(script.stdout, 'data')) as [Buffer]
    expect(() => readConfig({ BOT_TOKEN: / token (\S+)/.exec(line.toString())?.[1] })).not.toThrow()
    const match = /apiRoot (\S+) token (\S+)/.exec(line.toString())
    const answer = await fetch(`${match?.[1]}/bot${match?.[2]}/getMe`)
    expect(await answer.json()).toMatchObject({ ok: true })
  } finally {
    script.kill('SIGTERM')
  }
  expect((await once(script, 'exit'))[0]).toBe(0)
})

test('the script says in one sentence that the port is taken', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const script = spawn('node', ['scripts/sandbox-telegram.ts', '--port', `${port}`])
  const said: Buffer[] = []
  script.stderr.on('data', (part: Buffer) => said.push(part))
  expect((await once(script, 'close'))[0]).toBe(1)
  holder.close()
  expect(Buffer.concat(said).toString()).toMatch(
    /^--port: another program listens on \d+ already\.[^\n]*\n$/,
  )
})
