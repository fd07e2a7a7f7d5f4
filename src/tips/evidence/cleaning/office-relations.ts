import { posix } from 'node:path'
import { rewriteXml } from './rewrite-xml.ts'

export type Relations = {
  /** The part whose relations these are; empty for the file itself. */
  source: string
  /** Those whose target is dropped, is not there, or is a link to the outside. */
  lostIds: ReadonlySet<string>
  /** Something is fetched from the outside when the file is opened. */
  reachesOut: boolean
}

/** Links that do nothing until somebody follows them, and the template that it was written with. */
const harmlessOutside = /\/(hyperlink|attachedTemplate)$/

/** `kept`: the paths of the parts that stay. */
export function readRelations(
  path: string,
  bytes: Uint8Array,
  kept: ReadonlySet<string>,
): Relations {
  const folder = posix.dirname(posix.dirname(path))
  const base = folder === '.' ? '' : folder
  const name = posix.basename(path, '.rels')
  const source = name === '' || name === '.rels' ? '' : posix.join(base, name)
  const lostIds = new Set<string>()
  let reachesOut = false
  rewriteXml(bytes, {
    keep: (name, _parent, attributes) => {
      if (name !== 'rel:Relationship') return true
      const { Id = '', Target = '', Type = '', TargetMode } = attributes
      const isOutside = TargetMode?.toLowerCase() === 'external'
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(base, Target)
      if (isOutside && !harmlessOutside.test(Type)) reachesOut = true
      if (isOutside || !kept.has(target.split('#')[0] ?? '')) lostIds.add(Id)
      return true
    },
  })
  return { source, lostIds, reachesOut }
}

export function cleanRelations(bytes: Uint8Array, lostIds: ReadonlySet<string>): Uint8Array {
  return rewriteXml(bytes, {
    keep: (name, _parent, { Id = '' }) => name !== 'rel:Relationship' || !lostIds.has(Id),
  })
}
