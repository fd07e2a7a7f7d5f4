import type { Api } from 'grammy'
import { allowedUpdates, type UpdateSource } from './polling.ts'

/** Where Telegram sends updates to; the secret comes in a header, so that no log of addresses gives it away. */
export const webhookPath = '/telegram/webhook'

/** Tells Telegram where to send updates. Not taken back on stop: what comes meanwhile waits at Telegram. */
export function createWebhook(deps: { api: Api; publicUrl: string; secret: string }): UpdateSource {
  let problem: string | null = 'not started'
  return {
    start: async () => {
      await deps.api.setWebhook(`${deps.publicUrl}${webhookPath}`, {
        secret_token: deps.secret,
        allowed_updates: [...allowedUpdates],
      })
      problem = null
    },
    stop: async () => {},
    problem: () => problem,
  }
}
