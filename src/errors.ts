/**
 * A reason to stop the start that the operator can mend. `message` is one sentence for the terminal: what is wrong
 * and what to do. It never holds a secret.
 */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** ECONNRESET, P2002, an SQLSTATE: anything longer or freer is not a code and may hold what was sent. */
const plainCode = /^(?:[A-Z][A-Z0-9_]{0,63}|[0-9A-Z]{5})$/
const plainName = /^[A-Za-z]{1,64}$/

/** What is left of an unknown error for a log line: its class and code, never its message, payload or stack. */
export function describeError(error: unknown): { kind: string; code?: string } {
  if (!(error instanceof Error)) return { kind: typeof error }
  const kind = plainName.test(error.name) ? error.name : 'Error'
  const code = 'code' in error ? error.code : undefined
  return typeof code === 'string' && plainCode.test(code) ? { kind, code } : { kind }
}

/**
 * What the terminal is told when an error ends the process. Of an unexpected one only class and code; `withStack` adds
 * where it arose, without its message.
 */
export function explainEnd(error: unknown, { withStack }: { withStack: boolean }): string {
  if (error instanceof StartError) return error.message
  const { kind, code } = describeError(error)
  const what = code === undefined ? kind : `${kind} (${code})`
  if (withStack) return [`Ended by an unexpected error: ${what}`, ...placesOf(error)].join('\n')
  return `Ended by an unexpected error: ${what}. With LOG_LEVEL=debug it says where.`
}

/** `stack` begins with the message, which may have many lines; those of places have a form of their own. */
function placesOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return []
  const { stack, message } = error
  const places = message && stack.includes(message) ? stack.split(message).at(-1) : stack
  return (places ?? '').split('\n').filter((line) => /^ {4}at \S/.test(line))
}
