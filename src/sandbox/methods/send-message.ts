import { z } from 'zod'
import { textBody } from './body.ts'
import { defineMethod } from './method.ts'
import { string } from './params.ts'
import { postMessage } from './post.ts'
import { entities, linkPreview, sendingOne } from './schemas.ts'

export const sendMessage = defineMethod({
  params: z.object({
    ...sendingOne,
    text: string,
    parse_mode: string.optional(),
    entities: entities.optional(),
    link_preview_options: linkPreview.optional(),
  }),
  handle: (context, params) =>
    postMessage(context, params, () => ({ kind: 'text', body: textBody(params) })),
})
