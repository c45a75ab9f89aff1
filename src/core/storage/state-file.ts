import { AppError, type ErrorInfo } from '../../shared/domain/errors.ts'
import { assertNever } from '../../shared/lib/assert-never.ts'
import { createTurns } from '../../shared/lib/take-turns.ts'
import { keepAside } from './keep-aside.ts'
import { readState, type StateFormat } from './read-state.ts'
import { replaceFile } from './replace-file.ts'
import { timestampName } from './timestamp-name.ts'

/** How one state file is kept. */
export interface StateFileOptions<T> extends StateFormat<T> {
  /** Absolute path. Its directory is made if it is missing (mode 0700). */
  readonly file: string
  /** What the state is before anything was stored. */
  readonly defaults: () => T
  /** Milliseconds since the Unix epoch; names the copies that are made. */
  readonly now: () => number
  /**
   * Hears of everything that a person should know but that does not stop the program: `state_corrupt` with `file`,
   * `keptAs`, `restoredFrom` (a path, or `defaults`) and `reason`; `state_read_only` with `file` and `reason` when a
   * backup could not be written.
   */
  readonly onNotice: (notice: ErrorInfo) => void
  /**
   * What to do with a damaged file whose backup does not help either. `defaults`: start anew (the damaged file is kept
   * aside). `throw`: leave it in place and fail with `state_corrupt`.
   */
  readonly whenLost?: 'defaults' | 'throw'
  /** Read the file again before each update, so that what another writer stored is not undone. */
  readonly rereadBeforeUpdate?: boolean
}

/** One JSON file that holds one piece of state, and the state itself in memory. */
export interface StateFile<T> {
  /** The state as it was last read or written. Do not change it in place. */
  get(): T
  /**
   * Stores what `change` makes of the state. Updates run one after the other. `change` must be pure; to return the very
   * object that it was given means that nothing changes and nothing is written.
   * @returns the state as stored.
   * @throws AppError `state_read_only` when it could not be written; the state is then what it was before.
   * @throws AppError `internal` when the result does not satisfy the schema: a bug in the caller.
   */
  update(change: (state: T) => T): Promise<T>
  /** Reads the file again, as at the start. */
  reload(): Promise<T>
}

/**
 * Opens a state file: `{"version": n, "data": ...}`, mode 0600, replaced as one step. The newest good content is also
 * kept as `<file>.bak`. A file in an older format is migrated after a copy `<file>.v<n>-<timestamp>.bak` was made. A
 * damaged file is kept as `<file>.corrupt-<timestamp>` and the backup is used; each such event is reported as a notice.
 * @throws AppError `file_unreadable`, or `state_corrupt` (a newer format; or damaged, under `whenLost: 'throw'`).
 */
export async function openStateFile<T>(options: StateFileOptions<T>): Promise<StateFile<T>> {
  let current = await load(options)
  const inTurn = createTurns()

  return {
    get: () => current.state,
    update: (change) =>
      inTurn(async () => {
        // A damaged file of which no copy could be made is tried again: it is never written over.
        if (options.rereadBeforeUpdate === true || current.damagedInPlace)
          current = await load(options)
        if (current.damagedInPlace) {
          throw new AppError('state_read_only', { file: options.file, reason: 'damaged' })
        }
        const next = change(current.state)
        if (next === current.state) return next
        const checked = options.schema.safeParse(next)
        if (!checked.success) {
          throw new AppError('internal', { file: options.file }, { cause: checked.error })
        }
        await store(options, checked.data)
        current = { state: checked.data, damagedInPlace: false }
        return current.state
      }),
    reload: () =>
      inTurn(async () => {
        current = await load(options)
        return current.state
      }),
  }
}

function backupOf(file: string): string {
  return `${file}.bak`
}

function serialise<T>(options: StateFileOptions<T>, data: T): string {
  return `${JSON.stringify({ version: options.version, data }, null, 2)}\n`
}

async function store<T>(options: StateFileOptions<T>, data: T): Promise<void> {
  const text = serialise(options, data)
  await replaceFile(options.file, text)
  await tryWrite(options, backupOf(options.file), text)
}

interface Loaded<T> {
  readonly state: T
  /** The file on disk is damaged and no copy of it could be made. */
  readonly damagedInPlace: boolean
}

async function load<T>(options: StateFileOptions<T>): Promise<Loaded<T>> {
  const reading = await readState(options.file, options)
  switch (reading.kind) {
    case 'absent':
      return { state: options.defaults(), damagedInPlace: false }
    case 'damaged':
      return recover(options, reading.reason)
    case 'good': {
      if (reading.version < options.version) {
        const copy = `${options.file}.v${reading.version}-${timestampName(options.now())}.bak`
        // No migration without its backup: the old file stays as it is, and is migrated in memory at each start.
        if (await tryWrite(options, copy, reading.text)) {
          await tryWrite(options, options.file, serialise(options, reading.value))
        }
      }
      await refreshBackup(options, reading.value)
      return { state: reading.value, damagedInPlace: false }
    }
    default:
      return assertNever(reading)
  }
}

/** Writes the backup unless it already holds this state, so that a plain start writes nothing. */
async function refreshBackup<T>(options: StateFileOptions<T>, value: T): Promise<void> {
  const file = backupOf(options.file)
  const text = serialise(options, value)
  const held = await readState(file, options).catch((error: unknown) => {
    // An unreadable backup, or one from a newer version, is replaced by this good state.
    if (error instanceof AppError) return null
    throw error
  })
  if (held?.kind === 'good' && held.text === text) return
  await tryWrite(options, file, text)
}

async function recover<T>(options: StateFileOptions<T>, reason: string): Promise<Loaded<T>> {
  const { file } = options
  const keptAs = await keepAside(file, options.now())
  const backup = await readState(backupOf(file), options)
  if (backup.kind !== 'good' && options.whenLost === 'throw') {
    throw new AppError('state_corrupt', { file, keptAs, reason })
  }
  const state = backup.kind === 'good' ? backup.value : options.defaults()
  const restoredFrom = backup.kind === 'good' ? backupOf(file) : 'defaults'
  options.onNotice({ code: 'state_corrupt', data: { file, keptAs, restoredFrom, reason } })
  const damagedInPlace = keptAs === file
  if (!damagedInPlace) await tryWrite(options, file, serialise(options, state))
  return { state, damagedInPlace }
}

/** A write that the program can do without: a failure is a notice. Returns whether it was written. */
async function tryWrite<T>(
  options: StateFileOptions<T>,
  file: string,
  text: string,
): Promise<boolean> {
  try {
    await replaceFile(file, text)
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    options.onNotice(error.toInfo())
    return false
  }
}
