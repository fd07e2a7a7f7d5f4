import type { Db } from '../db/open-database.ts'
import { type AreaIndex, createAreaIndex } from './area-index.ts'
import { listAreas, readDirectoryVersion } from './area-store.ts'
import { type AreaTree, createAreaTree } from './area-tree.ts'

export type Directory = { tree: AreaTree; index: AreaIndex }

/**
 * Gives the directory as it is now. One per process. Takes the caller's transaction when there is one: a second
 * connection would wait for it forever on the embedded database.
 */
export type DirectoryCache = { current: (db: Db) => Promise<Directory> }

/**
 * Keeps tree and search index in memory. Each call costs one small read: that is how a process notices an import
 * that another process made.
 */
export function createDirectoryCache(): DirectoryCache {
  let cached: { version: string; directory: Directory } | undefined
  return {
    current: async (db) => {
      const version = await readDirectoryVersion(db)
      if (cached?.version !== version) cached = { version, directory: await loadDirectory(db) }
      return cached.directory
    },
  }
}

/** Reads it afresh, for scripts and for use inside a transaction that changed it. */
export async function loadDirectory(db: Db): Promise<Directory> {
  const tree = createAreaTree(await listAreas(db))
  return { tree, index: createAreaIndex(tree) }
}
