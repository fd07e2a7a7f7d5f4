/**
 * Whose voice it is likely to be: the reporter's `own`, in a voice note, or one that was `recorded`: in a recording or a
 * video, or in a voice note of somebody else that was passed on.
 */
export type VoiceOrigin = 'own' | 'recorded'
export type VoiceForm = 'changed' | 'kept'

/** What the reporter said about it. What they did not speak of is as is safest: see `formOf`. */
export type VoiceWish = { [origin in VoiceOrigin]?: VoiceForm | undefined }

export const voiceOrigins: readonly VoiceOrigin[] = ['own', 'recorded']

/** The name in the data of the buttons that change the wish. No question may have it. */
export const voiceButton = 'voice'

/** A voice note gives its speaker away; a recording may be the evidence, and is worth less when it is changed. */
const byDefault: Record<VoiceOrigin, VoiceForm> = { own: 'changed', recorded: 'kept' }

export const formOf = (wish: VoiceWish | undefined, origin: VoiceOrigin): VoiceForm =>
  wish?.[origin] ?? byDefault[origin]

/** Of what has no sound it says nothing. */
export function originOf(file: { what: string; isForwarded?: boolean | undefined }): VoiceOrigin {
  return file.what === 'voice' && !file.isForwarded ? 'own' : 'recorded'
}

/** What holds now, as texts and buttons name it: `own-changed`. */
export const nameOfWish = (wish: VoiceWish | undefined, origin: VoiceOrigin): string =>
  `${origin}-${formOf(wish, origin)}`

/** What does not hold now, to be offered. A button asks for it by name: pressed late or twice, it does what it says. */
export const nameOfOther = (wish: VoiceWish | undefined, origin: VoiceOrigin): string =>
  `${origin}-${formOf(wish, origin) === 'changed' ? 'kept' : 'changed'}`

/** What such a name asks for; null when there is no such wish. */
export function readWish(name: string): { origin: VoiceOrigin; form: VoiceForm } | null {
  const [, origin, form] = /^(own|recorded)-(changed|kept)$/.exec(name) ?? []
  return origin && form ? { origin: origin as VoiceOrigin, form: form as VoiceForm } : null
}
