import { expect, it } from 'vitest'
import { readSourceFiles } from './source-files.ts'

/** A test that has another's name hides it in every report, and often is a copy that was meant to be changed. */
it('no two tests of a file have the same name', () => {
  const doubles = readSourceFiles('test').flatMap(({ path, text }) => {
    const names = listTestNames(text)
    return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${path}: ${name}`)
  })
  expect(doubles).toEqual([])
})

/** "describe > describe > test": the formatter indents by nesting, so a line's indent tells what it belongs to. */
function listTestNames(text: string): string[] {
  const open: { indent: number; name: string }[] = []
  const pattern = /^( *)(describe|it|test)(?:\.\w+(?:\([^\n]*\))?)*\(\s*(['"`])(.*?)\3/gm
  return [...text.matchAll(pattern)].flatMap(([, spaces = '', kind, , name = '']) => {
    while ((open.at(-1)?.indent ?? -1) >= spaces.length) open.pop()
    const path = [...open.map((block) => block.name), name].join(' > ')
    if (kind !== 'describe') return [path]
    open.push({ indent: spaces.length, name })
    return []
  })
}
