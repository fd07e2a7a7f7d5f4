import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'

export type LeanRequest = {
  method?: string
  headers?: Record<string, string>
  /** A stream for uploads. */
  body?: string | Readable
  signal?: Pick<AbortSignal, 'aborted' | 'addEventListener'>
  agent?: http.Agent
}

/**
 * The part of `fetch` that grammY's client uses, on Node's own HTTP. The node-fetch that grammY brings costs twice as
 * much per call, which is most of what a message costs. Follows no redirect: who answers with one would get the token
 * and the words. Asks for no compression: an answer of Telegram is a few hundred bytes.
 */
export async function leanFetch(
  url: string,
  request: LeanRequest,
): Promise<{ json: () => unknown }> {
  const text = await exchange(url, request)
  return { json: () => JSON.parse(text) }
}

function exchange(
  url: string,
  { method, headers, body, signal, agent }: LeanRequest,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http
    const call = request(url, { method, headers, agent }, (answer) => {
      if (isRedirect(answer.statusCode)) return call.destroy(new Error('Telegram never redirects'))
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve(text))
      // Cut in the middle: without a listener of its own this would be nobody's error.
      answer.on('error', reject)
    })
    call.on('error', reject)
    if (signal?.aborted) call.destroy(new Error('Given up before it began'))
    signal?.addEventListener('abort', () => call.destroy(new Error('Given up')), { once: true })
    if (body instanceof Readable) body.on('error', (error) => call.destroy(error)).pipe(call)
    else call.end(body)
  })
}

const isRedirect = (status = 0) => status >= 300 && status < 400
