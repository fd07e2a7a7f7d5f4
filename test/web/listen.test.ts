import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { StartError } from '../../src/errors.ts'
import { createLog } from '../../src/lib/log.ts'
import { listen } from '../../src/web/listen.ts'
import { createServer as createOurServer } from '../../src/web/server.ts'

async function ourServer() {
  const check = async () => null
  const server = await createOurServer({
    log: createLog('silent'),
    health: { database: check, sender: check, updates: check },
    register: async () => {},
  })
  onTestFinished(() => server.close())
  return server
}

async function takePort(): Promise<number> {
  const other: Server = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  return (other.address() as AddressInfo).port
}

/** What the operator reads. */
async function refusalOf(listening: Promise<string>): Promise<string> {
  const error = await listening.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(StartError)
  return (error as StartError).message
}

describe('listen', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
  ])('on %s gives an address to call', async (host, called) => {
    const url = await listen(await ourServer(), { host, port: 0 })
    expect(url).toMatch(new RegExp(`^http://${called}:\\d+$`))
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })

  it('names PORT when another program has it', async () => {
    const port = await takePort()
    const refusal = await refusalOf(listen(await ourServer(), { host: '127.0.0.1', port }))
    expect(refusal).toMatch(/^PORT: .*another program.*\(EADDRINUSE\)$/)
  })

  it('names HOST when the address is not of this machine', async () => {
    // 192.0.2.0/24 is kept for documents: no machine has it.
    const refusal = await refusalOf(listen(await ourServer(), { host: '192.0.2.1', port: 0 }))
    expect(refusal).toMatch(/^HOST: .*\(EADDRNOTAVAIL\)$/)
  })

  it.each([
    ['EACCES', /^PORT: .*\(EACCES\)$/],
    ['EAFNOSUPPORT', /^HOST: .*\(EAFNOSUPPORT\)$/],
  ])('explains %s', async (code, sentence) => {
    // Root may listen everywhere and this machine may know every kind of address: the error is made here.
    const server = { listen: () => Promise.reject(Object.assign(new Error('no'), { code })) }
    expect(await refusalOf(listen(server, { host: '127.0.0.1', port: 80 }))).toMatch(sentence)
  })

  it('passes on what it has no sentence for', async () => {
    const error = new Error('closed')
    const server = { listen: () => Promise.reject(error) }
    await expect(listen(server, { host: '127.0.0.1', port: 0 })).rejects.toBe(error)
  })
})
