import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { defineMethod } from './method.ts'
import { string } from './params.ts'

/** Telegram's servers hand bots nothing larger. */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024

export const getFile = defineMethod({
  params: z.object({ file_id: string.min(1) }),
  handle({ world }, { file_id }) {
    const file = world.state.files.get(file_id)
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
    if (file.size > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big')
    return {
      file_id: file.id,
      file_unique_id: file.uniqueId,
      file_size: file.size,
      file_path: file.path,
    }
  },
})
