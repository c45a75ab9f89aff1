import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Where a program is that the core starts by its file: beside its caller as TypeScript where the source runs as it is, and beside
 * the bundle as JavaScript where it was built, or in the folder that the face names. The build must make it an entry of its own.
 * @param caller the `import.meta.url` of the module that starts it and has it beside itself.
 */
export function programFile(name: string, caller: string, programsDir: string | undefined): URL {
  if (programsDir !== undefined) return pathToFileURL(join(programsDir, `${name}.js`))
  const extension = caller.endsWith('.ts') ? 'ts' : 'js'
  // Put together at run time: a bundler would take a literal for an asset and copy the source.
  return new URL(`./${name}.${extension}`, caller)
}
