import { SoundTouch } from '@soundtouchjs/core'
import type { Sound } from './decode-sound.ts'

/** Semitones. Less leaves a voice known to its neighbours, more makes it hard to understand. */
const leastShift = 3.5
const mostShift = 5.5
const drift = 0.9
/** Seconds. The shift takes another small step at each. */
const stepSeconds = 0.25
const stepSemitones = 0.3
/** Seconds of silence that push the last sound out of the machinery. */
const flushSeconds = 0.5

/**
 * Another pitch, with the formants along: a new one for each file, up or down, that wanders while the voice speaks. A
 * constant shift could be turned back by anybody. This one makes it harder and not impossible: it is a disguise and
 * no anonymity. `random` gives numbers from 0 to 1.
 */
export function disguiseVoice({ sampleRate, pieces }: Sound, random: () => number): Sound {
  return { sampleRate, pieces: shiftPitch(pieces, sampleRate, random) }
}

async function* shiftPitch(pieces: Sound['pieces'], sampleRate: number, random: () => number) {
  const machine = new SoundTouch({ sampleRate })
  const pitch = openPitch(random)
  const stepFrames = Math.round(sampleRate * stepSeconds)
  let untilStep = 0
  let owed = 0
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      if (untilStep === 0) {
        machine.pitchSemitones = pitch.next()
        untilStep = stepFrames
      }
      const part = piece.subarray(at, at + untilStep)
      const shifted = run(machine, part)
      owed += part.length - shifted.length
      if (shifted.length > 0) yield shifted
      untilStep -= part.length
      at += part.length
    }
  }
  const rest = run(machine, new Float32Array(Math.round(sampleRate * flushSeconds)))
  // Not longer than it was, so that it stays with the picture.
  yield rest.slice(0, Math.max(0, owed))
}

/** Semitones that wander around a value of their own. */
function openPitch(random: () => number) {
  const centre = (leastShift + random() * (mostShift - leastShift)) * (random() < 0.5 ? -1 : 1)
  let away = 0
  return {
    next: () => {
      const step = (random() * 2 - 1) * stepSemitones
      away = Math.max(-drift, Math.min(drift, away + step))
      return centre + away
    },
  }
}

/** The machinery knows two channels only. */
function run(machine: SoundTouch, mono: Float32Array): Float32Array<ArrayBuffer> {
  const stereo = new Float32Array(mono.length * 2)
  for (let at = 0; at < mono.length; at++) stereo[at * 2] = stereo[at * 2 + 1] = mono[at] ?? 0
  machine.inputBuffer.putSamples(stereo, 0, mono.length)
  machine.process()
  const frames = machine.outputBuffer.frameCount
  const out = new Float32Array(frames * 2)
  machine.outputBuffer.extract(out, 0, frames)
  machine.outputBuffer.receive(frames)
  return Float32Array.from({ length: frames }, (_, at) => out[at * 2] ?? 0)
}
