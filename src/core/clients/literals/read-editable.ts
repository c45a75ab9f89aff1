import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../shared/domain/errors.ts'
import type { ClientFile } from '../../../shared/domain/import.ts'
import { errnoOf } from '../../storage/errno.ts'
import { detectFormat } from '../detect-format.ts'
import { scopeOfGivenFile } from '../file-placement.ts'
import { parseClientFile, syntaxOf } from '../parse-client-file.ts'
import type { EditableFile } from './planned-edit.ts'

/** A client's file with what is needed to write it again as it was. */
export interface ReadFile extends EditableFile {
  readonly file: string
  /** What stands before the text: a byte order mark, or nothing. */
  readonly mark: string
  /** Its syntax has no fault, and it is UTF-8: writing it loses nothing. */
  readonly isWhole: boolean
  readonly isText: boolean
  /** Of a key that stands more than once only the last one was read. */
  readonly repeatsKeys: boolean
  /** It is known who reads it, by its place or by how it is written: `mcpServers` alone says nothing of that. */
  readonly isTold: boolean
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'It does not exist.',
  EACCES: 'You may not read it.',
}

const byteOrderMark = '\uFEFF'

/**
 * Reads a client's file.
 * @throws AppError `file_unreadable`, also for a file of no known client.
 */
export async function readEditable(
  given: ClientFile | { readonly file: string },
  homeDir: string,
): Promise<ReadFile> {
  const { file } = given
  let bytes: Buffer
  try {
    // A pipe or a device may never end.
    if (!(await stat(file)).isFile()) throw notAFile(file)
    bytes = await readFile(file)
  } catch (error) {
    const reason = errnoOf(error)
    if (reason === null) throw error
    throw new AppError(
      'file_unreadable',
      { file, reason: reasons[reason] ?? reason },
      { cause: error },
    )
  }
  const whole = bytes.toString('utf8')
  const mark = whole.startsWith(byteOrderMark) ? byteOrderMark : ''
  const text = whole.slice(mark.length)
  const client = 'client' in given ? given.client : detectFormat(file, text)
  if (client === null) {
    throw new AppError('file_unreadable', { file, reason: 'It is not a file of a known client.' })
  }
  const { platform } = process
  const placement =
    'client' in given
      ? { scope: given.scope, project: given.project }
      : scopeOfGivenFile({ format: client, file, homeDir, platform })
  const read = (one: string) =>
    parseClientFile({ format: client, file, text: one, homeDir, platform, placement })
  const { servers, isWhole, repeatsKeys } = read(text)
  return {
    file,
    client,
    kind: syntaxOf(client, file),
    text,
    mark,
    servers,
    isWhole,
    repeatsKeys,
    isText: bytes.equals(Buffer.from(whole, 'utf8')),
    isTold: 'client' in given || client !== 'mcp-json' || basename(file) === '.mcp.json',
    parse: (one) => read(one).servers,
  }
}

function notAFile(file: string): AppError {
  return new AppError('file_unreadable', { file, reason: 'It is not a file.' })
}
