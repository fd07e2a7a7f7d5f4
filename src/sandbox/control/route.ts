/** How control routes are declared: a zod schema in, JSON out, refusals as `{ error }`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Parts } from '../api/dispatch.ts'
import { Misuse } from '../errors.ts'
import { findGroup, findPrivateChat, openPrivateChat } from '../world/chats.ts'
import type { Bot, Chat } from '../world/state.ts'

export type { Parts }

export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new Misuse(z.prettifyError(parsed.error))
  return parsed.data
}

/** A POST under /control whose body is checked before the handler sees it. */
export function post<S extends z.ZodType>(
  scope: FastifyInstance,
  path: string,
  schema: S,
  handle: (input: z.output<S>) => unknown,
): void {
  scope.post(path, async (request) => handle(parseInput(schema, request.body ?? {})))
}

const idParam = z.object({ id: z.coerce.number().int() })

export function idOf(request: FastifyRequest): number {
  return parseInput(idParam, request.params).id
}

export function addErrorAnswers(scope: FastifyInstance): void {
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof Misuse) return answerError(reply, error.status, error.message)
    const status = (error as { statusCode?: unknown }).statusCode
    if (typeof status === 'number' && status < 500) {
      return answerError(reply, status, error instanceof Error ? error.message : 'Bad request')
    }
    request.log.error({ err: error })
    return answerError(reply, 500, error instanceof Error ? error.message : 'Unknown error')
  })
}

function answerError(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error })
}

/** The bot that is meant when none is named: the first. */
export function getBot({ world }: Parts, botId?: number): Bot {
  const { bots } = world.state
  const bot = botId === undefined ? bots.values().next().value : bots.get(botId)
  if (!bot) throw new Misuse('There is no such bot', 404)
  return bot
}

export interface Address {
  user_id?: number
  chat_id?: number
  bot_id?: number
}

/** A group by its id, or the private chat of a person with a bot. */
export function getChatOf(parts: Parts, { user_id, chat_id, bot_id }: Address): Chat {
  const { world } = parts
  const group = chat_id !== undefined && chat_id < 0
  const id = chat_id ?? user_id ?? 0
  const chat = group
    ? findGroup(world, id)
    : (findPrivateChat(world, getBot(parts, bot_id), id) ??
      openPrivateChat(world, getBot(parts, bot_id), id, { started: false }))
  if (!chat) throw new Misuse('There is no such chat', 404)
  return chat
}
