// Prints the test files that failed in a step so far, for .ci/run; nothing when so many failed that it is no accident.
import { readResults } from './results.mjs'

const most = 5
const [folder = '.', step = ''] = process.argv.slice(2)
const files = readResults(folder, step).filter(({ isFailed }) => isFailed)
if (files.length <= most) console.log(files.map(({ path }) => path).join('\n'))
