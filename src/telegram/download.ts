import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { type Api, GrammyError } from 'grammy'
import { evidenceMaxBytes } from '../tips/evidence/evidence.ts'
import type { Download } from '../tips/evidence/fetch-evidence.ts'
import { type ApiOptions, createProxyAgent } from './api.ts'

const downloadMs = 60_000

/** Fetches a file by its id. The address holds the token, so nothing of it leaves this file, not even in an error. */
export function createDownload({ api, options }: { api: Api; options: ApiOptions }): Download {
  return async (fileId) => {
    try {
      const { file_path: path } = await api.getFile(fileId)
      if (path === undefined) return unavailable(true)
      return await fetchFile(options, `${options.root}/file/bot${options.token}/${path}`)
    } catch (error) {
      return explain(error)
    }
  }
}

async function fetchFile(
  { proxy }: ApiOptions,
  address: string,
): Promise<Awaited<ReturnType<Download>>> {
  const answer = await open(address, proxy)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    size += chunk.length
    // Leaving the loop closes the connection.
    if (size > evidenceMaxBytes) return { ok: false, reason: 'too-big', isFinal: true }
    chunks.push(chunk)
  }
  return answer.statusCode === 200 ? { ok: true, bytes: Buffer.concat(chunks) } : unavailable(false)
}

/** Not fetch(): that takes no agent, and Telegram may be reached through the proxy alone. */
function open(address: string, proxy: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(downloadMs)
    const request = address.startsWith('https:')
      ? getSecure(address, { signal, ...(proxy ? { agent: createProxyAgent(proxy) } : {}) })
      : getPlain(address, { signal })
    request.on('response', resolve).on('error', reject)
  })
}

function explain(error: unknown): Awaited<ReturnType<Download>> {
  if (!(error instanceof GrammyError) || error.error_code !== 400) return unavailable(false)
  if (/file is too big/.test(error.description))
    return { ok: false, reason: 'too-big', isFinal: true }
  // Telegram has hiccups under this name: worth asking again some times.
  return unavailable(!/temporarily unavailable/.test(error.description))
}

function unavailable(isFinal: boolean): Awaited<ReturnType<Download>> {
  return { ok: false, reason: 'unavailable', isFinal }
}
