import { expect, it } from 'vitest'
import type { LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { waitFor } from '../support/child.ts'
import { createStage } from '../support/stage.ts'

const stage = await createStage()
const { call } = stage.telegram

it('sets the menus up later when Telegram did not take them at the start, and works meanwhile', async () => {
  await stage.stop()
  await call('DELETE', '/log')
  await call('POST', '/faults', { kind: 'server-error', match: 'setMyCommands', count: 1 })
  await stage.start()
  const calls = async () =>
    (await call<LogPage>('GET', '/log?limit=10000')).entries.map(
      ({ method, status }) => `${method} ${status}`,
    )
  await waitFor(
    async () => ((await calls()).includes('setMyCommands 500') ? true : undefined),
    30_000,
  )
  expect((await fetch(`${stage.url()}/health`)).status).toBe(200)
  // The button is set last.
  await waitFor(
    async () => ((await calls()).includes('setChatMenuButton 200') ? true : undefined),
    30_000,
  )
})
