/** Explains what is wrong with an interview file. `npm run interview:check -- [file]`; the format is in docs/data-formats.md. */
import { readFileSync } from 'node:fs'
import { shippedInterviewFile } from '../src/tips/filing/interview-versions.ts'
import { readInterview } from '../src/tips/interview/read-interview.ts'

const [path = shippedInterviewFile, ...others] = process.argv.slice(2)
process.exitCode = others.length > 0 ? explainUsage() : check(path)

function explainUsage(): number {
  console.error('Usage: npm run interview:check -- [file.json]')
  return 2
}

function check(file: string): number {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch {
    console.error(`The file ${file} cannot be read. Is the path right?`)
    return 2
  }
  const reading = readInterview(bytes)
  if (reading.ok) {
    const { version, id, steps } = reading.interview
    console.log(`${file} is in order: version ${version} (${id}), ${steps.length} steps.`)
    return 0
  }
  console.error(`${file} has ${reading.problems.length} problem(s).`)
  for (const { at, text } of reading.problems) console.error(`${at}: ${text}`)
  return 1
}
