import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { formatRunRecord, KnownRuns, parseRunRecord, type RunRecord } from './run-records.ts'

/** Beyond this length a ledger is begun anew with what is still true, in bytes. */
const maxBytes = 1024 * 1024

/**
 * The file in which a host writes down its servers' processes as it sees them, so that the next one finds what is left when
 * this one ends without a word. Each record is handed to the system at once: what kills a program takes nothing of it, and
 * what kills the system ends the processes too. The file is there only while there are records.
 */
export class RunLedger {
  readonly #file: string
  readonly #snapshot: () => readonly RunRecord[]
  readonly #onFault: (text: string) => void
  #descriptor: number | null = null
  #bytes = 0
  #isBroken = false

  /**
   * @param snapshot all that is true at the time.
   * @param onFault told once where nothing can be written; the servers run all the same.
   */
  constructor(file: string, snapshot: () => readonly RunRecord[], onFault: (text: string) => void) {
    this.#file = file
    this.#snapshot = snapshot
    this.#onFault = onFault
  }

  /** Writes one record down. */
  append(record: RunRecord): void {
    if (this.#isBroken) return
    try {
      if (this.#descriptor === null || this.#bytes > maxBytes) this.#begin()
      else this.#write(record)
    } catch (error) {
      this.#isBroken = true
      this.#onFault(`The ledger of processes cannot be written: ${String(error)}`)
    }
  }

  /** Nothing is left that it could tell of. */
  async close(): Promise<void> {
    this.#isBroken = true
    if (this.#descriptor === null) return
    closeSync(this.#descriptor)
    this.#descriptor = null
    await rm(this.#file, { force: true })
  }

  /** The snapshot holds the record that it is begun with. */
  #begin(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 })
    this.#descriptor = openSync(this.#file, 'w', 0o600)
    this.#bytes = 0
    for (const record of this.#snapshot()) this.#write(record)
  }

  #write(record: RunRecord): void {
    if (this.#descriptor === null) return
    this.#bytes += writeSync(this.#descriptor, formatRunRecord(record))
  }
}

/** A ledger that another core wrote. */
export interface FoundLedger {
  readonly file: string
  readonly known: KnownRuns
}

/** The ledgers in the folder of this one, without itself. */
export async function findLedgers(own: string): Promise<readonly FoundLedger[]> {
  const folder = dirname(own)
  const names = (await namesIn(folder)).filter((name) => name !== basename(own))
  return await Promise.all(
    names.map(async (name) => {
      const known = new KnownRuns()
      const text = await readFile(join(folder, name), 'utf8')
      for (const line of text.split('\n')) {
        const record = parseRunRecord(line)
        if (record !== undefined) known.apply(record)
      }
      return { file: join(folder, name), known }
    }),
  )
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((one) => one.isFile() && one.name.endsWith('.jsonl'))
      .map((one) => one.name)
  } catch (error) {
    // No server was ever run here.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
