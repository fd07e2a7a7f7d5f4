/** How a bot gets its updates: by asking, or at its webhook. */
import { z } from 'zod'
import { badRequest, conflict } from '../errors.ts'
import type { Bot } from '../world/state.ts'
import { dropExpired } from '../world/updates.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, inputFile, integer, json, string } from './params.ts'

const MAX_TIMEOUT_SECONDS = 50
const SECRET = /^[A-Za-z0-9_-]{1,256}$/
const DEFAULT_CONNECTIONS = 40

const allowedUpdates = json(z.array(z.string()).readonly()).optional()

/** An empty list asks for the default set; none leaves the setting as it was. */
function changeAllowed(bot: Bot, allowed: readonly string[] | undefined): void {
  if (allowed) bot.allowedUpdates = allowed.length > 0 ? [...allowed] : null
}

export const getUpdates = defineMethod({
  params: z.object({
    offset: integer.optional(),
    limit: integer.optional(),
    timeout: integer.optional(),
    allowed_updates: allowedUpdates,
  }),
  handle({ bot, delivery, hangUp }, { offset = 0, limit = 100, timeout = 0, allowed_updates }) {
    if (bot.webhook) {
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    }
    changeAllowed(bot, allowed_updates)
    const request = {
      offset,
      limit: limit < 1 || limit > 100 ? 100 : limit,
      timeoutSeconds: Math.min(Math.max(timeout, 0), MAX_TIMEOUT_SECONDS),
    }
    return delivery.poll(bot, request, hangUp())
  },
})

export const setWebhook = defineMethod({
  params: z.object({
    url: string,
    certificate: inputFile.optional(),
    ip_address: string.optional(),
    max_connections: integer.optional(),
    allowed_updates: allowedUpdates,
    drop_pending_updates: boolean.optional(),
    secret_token: string.optional(),
  }),
  missing: { url: () => badRequest('bad webhook: URL is not specified') },
  handle(context, params) {
    if (params.url === '') return removeWebhook(context, params.drop_pending_updates)
    checkUrl(params.url)
    if (params.secret_token && !SECRET.test(params.secret_token)) {
      throw badRequest('secret token contains unallowed characters')
    }
    const connections = params.max_connections ?? DEFAULT_CONNECTIONS
    changeAllowed(context.bot, params.allowed_updates)
    if (params.drop_pending_updates) context.bot.updates = []
    context.bot.webhook = {
      url: params.url,
      secretToken: params.secret_token || undefined,
      maxConnections: Math.min(Math.max(connections, 1), 100),
      ipAddress: params.ip_address,
      hasCertificate: params.certificate !== undefined,
    }
    context.delivery.terminatePoll(context.bot.user.id, 'terminated by setWebhook request')
    context.delivery.restartWebhook(context.bot)
    return true
  },
})

export const deleteWebhook = defineMethod({
  params: z.object({ drop_pending_updates: boolean.optional() }),
  handle: (context, params) => removeWebhook(context, params.drop_pending_updates),
})

function removeWebhook(context: CallContext, dropPending: boolean | undefined): true {
  if (dropPending) context.bot.updates = []
  context.bot.webhook = null
  context.delivery.restartWebhook(context.bot)
  return true
}

export const getWebhookInfo = defineMethod({
  params: z.object({}),
  handle({ world, bot }) {
    dropExpired(world, bot)
    const { webhook } = bot
    return {
      url: webhook?.url ?? '',
      has_custom_certificate: webhook?.hasCertificate ?? false,
      pending_update_count: bot.updates.length,
      ip_address: webhook?.ipAddress,
      last_error_date: webhook?.lastErrorDate,
      last_error_message: webhook?.lastErrorMessage,
      max_connections: webhook?.maxConnections,
      allowed_updates: bot.allowedUpdates ?? undefined,
    }
  },
})

/** Telegram wants HTTPS on four ports. Loopback is let through on any, for bots under test. */
function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url) throw badRequest('bad webhook: invalid URL specified')
  if (['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return
  if (url.protocol !== 'https:') {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  }
  if (!['', '443', '80', '88', '8443'].includes(url.port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
}
