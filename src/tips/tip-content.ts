import { type Keyring, openJson, sealJson } from '../lib/keyring.ts'
import type { Language } from '../messages/messages.ts'
import type { Draft } from './interview/draft.ts'
import type { RoutingEntry } from './tip.ts'

/** What a tip says, and what was wished of its voices: the answers and nothing about who gave them. Sealed with the tip's own key. */
export type TipContent = Pick<Draft, 'interview' | 'answers' | 'files' | 'voice'>

/** What the vault keeps: how to reach the reporter, and in which language. */
export type ReporterContent = { chatId: number; language: Language }

/** @throws when the tip was shredded. */
export function openTipContent(
  keyring: Keyring,
  tip: { dataKey: Uint8Array | null; sealed: Uint8Array | null },
): TipContent {
  if (!tip.dataKey || !tip.sealed) throw new Error('This tip was shredded')
  return openJson<TipContent>(keyring.openDataKey(tip.dataKey), tip.sealed)
}

type Shreddable = { dataKey: Uint8Array | null }

/** Every routing decision so far, oldest first. Sealed with the tip: a reason may tell whom the tip accuses. */
export function openRouting(
  keyring: Keyring,
  tip: Shreddable & { routing: Uint8Array | null },
): RoutingEntry[] {
  if (!tip.dataKey || !tip.routing) return []
  return openJson<RoutingEntry[]>(keyring.openDataKey(tip.dataKey), tip.routing)
}

/** @throws when the tip was shredded. */
export function sealRouting(keyring: Keyring, tip: Shreddable, routing: RoutingEntry[]) {
  if (!tip.dataKey) throw new Error('This tip was shredded')
  return sealJson(keyring.openDataKey(tip.dataKey), routing)
}

/** For whatever else is said about a tip: it goes with the tip's key. @throws when the tip was shredded. */
export function sealWithTip(keyring: Keyring, tip: Shreddable, value: unknown) {
  if (!tip.dataKey) throw new Error('This tip was shredded')
  return sealJson(keyring.openDataKey(tip.dataKey), value)
}

/** @throws when the tip was shredded. */
export function openWithTip<T>(keyring: Keyring, tip: Shreddable, sealed: Uint8Array): T {
  if (!tip.dataKey) throw new Error('This tip was shredded')
  return openJson<T>(keyring.openDataKey(tip.dataKey), sealed)
}

const vault = (keyring: Keyring) => keyring.sealer('reporter')

export const sealReporter = (keyring: Keyring, reporter: ReporterContent) =>
  sealJson(vault(keyring), reporter)

export const openReporter = (keyring: Keyring, sealed: Uint8Array) =>
  openJson<ReporterContent>(vault(keyring), sealed)
