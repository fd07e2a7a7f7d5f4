import { unzipSync } from 'fflate'

/** An office file of twenty megabytes with pictures stays far below; a bomb is far above. */
const maxUnpackedBytes = 150 * 1024 * 1024
const maxEntryBytes = 60 * 1024 * 1024
const maxEntries = 3_000
/** XML may shrink to a hundredth, a picture hardly shrinks: more is zeros. */
const maxRatio = 200
const ratioFrom = 4 * 1024 * 1024

export type Unpacked =
  | { ok: true; parts: Map<string, Uint8Array> }
  | { ok: false; why: 'bomb' | 'encrypted' | 'unreadable' }

/**
 * Every file of a ZIP that somebody wants, by its path. What the list at its end declares is added up before anything is
 * unpacked, and no entry gets more room than it declared.
 */
export function unpackZip(
  bytes: Uint8Array,
  wants: (path: string) => boolean = () => true,
): Unpacked {
  let entries = 0
  let total = 0
  let problem: 'bomb' | 'unreadable' | null = null
  if (isEncrypted(bytes)) return { ok: false, why: 'encrypted' }
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, size, originalSize, compression }) => {
        entries += 1
        total += originalSize
        const isDense = originalSize > ratioFrom && originalSize / Math.max(1, size) > maxRatio
        if (entries > maxEntries || total > maxUnpackedBytes) problem ??= 'bomb'
        if (originalSize > maxEntryBytes || isDense) problem ??= 'bomb'
        if (compression !== 0 && compression !== 8) problem ??= 'unreadable'
        // A name that leads out of the file is for who unpacks it to a disk.
        if (/^[/\\]|\.\.|\\|:/.test(name)) problem ??= 'unreadable'
        return problem === null && !name.endsWith('/') && wants(name)
      },
    })
    if (problem) return { ok: false, why: problem }
    return { ok: true, parts: new Map(Object.entries(parts)) }
  } catch {
    return { ok: false, why: 'unreadable' }
  }
}

/** The first bit of the flags of the first entry. */
function isEncrypted(bytes: Uint8Array): boolean {
  return ((bytes[6] ?? 0) & 1) === 1
}
