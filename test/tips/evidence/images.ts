import sharp from 'sharp'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } })

/** A photo as a phone writes it: lying on its side, with the place and the owner inside. */
export const phonePhoto = (width = 80, height = 40): Promise<Buffer> =>
  plain(width, height)
    .withExif({
      IFD0: { Artist: 'CANARY-OWNER', Make: 'CANARY-CAMERA', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '28/1 58/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

export const pngPhoto = (width = 30, height = 20): Promise<Buffer> =>
  plain(width, height).png().toBuffer()

/** A few kilobytes that unpack to a hundred million pixels. */
export const bomb = (): Promise<Buffer> => plain(10_000, 10_000).png().toBuffer()
