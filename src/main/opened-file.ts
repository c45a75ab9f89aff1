import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { DesktopRequest } from '../shared/contract/desktop.ts'
import { shownText } from './shown-text.ts'

/** Kinds of files in which clients keep their servers. */
const extensions = new Set(['.json', '.jsonc', '.toml', '.yaml', '.yml'])
/** No client's file is larger than this, in bytes. */
const maxBytes = 1_000_000

/** Reads a file that the person opened with the program: it is shown on the import screen, or why it cannot be. */
export async function readOpenedFile(file: string): Promise<DesktopRequest> {
  const name = basename(file)
  const what = shownText(name, 80)
  if (!extensions.has(extname(file).toLowerCase())) {
    return { show: 'refusal', what, reason: 'file_type' }
  }
  try {
    const found = await stat(file)
    // A device or a pipe would be read for ever.
    if (!found.isFile()) return { show: 'refusal', what, reason: 'file_unreadable' }
    if (found.size > maxBytes) return { show: 'refusal', what, reason: 'file_size' }
    return { show: 'import', name, text: await readFile(file, 'utf8') }
  } catch {
    // Gone, a folder, or not ours to read: the person is told the same.
    return { show: 'refusal', what, reason: 'file_unreadable' }
  }
}
