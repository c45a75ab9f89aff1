import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { AppError } from '../../shared/domain/errors.ts'
import { errnoOf } from './errno.ts'

/** What turns the data of format `n` into that of format `n + 1`, by `n`. Pure; throws if the data is not what it expects. */
export type Migrations = Readonly<Record<number, (data: unknown) => unknown>>

/** How the content of a state file is understood. */
export interface StateFormat<T> {
  /** What the data must be, at `version`. */
  readonly schema: z.ZodType<T>
  /** The format that this program writes: a whole number of 1 or more. */
  readonly version: number
  /** One step for each format from 1 to `version - 1`. */
  readonly migrations: Migrations
}

/** What a state file turned out to hold. */
export type StateReading<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly reason: string }
  | {
      readonly kind: 'good'
      readonly value: T
      /** The format that the file is in; below the current one when it was migrated on reading. */
      readonly version: number
      readonly text: string
    }

const envelopeSchema = z.strictObject({ version: z.number().int().positive(), data: z.unknown() })

/**
 * Reads a state file and brings its data to the current format. Changes nothing on disk.
 * @throws AppError `file_unreadable` when it exists and cannot be read: that is never taken for an empty file.
 * @throws AppError `state_corrupt` with `reason` `newer_version` when a newer version of this program wrote it.
 */
export async function readState<T>(file: string, format: StateFormat<T>): Promise<StateReading<T>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const reason = errnoOf(error)
    if (reason === 'ENOENT') return { kind: 'absent' }
    if (reason === null) throw error
    throw new AppError('file_unreadable', { file, reason }, { cause: error })
  }
  return parseState(file, text, format)
}

function parseState<T>(file: string, text: string, format: StateFormat<T>): StateReading<T> {
  let json: unknown
  try {
    // A byte order mark is what some editors add when a person mends the file by hand.
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return { kind: 'damaged', reason: error instanceof Error ? error.message : String(error) }
  }
  const envelope = envelopeSchema.safeParse(json)
  if (!envelope.success) return { kind: 'damaged', reason: 'no version and data in it' }
  const { version } = envelope.data
  if (version > format.version) {
    throw new AppError('state_corrupt', {
      file,
      reason: 'newer_version',
      found: version,
      known: format.version,
    })
  }
  let { data } = envelope.data
  try {
    for (let step = version; step < format.version; step += 1) {
      const migrate = format.migrations[step]
      if (migrate === undefined) throw new RangeError(`no migration from format ${step}`)
      data = migrate(data)
    }
  } catch (error) {
    return { kind: 'damaged', reason: error instanceof Error ? error.message : String(error) }
  }
  const parsed = format.schema.safeParse(data)
  if (!parsed.success) return { kind: 'damaged', reason: describeIssue(parsed.error) }
  return { kind: 'good', value: parsed.data, version, text }
}

/** Where the data is wrong and how; never the data itself, which may be private. */
function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? 'not valid' : `${issue.path.join('.') || 'data'}: ${issue.code}`
}
