import { stat } from 'node:fs/promises'
import { AppError } from '../../../shared/domain/errors.ts'
import { pathOfReference } from '../../config/variables/expand-references.ts'
import { readSmallFile } from '../../servers/read-small-file.ts'
import { errnoOf } from '../../storage/errno.ts'
import type { ReferenceLaunch, ReferenceOf } from './resolve-external.ts'
import { valueOfOutput } from './value-of-output.ts'

/**
 * The text of a file, less its last line end. A file that other users of the machine may read is used, with a warning: mounted
 * secrets of containers often are. Throws `reference_unresolved`.
 */
export async function resolveFile(
  reference: ReferenceOf<'file'>,
  { onWarning }: Pick<ReferenceLaunch, 'onWarning'>,
  { homeDir }: { readonly homeDir: string },
): Promise<string> {
  const { text } = reference
  const file = pathOfReference(reference.path, homeDir)
  const data = { reference: text, file }
  let content: string
  try {
    content = await readSmallFile(file)
    // Windows has no such bits: access lists say who may read there.
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o044) !== 0) {
      onWarning(`${file} holds a secret, and other users can read it. Mend it with: chmod 600`)
    }
  } catch (error) {
    throw new AppError(
      'reference_unresolved',
      { ...data, reason: reasonOf(error) },
      { cause: error },
    )
  }
  return valueOfOutput(content, data)
}

/** What kept a file from being read: by name where a person knows it by that, else as it was said. */
function reasonOf(error: unknown): string {
  const code = errnoOf(error)
  if (code === 'ENOENT') return 'file_missing'
  if (code === 'EACCES') return 'file_denied'
  return error instanceof Error ? error.message : String(error)
}
