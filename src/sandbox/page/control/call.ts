/** Calls to the stand-in's people API, beside which this page is served. */
import type { ControlError } from '../../control/schemas.ts'

export type Query = Record<string, string | number | undefined>

/** `unreachable`: no answer at all. `refused`: the stand-in said no, and why. */
export class CallFailure extends Error {
  readonly kind: 'unreachable' | 'refused'

  constructor(kind: 'unreachable' | 'refused', reason: string) {
    super(reason)
    this.name = 'CallFailure'
    this.kind = kind
  }
}

export function read<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return call<T>(address(path, query), { signal })
}

export function act<T>(path: string, body: unknown): Promise<T> {
  return change<T>('POST', path, body)
}

export function change<T>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const headers = body === undefined ? undefined : { 'content-type': 'application/json' }
  return call<T>(address(path), { method, headers, body: JSON.stringify(body) })
}

export function fileAddress(fileId: string): string {
  return address(`files/${encodeURIComponent(fileId)}`)
}

/** Relative to the document, because a reverse proxy may serve the page under a path of its own. */
function address(path: string, query: Query = {}): string {
  const url = new URL(`sandbox/control/${path}`, document.baseURI)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.href
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(url, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new CallFailure('unreachable', String(cause))
  }
  // A proxy in front answers 502 to 504 when the service behind it is gone.
  if (answer.status >= 502 && answer.status <= 504) {
    throw new CallFailure('unreachable', `HTTP ${answer.status}`)
  }
  if (!answer.ok) throw new CallFailure('refused', await reasonOf(answer))
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T)
}

async function reasonOf(answer: Response): Promise<string> {
  try {
    const { error } = (await answer.json()) as ControlError
    return error || `HTTP ${answer.status}`
  } catch {
    return `HTTP ${answer.status}`
  }
}
