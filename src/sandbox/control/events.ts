/** The change feed over HTTP: a long poll, or server-sent events for browsers. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { hangUpSignal } from '../api/hang-up.ts'
import { type Parts, parseInput } from './route.ts'
import type { ChangeFeed } from './schemas.ts'
import { eventQuery } from './schemas.ts'

export function addEventRoutes(scope: FastifyInstance, parts: Parts): void {
  const { feed } = parts.world
  scope.get('/events', async (request, reply) => {
    const { since, wait_ms } = parseInput(eventQuery, request.query)
    if (request.headers.accept?.includes('text/event-stream')) {
      const last = Number(request.headers['last-event-id'])
      return stream(parts, reply, Number.isFinite(last) && last > 0 ? last : since)
    }
    const first = feed.since(since)
    if (first.lost || first.events.length > 0 || wait_ms === 0) return first
    return waitForChange(parts, since, wait_ms, hangUpSignal(reply))
  })
}

function waitForChange(
  { world, closing }: Parts,
  since: number,
  waitMs: number,
  hangUp: AbortSignal,
): Promise<ChangeFeed> {
  return new Promise((resolve) => {
    const stop = world.feed.listen(done)
    const timer = setTimeout(done, waitMs)
    hangUp.addEventListener('abort', done, { once: true })
    closing.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      stop()
      hangUp.removeEventListener('abort', done)
      closing.removeEventListener('abort', done)
      resolve(world.feed.since(since))
    }
  })
}

function stream({ world, closing }: Parts, reply: FastifyReply, since: number): FastifyReply {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  let seen = since
  const push = () => {
    const changes = world.feed.since(seen)
    seen = changes.seq
    raw.write(`id: ${changes.seq}\ndata: ${JSON.stringify(changes)}\n\n`)
  }
  push()
  const stop = world.feed.listen(push)
  const end = () => raw.end()
  closing.addEventListener('abort', end, { once: true })
  raw.on('close', () => {
    stop()
    closing.removeEventListener('abort', end)
  })
  return reply
}
