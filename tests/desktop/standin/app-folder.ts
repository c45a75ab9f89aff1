import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** The application's folder, and what its package.json says. */
export interface AppFolder {
  readonly folder: string
  readonly name: string
  readonly version: string
  /** The address of the main module. */
  readonly main: string
}

/** Reads an application's folder as `electron <folder>` does. Throws where its package.json has no `main`. */
export function readAppFolder(folder: string): AppFolder {
  const file = path.join(folder, 'package.json')
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const read = (key: string): string | undefined => {
    const value: unknown =
      typeof content === 'object' && content !== null ? Reflect.get(content, key) : undefined
    return typeof value === 'string' ? value : undefined
  }
  const main = read('main')
  if (main === undefined) throw new Error(`${file} names no main`)
  return {
    folder,
    name: read('productName') ?? read('name') ?? 'Electron',
    version: read('version') ?? '0.0.0',
    main: pathToFileURL(path.join(folder, main)).href,
  }
}
