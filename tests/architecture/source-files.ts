import { readdirSync } from 'node:fs'
import path from 'node:path'

/** The root of the checkout, as an absolute path. */
export const root = path.resolve(import.meta.dirname, '../..')

/**
 * All TypeScript files below a folder of the checkout, sorted, as paths relative to the root with forward slashes.
 * Declaration files are left out: they hold no code.
 */
export function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .toSorted()
}
