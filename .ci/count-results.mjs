// Adds up the results of several test runs, for .ci/run.
import { readdirSync } from 'node:fs'
import { readResults } from './results.mjs'

const [folder = '.'] = process.argv.slice(2)
const left = readdirSync(folder)
const steps = [...new Set(left.map((file) => file.replace(/\..*$/, '')))]
const counts = steps.map(countOf)
const sum = (what) => counts.reduce((total, count) => total + count[what], 0)
for (const step of steps)
  for (const { path, tries } of readResults(folder, step))
    if (tries > 1) console.log(`${step}: ${path} was run ${tries} times`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1

/** At least one failure when the step failed: a run can crash after its last test, or before its first. */
function countOf(step) {
  const tests = readResults(folder, step).flatMap((file) => file.tests)
  const count = (status) => tests.filter((test) => test.status === status).length
  const isFailed = left.includes(`${step}.failed`)
  return { passed: count('passed'), failed: Math.max(count('failed'), isFailed ? 1 : 0) }
}
