import { win32 } from 'node:path'

/**
 * A program that comes with Windows, by its whole path: by its name alone, one that lies in a folder of the PATH or in the
 * working directory could run instead.
 */
export function systemProgram(env: NodeJS.ProcessEnv, ...parts: readonly string[]): string {
  return win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', ...parts)
}
