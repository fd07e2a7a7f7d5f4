/** The switches of the test bed: clock, limits, faults, log, snapshot, reset. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Misuse } from '../errors.ts'
import { commandsFor, inLanguage } from '../world/commands.ts'
import { createBot, findUser } from '../world/people.ts'
import { getBot, getChatOf, idOf, type Parts, parseInput, post } from './route.ts'
import {
  advanceClock,
  type CommandMenu,
  changeLimits,
  commandQuery,
  fault,
  logQuery,
} from './schemas.ts'

const counterQuery = z.object({ chat_id: z.coerce.number().int().optional() })

export function addBenchRoutes(scope: FastifyInstance, parts: Parts): void {
  const { world, settings, limiter, faults, journal, delivery } = parts
  const clock = () => ({
    now_ms: world.nowMs(),
    controllable: settings.advanceClock !== undefined,
  })
  scope.get('/clock', async () => clock())
  post(scope, '/clock', advanceClock, ({ advance_ms }) => {
    if (!settings.advanceClock) throw new Misuse('This clock cannot be set', 409)
    settings.advanceClock(advance_ms)
    return clock()
  })

  scope.get('/limits', async () => limiter.limits)
  scope.patch('/limits', async (request) => {
    Object.assign(limiter.limits, parseInput(changeLimits, request.body))
    return limiter.limits
  })
  scope.get('/violations', async () => limiter.violations)
  scope.delete('/violations', async () => {
    limiter.resetViolations()
    return limiter.violations
  })

  scope.get('/faults', async () => faults.list())
  post(scope, '/faults', fault, (given) => faults.add(given))
  scope.delete('/faults', async () => {
    faults.clear()
    return faults.list()
  })
  scope.delete('/faults/:id', async (request) => {
    if (!faults.remove(idOf(request))) throw new Misuse('There is no such fault', 404)
    return faults.list()
  })

  scope.get('/log', async (request) => journal.read(parseInput(logQuery, request.query)))
  scope.get('/counters', async (request) =>
    journal.counters(parseInput(counterQuery, request.query).chat_id),
  )
  scope.delete('/log', async () => {
    journal.clear()
    return {}
  })

  scope.get('/snapshot', async () => world.snapshot())
  scope.post('/reset', async () => {
    for (const bot of world.state.bots.values()) {
      bot.webhook = null
      delivery.restartWebhook(bot)
      delivery.terminatePoll(bot.user.id, 'terminated by other getUpdates request')
    }
    world.reset()
    if (settings.bot) createBot(world, settings.bot)
    faults.clear()
    limiter.clear()
    Object.assign(limiter.limits, settings.limits)
    journal.clear()
    return {}
  })

  scope.get('/chats/:id/commands', async (request) => commandMenu(parts, request))
}

function commandMenu(parts: Parts, request: Parameters<typeof idOf>[0]): CommandMenu {
  const { user_id, bot_id } = parseInput(commandQuery, request.query)
  const bot = getBot(parts, bot_id)
  const chat = getChatOf(parts, { chat_id: idOf(request), bot_id })
  const language = findUser(parts.world, user_id)?.language_code
  const own = chat.type === 'private' ? bot.menuButtons.get(chat.id) : undefined
  const button = own ?? bot.menuButtons.get('default')
  return {
    commands: commandsFor(bot, chat, { id: user_id, language }),
    menu_button: { ...button, type: typeof button?.type === 'string' ? button.type : 'default' },
    description: inLanguage(bot.descriptions, language),
  }
}
