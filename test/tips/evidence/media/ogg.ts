import { planted } from './planted.ts'

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24
  for (let bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1
  return rest >>> 0
})
const crc = (page: Uint8Array) =>
  page.reduce((sum, byte) => ((sum << 8) ^ (crcTable[(sum >>> 24) ^ byte] ?? 0)) >>> 0, 0)

/** One page of an Ogg file, RFC 3533 §6. Packets are shorter than 255 bytes or end on a page of their own. */
function page(packets: Uint8Array[], { flags = 0, granule = 0, sequence = 0 }): Buffer {
  const lacing = packets.flatMap(({ length }) => [
    ...Array(Math.floor(length / 255)).fill(255),
    length % 255,
  ])
  const head = Buffer.alloc(27)
  head.write('OggS')
  head[5] = flags
  head.writeBigUInt64LE(BigInt(granule), 6)
  head.writeUInt32LE(0x1234, 14)
  head.writeUInt32LE(sequence, 18)
  head[26] = lacing.length
  const whole = Buffer.concat([head, Buffer.from(lacing), ...packets])
  whole.writeUInt32LE(crc(whole), 22)
  return whole
}

const sized = (text: string) => {
  const bytes = Buffer.from(text)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(bytes.length)
  return Buffer.concat([size, bytes])
}

export function oggHead(): Buffer {
  const head = Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1')
  return page([head], { flags: 2 })
}

/** A voice message as Telegram keeps it: Opus in packets of 20 milliseconds, and comments that tell too much. */
export function voiceMessage(seconds = 2): Buffer {
  const comments = [
    `TITLE=${planted.title}`,
    `ARTIST=${planted.owner}`,
    `LOCATION=${planted.place}`,
    `CHAPTER001NAME=${planted.chapter}`,
    `COVERART_NOTE=${planted.picture}`,
  ]
  const count = Buffer.alloc(4)
  count.writeUInt32LE(comments.length)
  const tags = Buffer.concat([
    Buffer.from('OpusTags'),
    sized(planted.program),
    count,
    ...comments.map(sized),
  ])
  const silent = Buffer.from([0xf8, 0xff, 0xfe])
  const pages = Array.from({ length: seconds }, (_, n) =>
    page(Array(50).fill(silent), {
      flags: n === seconds - 1 ? 4 : 0,
      granule: (n + 1) * 48_000,
      sequence: n + 2,
    }),
  )
  return Buffer.concat([oggHead(), page([tags], { sequence: 1 }), ...pages])
}
