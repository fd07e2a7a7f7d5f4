import { memoryUsage } from 'node:process'

/** What this thread alone takes, in bytes: `rss` would count the other test files that run beside it. */
export function ownMemory(): number {
  const { heapUsed, external } = memoryUsage()
  return heapUsed + external
}
