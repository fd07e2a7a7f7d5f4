/** The routes of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { badRequest, notFound, Refusal, unauthorized } from '../errors.ts'
import { findFileByPath } from '../world/files.ts'
import { addBodyParsers, MAX_UPLOAD_BYTES, type Parameters, readParameters } from './body.ts'
import { type Answer, answerCall, findBot, type Parts, refuse } from './dispatch.ts'
import { hangUpSignal } from './hang-up.ts'

type CallRequest = FastifyRequest<{ Params: { token: string; method: string } }>
type FileRequest = FastifyRequest<{ Params: { token: string; '*': string } }>

export function addBotRoutes(scope: FastifyInstance, parts: Parts): void {
  addBodyParsers(scope)
  scope.setErrorHandler((error, request, reply) => {
    request.log.debug({ err: error })
    send(reply, refuse(error instanceof Refusal ? error : transportRefusal(error)))
  })
  scope.setNotFoundHandler((_request, reply) => {
    send(reply, refuse(notFound()))
  })

  scope.route({
    method: ['GET', 'POST'],
    url: '/bot:token/:method',
    bodyLimit: MAX_UPLOAD_BYTES + 1024 * 1024,
    handler(request: CallRequest, reply) {
      const read = readParameters(request)
      if (read instanceof Promise) {
        return read.then((parameters) => answer(request, reply, parameters))
      }
      return answer(request, reply, read)
    },
  })

  scope.get('/file/bot:token/*', (request: FileRequest, reply) => {
    const bot = findBot(parts, request.params.token)
    if (!bot) return send(reply, refuse(unauthorized()))
    const file = findFileByPath(parts.world, request.params['*'])
    if (!file) return send(reply, refuse(notFound()))
    return reply.type('application/octet-stream').send(Buffer.from(file.bytes))
  })

  function answer(request: CallRequest, reply: FastifyReply, { params, uploads }: Parameters) {
    const { token, method } = request.params
    const hangUp = () => hangUpSignal(reply)
    const answered = answerCall(parts, { token, method, params, uploads, hangUp })
    if (answered instanceof Promise) return answered.then((late) => send(reply, late))
    return send(reply, answered)
  }
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.kind === 'cut') {
    reply.hijack()
    reply.raw.socket?.destroy()
    return reply
  }
  reply.code(answer.status).header('content-type', answer.type)
  if (answer.retryAfter !== undefined) reply.header('retry-after', String(answer.retryAfter))
  return reply.send(answer.body)
}

/** For calls that never reached a method. */
function transportRefusal(error: unknown): Refusal {
  const status = (error as { statusCode?: unknown }).statusCode
  if (status === 413) return new Refusal(413, 'Request Entity Too Large')
  if (typeof status === 'number' && status < 500) return badRequest('invalid request')
  return new Refusal(500, 'Internal Server Error')
}
