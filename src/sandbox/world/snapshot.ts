/** Writes the state down as plain JSON and reads it back. */
import { createState, type WorldState } from './state.ts'

const FORMAT = 1

export interface Snapshot {
  format: number
  state: unknown
}

export function encodeSnapshot(state: WorldState): Snapshot {
  return { format: FORMAT, state: encode(state) }
}

export function decodeSnapshot(snapshot: Snapshot): WorldState {
  if (snapshot.format !== FORMAT) {
    throw new Error(`A snapshot of format ${snapshot.format} cannot be read, expected ${FORMAT}`)
  }
  return Object.assign(createState(), decode(snapshot.state))
}

function encode(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (value instanceof Map) {
    return { $map: [...value].map(([key, entry]) => [key, encode(entry)]) }
  }
  if (Array.isArray(value)) return value.map(encode)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encode(entry)]))
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (typeof value !== 'object' || value === null) return value
  if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'))
  if ('$map' in value && Array.isArray(value.$map)) {
    return new Map(value.$map.map(([key, entry]: [unknown, unknown]) => [key, decode(entry)]))
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, decode(entry)]))
}
