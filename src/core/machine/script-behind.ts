import { isAbsolute, join } from 'node:path'
import { readRealPath } from './read-proc.ts'

/**
 * The file behind the link that a process was told to run; null where there is none, or it cannot be told. npm starts
 * `node_modules/.bin/NAME`, which tells nothing of the package.
 */
export async function scriptBehind(
  args: readonly string[],
  cwd: string | null,
): Promise<string | null> {
  const script = args.slice(1).find((arg) => !arg.startsWith('-'))
  if (script === undefined || !/[/\\]\.?bin[/\\]/.test(script) || script.length > 4_096) return null
  if (!isAbsolute(script) && cwd === null) return null
  return await readRealPath(isAbsolute(script) ? script : join(cwd ?? '/', script))
}
