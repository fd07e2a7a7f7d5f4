import { readdirSync, readFileSync } from 'node:fs'
import { dirname, posix, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

export type Import = {
  /** As it stands in the file: a package, or a relative path. */
  specifier: string
  /** For a relative one: the imported file, from the root of the repository. */
  target: string | null
}

export type SourceFile = {
  /** From the root of the repository, with forward slashes. */
  path: string
  text: string
  imports: Import[]
}

/** What nobody wrote by hand. */
const generated = 'src/db/generated/'

/** The TypeScript files below these folders. */
export function readSourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap(listFiles)
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith(generated))
    .map((path) => {
      const text = readFileSync(resolve(root, path), 'utf8')
      return { path, text, imports: readImports(path, text) }
    })
}

/** Every file below a folder, from the root of the repository. */
function listFiles(folder: string): string[] {
  return readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, resolve(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort()
}

/** The formatter puts every import and re-export at the start of a line: no parser is needed. */
function readImports(path: string, text: string): Import[] {
  const found = [
    ...text.matchAll(/^(?:import|export)\s[^'"]*?\sfrom\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/^import\s+['"]([^'"]+)['"]/gm),
    ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
  ]
  return found.map(([, specifier = '']) => ({
    specifier,
    target: specifier.startsWith('.') ? posix.join(dirname(path), specifier) : null,
  }))
}
