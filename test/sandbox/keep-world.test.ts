import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { keepWorld, readWorld } from '../../src/sandbox/keep-world.ts'
import { createStandIn } from '../../src/sandbox/stand-in.ts'

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-world-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a world is kept in a folder that was not there yet', () => {
  const file = join(openFolder(), 'data', 'world.json')
  const onError = vi.fn()
  keepWorld(createStandIn().world, file, onError)()
  expect(onError).not.toHaveBeenCalled()
  expect(readWorld(file)).toBeDefined()
})

test('a world that cannot be kept is told once and ends nothing', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const folder = openFolder()
  writeFileSync(join(folder, 'data'), 'not a folder')
  const onError = vi.fn()
  const stop = keepWorld(createStandIn().world, join(folder, 'data', 'world.json'), onError)
  vi.advanceTimersByTime(10_000)
  stop()
  expect(onError).toHaveBeenCalledTimes(1)
})
