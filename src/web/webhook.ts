import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

type WebhookDeps = {
  path: string
  secret: string
  /** Keeps the update. Only when it returns is Telegram told that we have it. */
  keep: (updates: unknown[]) => Promise<void>
}

/** Telegram's own limit of an update is far below; anything larger is not from Telegram. */
const bodyLimitBytes = 1024 * 1024

/** Takes updates from Telegram. Anything but a kept update answers other than 2xx, so that Telegram sends it again. */
export function registerWebhook(app: FastifyInstance, { path, secret, keep }: WebhookDeps): void {
  app.post(path, { bodyLimit: bodyLimitBytes, logLevel: 'warn' }, async (request, reply) => {
    if (!isSame(request.headers['x-telegram-bot-api-secret-token'], secret))
      return reply.code(401).send({ error: 'wrong secret' })
    await keep([request.body])
    return reply.code(200).send()
  })
}

/** In constant time: hashes have one length, so not even the length of the secret shows. */
function isSame(given: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret))
}
