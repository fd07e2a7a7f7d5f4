import { isMainThread, workerData } from 'node:worker_threads'

const lookEveryMs = 20

/**
 * Run as a thread: ends the whole process when it takes more memory than `workerData` bytes. In a thread, because the
 * main one does not look up from a hostile file; from within, because no other limit on what native code takes works on
 * every system.
 */
if (!isMainThread && typeof workerData === 'number')
  setInterval(() => {
    if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL')
  }, lookEveryMs)
