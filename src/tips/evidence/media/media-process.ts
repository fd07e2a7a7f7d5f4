import process from 'node:process'
import type { RemuxRequest } from './media-outcome.ts'
import { remuxMedia } from './remux-media.ts'

/**
 * Started by run-media-process.ts for one file, and ended by it when the answer has arrived. It must not end by
 * itself: what is still on its way would be cut off.
 */
process.on('message', async (request: RemuxRequest) => {
  process.send?.(await remuxMedia(request))
})
