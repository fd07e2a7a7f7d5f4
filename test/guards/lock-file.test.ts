import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './source-files.ts'

type Entry = { resolved?: string; optionalDependencies?: Record<string, string> }

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>
}

describe('package-lock.json', () => {
  it('names no registry, so that it installs from whichever is set', () => {
    const named = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)
    expect(named.map(([path]) => path)).toEqual([])
  })

  it('has every platform: npm ci refuses it when one is missing, even one for another machine', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path || 'package.json'}: ${name}`),
    )
    expect(missing).toEqual([])
  })
})

/** Node looks for a package in the folder of whoever asks, then in each folder above. */
function isLocked(path: string, name: string): boolean {
  const parents = path.split('/node_modules/').map((_, at, parts) => parts.slice(0, at + 1))
  const folders = ['', ...parents.map((parts) => parts.join('/node_modules/'))]
  return folders.some((folder) => `${folder ? `${folder}/` : ''}node_modules/${name}` in packages)
}
