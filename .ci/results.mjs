// What vitest's JSON reporter wrote. Plain JavaScript, because it must be read even when the installation failed and only
// the machine's own Node is there.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The test files of a step, each as its last try left it, with the number of its tries. */
export function readResults(folder, step) {
  const files = new Map()
  for (let number = 1; existsSync(pathOf(folder, step, number)); number += 1)
    for (const { name, status, assertionResults } of read(pathOf(folder, step, number)))
      files.set(name, {
        path: relative(process.cwd(), name),
        tries: (files.get(name)?.tries ?? 0) + 1,
        isFailed: status !== 'passed',
        tests: assertionResults,
      })
  return [...files.values()]
}

function pathOf(folder, step, number) {
  return join(folder, `${step}.${number}.json`)
}

/** A run that crashed may leave half a file; the step is marked as failed then. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).testResults
  } catch {
    return []
  }
}
