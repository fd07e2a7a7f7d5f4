/** Bodies in every form Telegram takes, brought into one: parameters and uploaded files. */
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { badRequest } from '../errors.ts'
import { Upload } from '../methods/params.ts'

export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024

export interface Parameters {
  params: Record<string, unknown>
  uploads: ReadonlyMap<string, Upload>
  /** The same in the order they came; several may share a field. */
  files: readonly { field: string; upload: Upload }[]
}

const NO_FILES: Parameters['files'] = []
const NO_UPLOADS: ReadonlyMap<string, Upload> = new Map()

/** Parsers that refuse with Telegram's words instead of Fastify's. */
export function addBodyParsers(scope: FastifyInstance): void {
  scope.removeContentTypeParser(['application/json', 'text/plain'])
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)))
    } catch {
      done(badRequest("can't parse JSON object"), undefined)
    }
  })
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  // Whatever else comes is a call without a body.
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, {}))
}

export function readParameters(request: FastifyRequest): Parameters | Promise<Parameters> {
  if (request.isMultipart()) return readMultipart(request)
  const { query, body } = request
  const isPlain = typeof body === 'object' && body !== null && !Array.isArray(body)
  const fromBody = isPlain ? (body as Record<string, unknown>) : {}
  const fromQuery = query as Record<string, unknown>
  for (const _ in fromQuery)
    return { params: { ...fromQuery, ...fromBody }, uploads: NO_UPLOADS, files: NO_FILES }
  return { params: fromBody, uploads: NO_UPLOADS, files: NO_FILES }
}

async function readMultipart(request: FastifyRequest): Promise<Parameters> {
  const params: Record<string, unknown> = { ...(request.query as Record<string, unknown>) }
  const uploads = new Map<string, Upload>()
  const files: { field: string; upload: Upload }[] = []
  for await (const part of request.parts()) {
    if (isFile(part)) {
      const upload = new Upload(await part.toBuffer(), part.filename, part.mimetype)
      uploads.set(part.fieldname, upload)
      files.push({ field: part.fieldname, upload })
      params[part.fieldname] = upload
    } else params[part.fieldname] = part.value
  }
  return { params, uploads, files }
}

function isFile(part: MultipartFile | MultipartValue): part is MultipartFile {
  return part.type === 'file'
}
