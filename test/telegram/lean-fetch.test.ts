import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InputFile } from 'grammy'
import { afterEach, describe, expect, it } from 'vitest'
import { createApi } from '../../src/telegram/api.ts'
import { leanFetch } from '../../src/telegram/lean-fetch.ts'

const token = '123456789:TEST-abcdefghijklmnopqrstuvwxyz0123'
const closers: (() => void)[] = []

afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A server that answers as the test says, and counts its connections. */
async function serve(answer: RequestListener) {
  const server = createServer(answer)
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { root: `http://127.0.0.1:${port}`, connections: () => connections }
}

const ok = JSON.stringify({ ok: true, result: { message_id: 7 } })

describe('a call of the Bot API', () => {
  it('keeps its connection for the next one', async () => {
    const { root, connections } = await serve((_, answer) => answer.end(ok))
    const api = createApi({ token, root })
    for (let n = 0; n < 5; n += 1) expect((await api.sendMessage(1, '你好')).message_id).toBe(7)
    expect(connections()).toBe(1)
  })

  it('brings the words whole, and a file as a form', async () => {
    const bodies: string[] = []
    const { root } = await serve(async (request, answer) => {
      request.setEncoding('utf8')
      let body = ''
      for await (const part of request) body += part
      bodies.push(body)
      answer.end(ok)
    })
    const api = createApi({ token, root })
    await api.sendMessage(1, '清风')
    await api.sendPhoto(1, new InputFile(Buffer.from('bytes of a photo'), 'photo.jpg'))
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ chat_id: 1, text: '清风' })
    expect(bodies[1]).toContain('bytes of a photo')
    expect(bodies[1]).toContain('photo.jpg')
  })

  it('puts characters together that arrive in pieces', async () => {
    const { root } = await serve((_, answer) => {
      const bytes = Buffer.from('{"words":"清风"}')
      answer.write(bytes.subarray(0, 12))
      setTimeout(() => answer.end(bytes.subarray(12)), 20)
    })
    expect((await leanFetch(root, {})).json()).toEqual({ words: '清风' })
  })

  it('fails when the connection is cut in the middle of the answer', async () => {
    const { root } = await serve((_, answer) => {
      answer.writeHead(200, { 'content-length': '100' })
      answer.write('{"ok":')
      setTimeout(() => answer.destroy(), 20)
    })
    await expect(leanFetch(root, {})).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('is given up when its signal says so, before and during it', async () => {
    const { root } = await serve(() => {})
    const giveUp = new AbortController()
    const call = leanFetch(root, { signal: giveUp.signal })
    setTimeout(() => giveUp.abort(), 20)
    await expect(call).rejects.toThrow('Given up')
    await expect(leanFetch(root, { signal: AbortSignal.abort() })).rejects.toThrow('before')
  })
})
