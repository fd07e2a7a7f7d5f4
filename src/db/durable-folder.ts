import fs from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** WASI error numbers: what Emscripten gives to the C code. */
const wasi = { invalid: 28, io: 29 }

type Synced = { nfd?: number; node: { mode: number } }
type Module = { NODEFS: { stream_ops: { fsync?: (stream: Synced) => number } } }

/**
 * A folder of PGlite in which `fsync` reaches the disk. As it comes, PGlite leaves that to the system: after a power
 * cut half a minute of tips would be missing, or the database would not open.
 */
class DurableFolder extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>) {
    const made = await super.init(...given)
    const preRun = [made.emscriptenOpts.preRun ?? []].flat()
    const addSync = (module: unknown) => {
      ;(module as Module).NODEFS.stream_ops.fsync = sync
    }
    return { ...made, emscriptenOpts: { ...made.emscriptenOpts, preRun: [...preRun, addSync] } }
  }
}

function sync({ nfd, node }: Synced): number {
  try {
    // Node's own constant of a folder: not every system lets one be synced, and PostgreSQL goes on without.
    if (nfd === undefined) return wasi.invalid
    fs.fdatasyncSync(nfd)
    return 0
  } catch {
    return (node.mode & fs.constants.S_IFMT) === fs.constants.S_IFDIR ? wasi.invalid : wasi.io
  }
}

const settings = [
  // Not `fdatasync`, which Emscripten answers without doing anything.
  'wal_sync_method=fsync',
  'shared_buffers=32MB',
]

/** Opens PGlite in a folder; what was committed is on the disk. */
export function openFolder(path: string): Promise<PGlite> {
  // `-F` would switch fsync off.
  const params = PGlite.defaultStartParams.filter((param) => param !== '-F')
  return PGlite.create({
    fs: new DurableFolder(path),
    startParams: [...params, ...settings.flatMap((setting) => ['-c', setting])],
  })
}
