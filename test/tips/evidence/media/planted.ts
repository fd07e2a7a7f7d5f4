/** What must not leave a recording. Each is planted where phones and programs leave such things. */
export const planted = {
  title: 'CANARY-TITLE-周',
  owner: 'CANARY-OWNER-周明',
  place: '+28.9701+118.8595/CANARY',
  device: 'CANARY-PHONE-X9',
  program: 'CANARY-ENCODER-4.2',
  picture: 'CANARY-COVER-PIXELS',
  chapter: 'CANARY-CHAPTER',
} as const

/** The planted words that are still there, in any way in which a program writes text; also any other “CANARY”. */
export function findPlanted(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes)
  const words = [...Object.values(planted), 'CANARY']
  return words.filter((word) => {
    const narrow = Buffer.from(word, 'utf16le')
    const wide = Buffer.from(narrow).swap16()
    return [Buffer.from(word), narrow, wide].some((form) => buffer.includes(form))
  })
}

export const tags = {
  title: planted.title,
  artist: planted.owner,
  comment: planted.place,
  date: new Date('2026-03-04T05:06:07Z'),
  raw: { encoder: planted.program },
  images: [
    {
      data: Buffer.from(planted.picture),
      mimeType: 'image/jpeg',
      kind: 'coverFront' as const,
    },
  ],
}
