/** Text and captions with their length limits, counted in UTF-16 units after parsing. */
import { badRequest } from '../errors.ts'
import { formatText } from '../text/format.ts'
import type { Entity, MessageBody } from '../world/wire.ts'

const MAX_TEXT = 4096
const MAX_CAPTION = 1024

export function textBody(params: {
  text: string
  parse_mode?: string
  entities?: Entity[]
  link_preview_options?: Record<string, unknown>
}): MessageBody {
  const { text, entities } = formatText(params.text, params.parse_mode, params.entities)
  if (text === '') throw badRequest('message text is empty')
  if (text.length > MAX_TEXT) throw badRequest('message is too long')
  const body: MessageBody = { text }
  if (entities.length > 0) body.entities = entities
  if (params.link_preview_options) body.link_preview_options = params.link_preview_options
  return body
}

export function captionBody(params: {
  caption?: string
  parse_mode?: string
  caption_entities?: Entity[]
  show_caption_above_media?: boolean
}): MessageBody {
  if (!params.caption) return {}
  const { text, entities } = formatText(params.caption, params.parse_mode, params.caption_entities)
  if (text.length > MAX_CAPTION) throw badRequest('message caption is too long')
  const body: MessageBody = { caption: text }
  if (entities.length > 0) body.caption_entities = entities
  if (params.show_caption_above_media) body.show_caption_above_media = true
  return body
}
