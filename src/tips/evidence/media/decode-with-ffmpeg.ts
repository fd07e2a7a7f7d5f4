import { spawn } from 'node:child_process'
import type { Bytes, UndecodedSound } from './media-outcome.ts'

/** Forty minutes of sound. */
const maxBytes = 120 * 1024 * 1024
const cpuSeconds = 60
const maxData = 512 * 1024 * 1024
/** Where systems and package managers put programs; the service's own path is not passed on. */
const path = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin'

/** From one pipe to another, one track of sound, one channel, samples as numbers. It may open nothing else. */
const listOptions = (format: string) => [
  ...['-nostdin', '-hide_banner', '-loglevel', 'quiet', '-protocol_whitelist', 'pipe'],
  ...['-f', format, '-i', 'pipe:0', '-map', '0:a:0', '-map_metadata', '-1', '-threads', '1'],
  ...['-ac', '1', '-ar', '24000', '-c:a', 'pcm_s16le', '-bitexact', '-f', 'wav', 'pipe:1'],
]

/** The same sound as WAV, if the system has ffmpeg and ffmpeg can; else null. */
export async function decodeWithFfmpeg(
  { format, bytes }: UndecodedSound,
  signal: AbortSignal,
  searchPath = path,
): Promise<Bytes | null> {
  const limits = [`--data=${maxData}`, `--cpu=${cpuSeconds}`, '--core=0', 'ffmpeg']
  const options = listOptions(format)
  const limited = await attempt('prlimit', [...limits, ...options], bytes, signal, searchPath)
  const wav =
    limited === 'not-found' ? await attempt('ffmpeg', options, bytes, signal, searchPath) : limited
  return wav === 'not-found' || wav === null ? null : withLength(wav)
}

function attempt(
  program: string,
  args: string[],
  input: Bytes,
  signal: AbortSignal,
  searchPath: string,
): Promise<Bytes | null | 'not-found'> {
  return new Promise((resolve) => {
    const stdio = ['pipe', 'pipe', 'ignore'] as const
    const env = { PATH: searchPath }
    const child = spawn(program, args, { env, signal, killSignal: 'SIGKILL', stdio: [...stdio] })
    const pieces: Buffer[] = []
    let size = 0
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? 'not-found' : null),
    )
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > maxBytes) child.kill('SIGKILL')
      else pieces.push(piece)
    })
    child.once('close', (code) =>
      resolve(code === 0 && size > 0 ? new Uint8Array(Buffer.concat(pieces)) : null),
    )
    // It may close the pipe before it has read everything; what counts is how it ends.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** Into a pipe ffmpeg cannot write how long the sound is, and leaves a size that is too large. */
function withLength(wav: Bytes): Bytes | null {
  const view = Buffer.from(wav.buffer, wav.byteOffset, wav.length)
  const data = view.indexOf('data', 12, 'latin1')
  if (data < 0 || data + 8 > view.length) return null
  view.writeUInt32LE(view.length - 8, 4)
  view.writeUInt32LE(view.length - data - 8, data + 4)
  return wav
}
