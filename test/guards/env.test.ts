import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig, variableNames } from '../../src/config.ts'
import { root } from './source-files.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The variables of .env.example with their values and the comment line in front of each. */
const example = readExample()
/** The rows of the table in docs/configuration.md: `NAME` | default | meaning. */
const documented = [
  ...read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \|/gm),
].map(([, name = '', value = '']) => ({ name, value: value.replaceAll('`', '').trim() }))

describe('.env.example', () => {
  it('names the variables that the service reads, in the same order', () => {
    expect(example.map(({ name }) => name)).toEqual(variableNames)
  })

  it('says in one line what each is', () => {
    expect(example.filter(({ comment }) => comment === null).map(({ name }) => name)).toEqual([])
  })

  it('shows the defaults: reading it changes nothing', () => {
    const given = Object.fromEntries(example.map(({ name, value }) => [name, value]))
    expect(readConfig(given)).toEqual(readConfig({}))
  })

  it('leaves out only what has no default', () => {
    const filled = example.filter(({ value }) => value !== '')
    for (const { name, value } of filled) {
      const others = example.filter((other) => other.name !== name)
      const given = Object.fromEntries(others.map((other) => [other.name, other.value]))
      expect(readConfig(given), `${name}=${value} is its default`).toEqual(readConfig({}))
    }
  })
})

describe('docs/configuration.md', () => {
  it('has a row for each variable', () => {
    expect(documented.map(({ name }) => name)).toEqual(variableNames)
  })

  it('tells the defaults of .env.example', () => {
    const told = documented.map(({ name, value }) => ({ name, value: value === '—' ? '' : value }))
    expect(told).toEqual(example.map(({ name, value }) => ({ name, value })))
  })
})

function readExample() {
  const lines = read('.env.example').split('\n')
  return lines.flatMap((line, at) => {
    const [, name = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? []
    if (name === '') return []
    const above = lines[at - 1] ?? ''
    return { name, value, comment: above.startsWith('# ') ? above.slice(2) : null }
  })
}
