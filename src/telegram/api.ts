import http from 'node:http'
import https from 'node:https'
import { Api, type ApiClientOptions } from 'grammy'
import { type LeanRequest, leanFetch } from './lean-fetch.ts'

/** Without an answer for this long a call is given up; a long poll waits this much longer than Telegram holds it. */
const callTimeoutSeconds = 20

export type ApiOptions = {
  token: string
  root: string
  proxy?: string | undefined
  /** How long Telegram may hold a call open: for getUpdates. */
  holdSeconds?: number
}

/** The Bot API of one token. */
export function createApi(options: ApiOptions): Api {
  return new Api(options.token, toClientOptions(options))
}

/**
 * No retries here: what a failure means is decided in one place, and a library that retries by itself hides a double.
 */
export function toClientOptions({ root, proxy, holdSeconds = 0 }: ApiOptions): ApiClientOptions {
  const agent = proxy ? createProxyAgent(proxy) : createDirectAgent(root)
  return {
    apiRoot: root,
    timeoutSeconds: callTimeoutSeconds + holdSeconds,
    sensitiveLogs: false,
    fetch: ((url: string, request: LeanRequest) =>
      leanFetch(url, { ...request, agent })) as unknown as ApiClientOptions['fetch'],
  }
}

/** Connections stay open: to make one takes longer than a call. */
function createDirectAgent(root: string): http.Agent {
  const { Agent } = root.startsWith('https:') ? https : http
  return new Agent({ keepAlive: true })
}

export function createProxyAgent(proxy: string): https.Agent {
  return new https.Agent({ keepAlive: true, proxyEnv: { HTTPS_PROXY: proxy } })
}

/** The bot's own id is the part of its token before the colon: needed before Telegram first answers. */
export function botIdOf(token: string): string {
  return token.split(':', 1)[0] ?? ''
}
