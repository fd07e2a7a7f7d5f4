import { zipSync } from 'fflate'
import { unpackZip } from '../../../lib/unpack-zip.ts'
import { type CleanOutcome, type HeldBackReason, heldBack, refused } from '../evidence.ts'
import { cleanComments } from './office-comments.ts'
import { fateOf, type OfficeKind, officeKindOf, type PartFate } from './office-parts.ts'
import { cleanRelations, type Relations, readRelations } from './office-relations.ts'
import { refuseTelling, rulesOf, TellingContent } from './office-rules.ts'
import { repackImage } from './repack-image.ts'
import { rewriteXml } from './rewrite-xml.ts'

type Parts = Map<string, Uint8Array>

const simpleFates: ReadonlySet<PartFate> = new Set<PartFate>([
  ...(['xml', 'comments', 'relations', 'types', 'image', 'drop'] as const),
])
/** A day that says nothing. */
const noDay = new Date(1980, 0, 2)

/**
 * The pages of a docx, xlsx or pptx without its properties, authors, times, templates and hidden parts; every part is
 * written anew. What is known to carry more than is seen holds the whole file back.
 */
export async function cleanOffice(bytes: Uint8Array): Promise<CleanOutcome> {
  const unpacked = unpackZip(bytes)
  if (!unpacked.ok)
    return unpacked.why === 'encrypted' ? heldBack('encrypted') : refused(unpacked.why)
  const { parts } = unpacked
  const kind = officeKindOf(new Set(parts.keys()))
  if (!kind) return heldBack('archive')
  try {
    const reason = findHindrance(parts, kind)
    if (reason) return heldBack(reason)
    const cleaned = await cleanParts(parts, kind)
    if ('reason' in cleaned) return heldBack(cleaned.reason)
    return { ok: true, kind: 'document', extension: kind, bytes: pack(cleaned.parts) }
  } catch (error) {
    if (error instanceof TellingContent) return heldBack('cannot-clean')
    // XML that is broken or tricks its reader.
    return refused('unreadable')
  }
}

/** A part that cannot be cleaned, macros before all others: they are the most dangerous. */
function findHindrance(parts: Parts, kind: OfficeKind): HeldBackReason | null {
  const types = new TextDecoder().decode(parts.get('[Content_Types].xml'))
  if (/macroEnabled|vbaProject/i.test(types)) return 'macros'
  const fates = [...parts.keys()].map((path) => fateOf(path, kind))
  if (fates.includes('macros')) return 'macros'
  const found = fates.find((fate) => !simpleFates.has(fate))
  return (found as HeldBackReason | undefined) ?? null
}

type CleanedParts = { parts: Parts } | { reason: HeldBackReason }

async function cleanParts(parts: Parts, kind: OfficeKind): Promise<CleanedParts> {
  const kept = new Set([...parts.keys()].filter((path) => fateOf(path, kind) !== 'drop'))
  const relations = new Map<string, Relations>()
  for (const [path, bytes] of parts) {
    if (fateOf(path, kind) !== 'relations') continue
    const found = readRelations(path, bytes, kept)
    if (found.reachesOut) return { reason: 'embedded' }
    relations.set(found.source, found)
  }
  const cleaned: Parts = new Map()
  for (const [path, bytes] of parts) {
    const lostIds = relations.get(path)?.lostIds ?? new Set<string>()
    switch (fateOf(path, kind)) {
      case 'types':
        cleaned.set(path, cleanTypes(bytes, kept))
        break
      case 'relations': {
        const { source, lostIds: lost } = readRelations(path, bytes, kept)
        if (source === '' || kept.has(source)) cleaned.set(path, cleanRelations(bytes, lost))
        break
      }
      case 'xml':
        cleaned.set(path, cleanXml(path, bytes, lostIds))
        break
      case 'comments':
        cleaned.set(path, cleanComments(bytes))
        break
      case 'image':
        cleaned.set(path, await repackPicture(bytes))
    }
  }
  return { parts: cleaned }
}

/** The letter is kept for the sake of what else is in it. */
async function repackPicture(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await repackImage(bytes)
  } catch {
    throw new TellingContent('A picture that cannot be packed anew')
  }
}

function cleanXml(path: string, bytes: Uint8Array, lostIds: ReadonlySet<string>): Uint8Array {
  // A field's instruction may be spread over any number of elements.
  let instructions = ''
  const text = (words: string, element: string) => {
    if (element === 'w:instrText' || element === 'w:delInstrText') instructions += words
    return words
  }
  const cleaned = rewriteXml(bytes, { ...rulesOf(path, lostIds), text })
  refuseTelling(instructions)
  return cleaned
}

function cleanTypes(bytes: Uint8Array, kept: ReadonlySet<string>): Uint8Array {
  return rewriteXml(bytes, {
    keep: (name, _parent, { PartName }) =>
      name !== 'ct:Override' || PartName === undefined || kept.has(PartName.replace(/^\//, '')),
  })
}

function pack(parts: Parts): Uint8Array {
  const { '[Content_Types].xml': types, ...others } = Object.fromEntries(parts)
  return zipSync({ '[Content_Types].xml': types ?? new Uint8Array(), ...others }, { mtime: noDay })
}
