import type { InputFile } from 'grammy'
import type { ApiMethods } from 'grammy/types'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { createMethodIndex, methods } from '../../src/sandbox/methods/table.ts'

type Table = typeof methods
type Name = keyof Table & keyof ApiMethods

/** On the wire a file is `attach://name`, and lists are not read-only. */
type Wire<T> = T extends InputFile
  ? string
  : T extends (infer Item)[]
    ? Wire<Item>[]
    : T extends readonly (infer Item)[]
      ? readonly Wire<Item>[]
      : T extends object
        ? { [Key in keyof T]: Wire<T[Key]> }
        : T

type Params<M extends Name> = NonNullable<Parameters<ApiMethods[M]>[0]>
type Sent<M extends Name> =
  Parameters<ApiMethods[M]> extends [] ? Record<string, never> : Wire<Params<M>>
type Taken<M extends Name> = z.input<Table[M]['params']>

/** Methods that do not take every value grammY may send; must stay empty. */
type Refusing = {
  [M in Name]: Sent<M> extends Taken<M> ? never : M
}[Name]
/** Parameters grammY can send and the schema does not know; must stay empty. */
type Unknown = {
  [M in Name]: Exclude<keyof Sent<M>, keyof Taken<M>> extends never
    ? never
    : [M, Exclude<keyof Sent<M>, keyof Taken<M>>]
}[Name]
type NotTelegram = Exclude<keyof Table, keyof ApiMethods>

const refusing: [Refusing] extends [never] ? 'none' : Refusing = 'none'
const unknown: [Unknown] extends [never] ? 'none' : Unknown = 'none'
const notTelegram: [NotTelegram] extends [never] ? 'none' : NotTelegram = 'none'

test('takes every parameter that grammY can send, by the compiler', () => {
  expect([refusing, unknown, notTelegram]).toEqual(['none', 'none', 'none'])
})

test('finds methods whatever their case', () => {
  const index = createMethodIndex()
  expect(index.size).toBe(Object.keys(methods).length)
  expect(index.get('sendmessage')?.name).toBe('sendMessage')
})
