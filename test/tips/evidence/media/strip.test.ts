import { describe, expect, it } from 'vitest'
import { stripAmr } from '../../../../src/tips/evidence/media/strip-amr.ts'
import { stripSoundDescription } from '../../../../src/tips/evidence/media/strip-description.ts'
import { stripEncoderName } from '../../../../src/tips/evidence/media/strip-encoder-name.ts'
import { openNalFilter } from '../../../../src/tips/evidence/media/strip-nal-units.ts'

const latin1 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('latin1')
const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('a frame of H.265', () => {
  /** Twenty-one bytes, lengths of two bytes, then the parameter sets, with an SEI (39) as x265 leaves it there. */
  const description = Buffer.concat([
    Buffer.alloc(21, 1),
    Buffer.from([0xfd, 3]),
    bytes('\x20\0\x01\0\x03VPS'),
    bytes('\x27\0\x01\0\x04x265'),
    bytes('\x22\0\x01\0\x03PPS'),
  ])

  it('loses what the encoder says, in the frame and in the description', () => {
    const filter = openNalFilter('hevc', description)
    expect(latin1(filter?.description.subarray(22))).toBe(
      '\x02\x20\0\x01\0\x03VPS\x22\0\x01\0\x03PPS',
    )
    // An SEI (39), a slice (19), what follows the slice (40), and the place of a Dolby picture (62).
    const frame = bytes('\0\x04\x4e\x01we\0\x04\x26\x01ab\0\x03\x50\x01x\0\x03\x7c\x01y')
    expect(latin1(filter?.strip(frame))).toBe('\0\x04\x26\x01ab')
  })

  it('is not trusted when its description breaks off', () => {
    for (let length = 0; length < description.length; length++)
      expect(openNalFilter('hevc', description.subarray(0, length)), `${length}`).toBeNull()
  })
})

describe('a frame of H.264', () => {
  const description = bytes(
    '\x01\x64\0\x1f\xff\xe1\0\x03SPS\x01\0\x03PPS\xfd\xf8\xf8\x01\0\x04MORE and text',
  )

  it('keeps what the high profiles need to be told, and nothing behind it', () => {
    const filter = openNalFilter('avc', description)
    expect(latin1(filter?.description)).toBe(
      '\x01\x64\0\x1f\xff\xe1\0\x03SPS\x01\0\x03PPS\xfd\xf8\xf8\0',
    )
  })

  it('ends where a unit reaches beyond it', () => {
    const strip = openNalFilter('avc', description)?.strip
    expect(latin1(strip?.(bytes('\0\0\0\x02\x65a\0\0\0\x63\x65b')))).toBe('\0\0\0\x02\x65a')
    expect(latin1(strip?.(bytes('\xff\xff\xff\xff\x65')))).toBe('')
    expect(latin1(strip?.(bytes('\0\0\0\0\0\0\0\0')))).toBe('')
  })
})

describe('what a decoder is told before the sound', () => {
  it('has no comments in Vorbis', () => {
    const identification = `\x01vorbis${'i'.repeat(23)}`
    const headers = bytes(`\x02\x1e\x0a${identification}\x03vorbisBOB\x05vorbis-setup`)
    const clean = latin1(stripSoundDescription('vorbis', headers))
    expect(clean).not.toContain('BOB')
    expect(clean).toContain(identification)
    expect(clean.endsWith('\x05vorbis-setup')).toBe(true)
  })

  it('is only the first block in FLAC, marked as the last', () => {
    const first = `\0\0\0\x22${'s'.repeat(34)}`
    const clean = latin1(stripSoundDescription('flac', bytes(`fLaC${first}\x84\0\0\x03BOB`)))
    expect(clean).toBe(`fLaC\x80\0\0\x22${'s'.repeat(34)}`)
  })

  it('ends with the table of channels in Opus', () => {
    const head = `OpusHead\x01\x01${'\0'.repeat(9)}`
    expect(latin1(stripSoundDescription('opus', bytes(`${head}BOB`)))).toBe(head)
  })

  it('is refused when it is not what it should be', () => {
    const wrong = { vorbis: '\x02\xff', flac: 'fLaC', opus: 'Opus', aac: 'x'.repeat(65) }
    for (const [codec, text] of Object.entries(wrong))
      expect(stripSoundDescription(codec, bytes(text)), codec).toBeNull()
  })
})

describe('a packet of sound', () => {
  it('of MP3 loses the name that LAME fills it up with', () => {
    const packet = bytes('\xff\xfb\x90 sound LAME3.100UUUUU\xaa\xaa')
    expect(latin1(stripEncoderName('mp3', packet))).toBe(
      `\xff\xfb\x90 sound ${'\0'.repeat(14)}\xaa\xaa`,
    )
  })

  it('of AAC loses the name in a filling, and keeps every bit of the sound', () => {
    // 110: filling, 0101: five bytes, of which the first half byte says that it is empty; then 000…: sound.
    const bits = `1100101${'0000'}${'01000010'.repeat(4)}1111${'000'}1011011101`
    const packet = Buffer.from(bits.match(/.{8}/g)?.map((part) => Number.parseInt(part, 2)) ?? [])
    const clean = stripEncoderName('aac', packet)
    const after = Array.from(clean, (byte) => byte.toString(2).padStart(8, '0')).join('')
    expect(after).toBe(`1100101${'0'.repeat(40)}0001011011101`.slice(0, after.length))
  })

  it('of AAC keeps a filling that the decoder needs', () => {
    // The kind 1101 widens the sound.
    const packet = Buffer.from([0b1100_0101, 0b1010_1010, 0b1010_1010, 0b1010_1010])
    expect([...stripEncoderName('aac', packet)]).toEqual([...packet])
  })
})

describe('AMR', () => {
  it('is cut where a head is none', () => {
    const frame = `\x3c${'s'.repeat(31)}`
    expect(latin1(stripAmr(bytes(`#!AMR\n${frame}\x7c${frame}BOB`)))).toBe(
      `#!AMR\n${frame}\x7c${frame}`,
    )
  })

  it('in the wide form has longer frames', () => {
    const frame = `\x44${'s'.repeat(60)}`
    expect(latin1(stripAmr(bytes(`#!AMR-WB\n${frame}${frame.slice(0, 30)}`)))).toBe(
      `#!AMR-WB\n${frame}`,
    )
  })

  it('without a single frame is none', () => {
    expect(stripAmr(bytes('#!AMR\n'))).toBeNull()
    expect(stripAmr(bytes('#!AMR\nBOB'))).toBeNull()
  })
})
