import type { FastifyReply } from 'fastify'

/**
 * Aborted when the caller goes away. Fastify's own `request.signal` is not used: it already fires
 * when the body of a POST has been read.
 */
export function hangUpSignal(reply: FastifyReply): AbortSignal {
  const aborter = new AbortController()
  if (reply.raw.destroyed) aborter.abort()
  else reply.raw.once('close', () => aborter.abort())
  return aborter.signal
}
