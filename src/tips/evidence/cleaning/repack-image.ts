import sharp from 'sharp'

const maxPixels = 40_000_000
const quality = 88

/** A picture inside a document: the same pixels in the same format, and nothing else. @throws when it is none. */
export async function repackImage(bytes: Uint8Array): Promise<Uint8Array> {
  const options = { failOn: 'error', limitInputPixels: maxPixels } as const
  const { format } = await sharp(bytes, options).metadata()
  const picture = sharp(bytes, options)
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality }).toBuffer()
    case 'png':
      return picture.png().toBuffer()
    case 'gif':
      return picture.gif().toBuffer()
    case 'tiff':
      return picture.tiff({ compression: 'lzw' }).toBuffer()
    default:
      throw new Error('Not a picture that can be packed anew')
  }
}
