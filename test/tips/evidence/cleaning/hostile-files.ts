import { deflateRawSync, deflateSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { docxParts, pack, wordNames, xml } from './office-files.ts'
import { rawPdf } from './pdf-files.ts'

const gigabyte = 1024 * 1024 * 1024

/** One entry of a ZIP, packed as given: its sizes may lie. */
type Entry = { name: string; packed: Buffer; declared: number }

/** A ZIP written by hand, because no library writes one that lies. */
function craftZip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, packed, declared } of entries) {
    const sizes = Buffer.alloc(8)
    sizes.writeUInt32LE(packed.length, 0)
    sizes.writeUInt32LE(declared, 4)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(Buffer.byteLength(name), 0)
    // Version 20, no flags, deflate, no time, no checksum.
    const head = Buffer.concat([
      Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      sizes,
      lengths,
    ])
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02'),
        Buffer.from([20, 0]),
        head,
        tail,
        Buffer.from(name),
      ]),
    )
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

/** A gigabyte of zeros in a megabyte, made without ever holding the gigabyte. */
function packMuch(bytes: number, byte = 0): Buffer {
  const block = deflateRawSync(Buffer.alloc(16 * 1024 * 1024, byte), { level: 9, finishFlush: 3 })
  // Blocks that end on a byte and are not marked as the last may be put one behind the other.
  const blocks = Array.from({ length: bytes / (16 * 1024 * 1024) }, () => block)
  return Buffer.concat([...blocks, deflateRawSync(Buffer.alloc(0))])
}

const officeEntries = async (): Promise<Entry[]> =>
  Object.entries(await docxParts()).map(([name, bytes]) => ({
    name,
    packed: deflateRawSync(bytes),
    declared: bytes.length,
  }))

export async function zipBomb(): Promise<Buffer> {
  const others = (await officeEntries()).filter(({ name }) => name !== 'word/document.xml')
  const bomb = { name: 'word/document.xml', packed: packMuch(gigabyte), declared: gigabyte }
  return craftZip([bomb, ...others])
}

/** It says that it is small. */
export async function lyingZipBomb(): Promise<Buffer> {
  const others = (await officeEntries()).filter(({ name }) => name !== 'word/document.xml')
  const bomb = { name: 'word/document.xml', packed: packMuch(gigabyte), declared: 5_000 }
  return craftZip([bomb, ...others])
}

/** A hundred thousand entries that take nothing. */
export const crowdedZip = () =>
  craftZip(
    Array.from({ length: 60_000 }, (_, n) => ({
      name: n === 0 ? '[Content_Types].xml' : `word/${n}.xml`,
      packed: Buffer.from([3, 0]),
      declared: 0,
    })),
  )

/** A ZIP in a ZIP in a ZIP … */
export function nestedZip(depth = 200): Buffer {
  let inner: Uint8Array = strToU8('nothing')
  for (let level = 0; level < depth; level++) inner = zipSync({ 'inner.zip': inner }, { level: 0 })
  return Buffer.from(inner)
}

export async function laughs(): Promise<Buffer> {
  const entities = Array.from(
    { length: 12 },
    (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
  )
  const bomb = `<!DOCTYPE w:document [<!ENTITY l0 "lol">${entities.join('')}]>`
  const document = xml(`${bomb}<w:document ${wordNames}>&l12;</w:document>`)
  return pack({ ...(await docxParts()), 'word/document.xml': document })
}

export async function outsideEntity(): Promise<Buffer> {
  const bomb = '<!DOCTYPE w:document [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
  const document = xml(`${bomb}<w:document ${wordNames}>&file;</w:document>`)
  return pack({ ...(await docxParts()), 'word/document.xml': document })
}

export async function deepXml(): Promise<Buffer> {
  const depth = 300_000
  const document = xml(
    `<w:document ${wordNames}>${'<w:p>'.repeat(depth)}${'</w:p>'.repeat(depth)}</w:document>`,
  )
  return pack({ ...(await docxParts()), 'word/document.xml': document })
}

/** A page that is its own ancestor. */
export const cyclicPdf = () =>
  rawPdf(
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [2 0 R 2 0 R] /Count 9 /Parent 2 0 R>>',
  )

export const deepPdf = () =>
  rawPdf('<</Type /Catalog /Pages 2 0 R>>', `${'<</A '.repeat(200_000)}1${'>>'.repeat(200_000)}`)

/** A page whose kids are given a thousand times a thousand times. */
export function crowdedPdf(): Buffer {
  const kids = (target: number) => `[${`${target} 0 R `.repeat(1_000)}]`
  return rawPdf(
    '<</Type /Catalog /Pages 2 0 R>>',
    `<</Type /Pages /Count 1000000000 /Kids ${kids(3)}>>`,
    `<</Type /Pages /Parent 2 0 R /Count 1000000 /Kids ${kids(4)}>>`,
    `<</Type /Pages /Parent 3 0 R /Count 1000 /Kids ${kids(5)}>>`,
    '<</Type /Page /Parent 4 0 R /MediaBox [0 0 9 9]>>',
  )
}

/** Objects without end. */
export const manyObjectsPdf = () =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    Buffer.from(Array.from({ length: 300_000 }, (_, n) => `${n + 1} 0 obj[]endobj\n`).join('')),
    Buffer.from('trailer\n<</Root 1 0 R>>\n%%EOF\n'),
  ])

/** A list of objects that unpacks to a gigabyte. */
export function pdfBomb(): Buffer {
  const zeros = Buffer.concat([Buffer.from([0x78, 0x9c]), packMuch(gigabyte, 0x20)])
  const stream = `<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${zeros.length}>>\nstream\n`
  return rawPdf(
    '<</Type /Catalog /Pages 3 0 R>>',
    `${stream}${zeros.toString('latin1')}\nendstream`,
  )
}

/** A picture of this size that consists of its head alone, or of a few bytes that go on for ever. */
export function hugePng(width: number, height: number): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  const crc = (bytes: Buffer) =>
    (bytes.reduce((sum, byte) => (crcTable[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8), -1) ^ -1) >>> 0
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc(body), body.length + 4)
    return framed
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 6, 0, 0, 0], 8)
  const zeros = deflateSync(Buffer.alloc(4 * 1024 * 1024), { level: 9 })
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', zeros),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The beginning of a Windows program. */
export const program = () => Buffer.concat([Buffer.from('MZ\x90\x00\x03'), Buffer.alloc(4_000, 7)])
export const svg = () =>
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert("CANARY")</script></svg>')
export const html = () =>
  Buffer.from('\n <!DOCTYPE html><html><body onload="steal()">hi</body></html>')
