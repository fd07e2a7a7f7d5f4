import process from 'node:process'
import { Worker } from 'node:worker_threads'
import { cleanFile } from './clean-file.ts'

/** The only message that the process gets. */
export type CleaningRequest = { bytes: Uint8Array; maxMemoryBytes: number }

/** Started by clean-apart.ts for one file, and ended by it when the answer has arrived. */
process.on('message', async ({ bytes, maxMemoryBytes }: CleaningRequest) => {
  const watch = new URL('memory-watch.ts', import.meta.url)
  new Worker(watch, { workerData: maxMemoryBytes }).unref()
  process.send?.(await cleanFile(bytes))
})
