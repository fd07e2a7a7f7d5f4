import { planted } from './planted.ts'

/** A box of an MP4: size, name, contents. */
export function box(name: string, ...contents: (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(contents.map((part) => Buffer.from(part)))
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, body])
}

export const fileType = box('ftyp', 'isom\0\0\0\0isommp42')
const u32 = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer).swap32()
const full = u32(0)
const withSize = (text: string) => {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255, 0x15, 0xc7]), bytes])
}

/** What Apple's phones write: the place, the maker and the model, under keys of their own. */
const appleMeta = box(
  'meta',
  full,
  box('hdlr', full, u32(0), 'mdta', Buffer.alloc(12), '\0'),
  box(
    'keys',
    full,
    u32(2),
    box('mdta', 'com.apple.quicktime.location.ISO6709'),
    box('mdta', 'com.apple.quicktime.model'),
  ),
  box(
    'ilst',
    box('\0\0\0\x01', box('data', u32(1, 0), planted.place)),
    box('\0\0\0\x02', box('data', u32(1, 0), planted.device)),
  ),
)

/** What Android's phones and cameras write, and chapters as Nero writes them. */
const userData = box(
  'udta',
  box('\xa9xyz', withSize(planted.place)),
  box('\xa9mak', withSize(planted.device)),
  box('\xa9too', withSize(planted.program)),
  box('auth', full, Buffer.from([0x15, 0xc7]), Buffer.from(planted.owner, 'utf16le')),
  box('thmb', planted.picture),
  box('chpl', full, u32(1), Buffer.from([1]), Buffer.alloc(8), planted.chapter),
)

/** A track of places, one per second, as action cameras record it. Its samples lie at `offset` in the file. */
export function placeTrack(
  trackId: number,
  offset: number,
  format: 'gpmd' | 'camm' | 'mebx',
): Buffer {
  const header = Buffer.alloc(84)
  header.writeUInt32BE(7)
  header.writeUInt32BE(trackId, 12)
  header.writeUInt32BE(1000, 20)
  return box(
    'trak',
    box('tkhd', header),
    box(
      'mdia',
      box(
        'mdhd',
        full,
        u32(3_900_000_000, 3_900_000_000, 1000, 1000),
        Buffer.from([0x55, 0xc4, 0, 0]),
      ),
      box('hdlr', full, u32(0), 'meta', Buffer.alloc(12), `${planted.device}\0`),
      box(
        'minf',
        box('gmhd', box('gmin', Buffer.alloc(16))),
        box(
          'stbl',
          box('stsd', full, u32(1), box(format, Buffer.alloc(8), planted.device)),
          box('stts', full, u32(1, 1, 1000)),
          box('stsc', full, u32(1, 1, 1, 1)),
          box('stsz', full, u32(0, 1, Buffer.byteLength(planted.place))),
          box('stco', full, u32(1, offset)),
        ),
      ),
    ),
  )
}

/**
 * An MP4 whose `moov` is the last box, with everything added to it that phones leave there: in the movie, in each
 * track, in tracks of their own and beside it.
 */
export function plantInMp4(mp4: Uint8Array): Buffer {
  const file = Buffer.from(mp4)
  const start = file.lastIndexOf('moov') - 4
  const places = box('mdat', planted.place)
  const before = Buffer.concat([file.subarray(0, start), places])
  const offset = before.length - Buffer.byteLength(planted.place)
  const tracks = (['gpmd', 'camm', 'mebx'] as const).map((format, n) =>
    placeTrack(90 + n, offset, format),
  )
  const moov = box('moov', datedAs2026(file.subarray(start + 8)), userData, appleMeta, ...tracks)
  const beside = [
    box('uuid', Buffer.alloc(16, 7), planted.owner),
    box('free', planted.owner),
    box('skip', planted.device),
  ]
  return Buffer.concat([before, moov, ...beside])
}

/** The moment at which it was recorded, in every header that has one. */
export const recordedAt = u32(3_855_337_567)

function datedAs2026(moov: Uint8Array): Buffer {
  const dated = Buffer.from(moov)
  for (const name of ['mvhd', 'tkhd', 'mdhd'])
    for (let at = dated.indexOf(name); at >= 0; at = dated.indexOf(name, at + 4)) {
      recordedAt.copy(dated, at + 8)
      recordedAt.copy(dated, at + 12)
    }
  return dated
}
