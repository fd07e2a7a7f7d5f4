import { type ChildProcess, fork } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const heapMegabytes = 384

export type ApartProgram = {
  /** The file that it runs. It answers one message and must not end by itself: what is on its way would be cut off. */
  entry: string
  /** What it may do besides reading the program, as options of Node. */
  rights?: readonly string[]
  /** Bytes that it may reserve, where the system has prlimit; one without, such as a Mac, has the other limits only. */
  maxReservedBytes?: number
}

/** It can read the program, and nothing else: write no file, start no process, reach no network. */
const nodeOptions = () => [
  '--permission',
  `--allow-fs-read=${root}src/*`,
  `--allow-fs-read=${root}node_modules/*`,
  // Where the packages really lie: Node asks for that, and without it every file would be held back.
  `--allow-fs-read=${realpathSync(`${root}node_modules`)}/*`,
  `--allow-fs-read=${root}package.json`,
  `--max-old-space-size=${heapMegabytes}`,
  '--no-warnings',
]

/**
 * Hands a stranger's file to a process of its own, which gets the request and nothing else: no key, no environment, no
 * network, no files but the code, no time beyond `signal`. `null` when it was ended for its time, its memory or a
 * fault. Throws when it cannot be started at all, which is not the file's fault.
 */
export async function runApart<Answer>(
  { entry, rights = [], maxReservedBytes }: ApartProgram,
  request: object,
  signal: AbortSignal,
): Promise<Answer | null> {
  const options = [...nodeOptions(), ...rights]
  const begin = (execPath: string, execArgv: string[]) =>
    attempt<Answer>({ entry, execPath, execArgv }, request, signal)
  if (maxReservedBytes !== undefined) {
    const limits = [`--data=${maxReservedBytes}`, '--core=0', process.execPath]
    const limited = await begin('prlimit', [...limits, ...options])
    if (limited !== 'not-found') return limited
  }
  const plain = await begin(process.execPath, options)
  if (plain === 'not-found') throw new Error('cannot start a process for a file')
  return plain
}

type Start = { entry: string; execPath: string; execArgv: string[] }

function attempt<Answer>(
  { entry, execPath, execArgv }: Start,
  request: object,
  signal: AbortSignal,
): Promise<Answer | null | 'not-found'> {
  if (signal.aborted) return Promise.resolve(null)
  const child = fork(entry, {
    execPath,
    execArgv,
    // Nothing of what the service was told, neither token nor the way to the keys.
    env: {},
    serialization: 'advanced',
    // What it prints may quote the file, so that nobody hears it.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    const end = () => child.kill('SIGKILL')
    signal.addEventListener('abort', end, { once: true })
    const settle = (answer: Answer | null | 'not-found') => {
      signal.removeEventListener('abort', end)
      end()
      resolve(answer)
    }
    child.once('message', (message) => settle(message as Answer))
    child.once('exit', () => settle(null))
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? settle('not-found') : reject(error),
    )
    send(child, request)
  })
}

/** One that has ended before it was asked has its own event. */
function send(child: ChildProcess, request: object): void {
  if (child.connected) child.send(request, () => {})
}
