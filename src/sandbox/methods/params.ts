/**
 * Parameter types of the Bot API. Every value may come as what it is or, as in forms and query
 * strings, written as text; objects and arrays then as JSON.
 */
import { z } from 'zod'

/** A file that came in a multipart body. */
export class Upload {
  readonly bytes: Uint8Array
  readonly name: string
  readonly mime: string
  constructor(bytes: Uint8Array, name: string, mime: string) {
    this.bytes = bytes
    this.name = name
    this.mime = mime
  }
}

export const integer = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^\s*-?\d+\s*$/)
      .transform(Number),
  ],
  { error: 'Integer expected' },
)

export const float = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/)
      .transform(Number),
  ],
  { error: 'Float expected' },
)

const WORDS: Record<string, boolean> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
  '': false,
}

export const boolean = z.union(
  [
    z.boolean(),
    z
      .string()
      .refine((text) => text.toLowerCase() in WORDS)
      .transform((text) => WORDS[text.toLowerCase()] ?? false),
  ],
  { error: 'Boolean expected' },
)

export const string = z.string({ error: 'String expected' })

/** An id, or `@username` of a group. */
export const chatId = z.union([z.int(), z.string().min(1)], {
  error: 'Integer or String expected',
})

export const inputFile = z.union([z.string().min(1), z.instanceof(Upload)], {
  error: 'InputFile or String expected',
})

/** An object or array, or its JSON. Keeps the schema's input type for the check against grammY. */
export function json<S extends z.ZodType>(schema: S): z.ZodType<z.output<S>, z.input<S>> {
  return z.preprocess(parseText, schema) as unknown as z.ZodType<z.output<S>, z.input<S>>
}

function parseText(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    // Stays text, which the schema refuses by its own name.
    return value
  }
}
