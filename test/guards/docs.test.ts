import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './source-files.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'src/README.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/** What every page has of a pattern's first group, as "page: what". */
function findAll(pattern: RegExp, isWrong: (found: string, page: string) => boolean): string[] {
  return pages.flatMap((page) =>
    [...read(page).matchAll(pattern)]
      .map(([, found = '']) => found)
      .filter((found) => isWrong(found, page))
      .map((found) => `${page}: ${found}`),
  )
}

describe('the pages', () => {
  it('name commands that exist', () => {
    expect(findAll(/npm run ([\w:-]+)/g, (name) => !(name in scripts))).toEqual([])
  })

  it('link to what is there', () => {
    const isMissing = (link: string, page: string) =>
      !/^(https?:|#)/.test(link) && !existsSync(join(root, dirname(page), link.split('#')[0] ?? ''))
    expect(findAll(/\]\(([^)\s]+)\)/g, isMissing)).toEqual([])
  })

  it('name files that are there', () => {
    const path = /`((?:src|test|docs|prisma|locales|scripts)\/[\w./-]+)`/g
    expect(findAll(path, (name) => !existsSync(join(root, name)))).toEqual([])
  })
})

it('every command of package.json has its file', () => {
  const files = Object.values(scripts).flatMap(
    (line) => line.match(/\b(src|scripts)\/\S+\.ts/g) ?? [],
  )
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})
